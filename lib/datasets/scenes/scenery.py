"""What places are made of: skies, grounds, clouds, trees, cacti, houses. All coordinates are shares
of the picture's side, x to the right and y up from the bottom.
"""

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from lib.datasets.scenes.palette import LEAF, SNOW_WHITE, WOOD, Ink, mix, shade, tint
from lib.datasets.scenes.pen import Pen

TREE_GREENS: tuple[Ink, ...] = ((72, 150, 74), (60, 138, 66), (84, 160, 78))
PINE_GREENS: tuple[Ink, ...] = ((42, 112, 72), (34, 100, 64), (48, 120, 80))
DOWNWARDS = Image.linear_gradient("L").crop((0, 0, 1, 256))  # 0 at the top, 255 at the bottom


@dataclass(frozen=True)
class Canvas:
    """An image with two pens of unit one picture side: `pen` covers, `glaze` lets a picture shine
    through by the alpha of its ink.
    """

    image: Image.Image
    pen: Pen
    glaze: Pen


def new_canvas(size_px: int) -> Canvas:
    """An empty square canvas."""
    image = Image.new("RGB", (size_px, size_px))
    pen, glaze = (
        Pen(ImageDraw.Draw(image, mode), 0, size_px, size_px, facing=1, tilt_deg=0)
        for mode in ("RGB", "RGBA")
    )
    return Canvas(image, pen, glaze)


def gradient(canvas: Canvas, bottom: float, top: float, ink_bottom: Ink, ink_top: Ink) -> None:
    """Fills the whole width between two heights, from one colour to another."""
    y_top, y_bottom = (round(canvas.pen.point(0, y)[1]) for y in (top, bottom))
    column = (1, max(1, y_bottom - y_top))
    ramp = DOWNWARDS.resize(column, Image.Resampling.BILINEAR)
    low, high = (Image.new("RGB", column, ink) for ink in (ink_bottom, ink_top))
    whole = (canvas.image.width, column[1])
    strip = Image.composite(low, high, ramp).resize(whole, Image.Resampling.NEAREST)
    canvas.image.paste(strip, (0, y_top))


def sky(canvas: Canvas, horizon: float, ink: Ink, ink_horizon: Ink, rng: random.Random) -> None:
    """A sky whose upper colour differs a little from picture to picture, and reaches a little below
    the horizon, where the ground's outline may leave it open.
    """
    gradient(canvas, horizon - 0.2, horizon, ink_horizon, ink_horizon)
    gradient(canvas, horizon, 1, ink_horizon, vary(ink, rng))


def vary(ink: Ink, rng: random.Random) -> Ink:
    """A colour near `ink`."""
    red, green, blue = (min(255, max(0, part + rng.randint(-8, 8))) for part in ink)
    return red, green, blue


def sun(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A sun with a halo."""
    halo = (255, 244, 190)
    for grown, alpha in ((2.1, 60), (1.5, 110)):
        canvas.glaze.ellipse(x, y, radius * grown, radius * grown, (*halo, alpha))
    canvas.pen.ellipse(x, y, radius, radius, (255, 222, 92))


def corner_sun(canvas: Canvas, rng: random.Random) -> None:
    """A sun in the upper left or right corner."""
    sun(canvas, rng.choice([0.14, 0.86]), 0.88, 0.065)


def clouds(canvas: Canvas, n_clouds: int, rng: random.Random) -> None:
    """Clouds in the upper quarter."""
    puffs = ((-1.2, -0.2, 0.7), (0, 0, 1), (1.1, -0.22, 0.75), (0.5, 0.35, 0.7))
    for _ in range(n_clouds):
        x, y, r = rng.uniform(0.1, 0.9), rng.uniform(0.75, 0.93), rng.uniform(0.035, 0.06)
        for ink, drop in (((226, 238, 248), 0.012), ((255, 255, 255), 0)):
            for dx, dy, size in puffs:
                ry = r * size * 0.72
                canvas.pen.ellipse(x + dx * r, y + dy * r - drop, r * size, ry, ink)


def tree(pen: Pen, rng: random.Random) -> None:
    """A leafy tree of height one, standing at the pen's origin."""
    pen.polygon([(-0.07, 0), (0.07, 0), (0.045, 0.5), (-0.045, 0.5)], WOOD)
    ink = rng.choice(TREE_GREENS)
    for dx, y, r in ((-0.2, 0.55, 0.19), (0.2, 0.55, 0.19), (0, 0.77, 0.22), (0, 0.55, 0.22)):
        pen.ellipse(dx, y, r, r, shade(ink, 0.12))
    for dx, y, r in ((-0.22, 0.6, 0.13), (0.16, 0.6, 0.15), (-0.03, 0.81, 0.16)):
        pen.ellipse(dx, y, r, r, ink)


def pine(pen: Pen, snowy: bool, rng: random.Random) -> None:
    """A pine of height one, standing at the pen's origin."""
    pen.box(-0.05, 0, 0.05, 0.2, WOOD)
    ink = rng.choice(PINE_GREENS)
    for y, width, height in ((0.12, 0.3, 0.42), (0.36, 0.24, 0.38), (0.6, 0.17, 0.36)):
        pen.polygon([(-width, y), (width, y), (0, y + height)], ink)
        pen.polygon([(0, y), (width, y), (0, y + height)], shade(ink, 0.14))
        if snowy:
            tip, part = y + height, width * 0.42
            low = tip - height * 0.42
            cap = [(-part, low), (-part * 0.3, low + 0.03), (part * 0.3, low - 0.02), (part, low)]
            pen.polygon([*cap, (0, tip)], SNOW_WHITE)


def palm(pen: Pen) -> None:
    """A palm of height about one, standing at the pen's origin and leaning ahead."""
    pen.curve([(0, 0), (0.05, 0.4), (0.16, 0.8)], 0.075, (150, 108, 66))
    for dx, dy, droop in ((0.4, 0.06, -0.2), (-0.36, 0.08, -0.18), (0.28, 0.26, 0.02),
                          (-0.24, 0.27, 0.04), (0.03, 0.3, 0.1)):  # fmt: skip
        x, y = 0.16 + dx, 0.8 + dy + droop
        knots = [(0.16, 0.8), (0.16 + dx * 0.55, 0.84 + dy), (x, y)]
        pen.curve(knots, 0.07, shade(LEAF, 0.12 if dx > 0 else 0))
    pen.ellipse(0.13, 0.76, 0.045, 0.045, shade(WOOD, 0.2))


def cactus(pen: Pen) -> None:
    """A cactus of height one, standing at the pen's origin."""
    ink, pale = (74, 142, 90), (98, 164, 108)
    for side, low, high in ((-1, 0.4, 0.72), (1, 0.52, 0.84)):
        pen.stroke([(0, low), (side * 0.27, low), (side * 0.27, high)], 0.13, ink)
    pen.stroke([(0, 0.05), (0, 0.9)], 0.19, ink)
    pen.stroke([(-0.03, 0.12), (-0.03, 0.88)], 0.025, pale)


def mountain(pen: Pen, ink: Ink, capped: bool) -> None:
    """A peak of height one and width two on the pen's origin, lit from the left."""
    pen.polygon([(-1, 0), (0, 1), (1, 0)], ink)
    pen.polygon([(0.12, 0), (-0.1, 0.45), (0, 1), (1, 0)], shade(ink, 0.1))
    if capped:
        jags = [(-0.34, 0.66), (-0.14, 0.56), (0, 0.68), (0.16, 0.55), (0.34, 0.66)]
        pen.polygon([*jags, (0, 1)], SNOW_WHITE)


def house(pen: Pen, width: float, height: float, rng: random.Random) -> None:
    """A town house with lit and unlit windows, its lower left corner at the pen's origin."""
    walls = ((206, 128, 104), (164, 164, 182), (216, 186, 138), (138, 158, 182), (192, 158, 156))
    ink = rng.choice(walls)
    pen.box(0, 0, width, height, ink)
    pen.box(-0.006, height - 0.012, width + 0.006, height + 0.006, shade(ink, 0.2))
    for row in range(int((height - 0.05) / 0.075)):
        y = height - 0.075 - row * 0.075
        for column in range(3):
            x = width * (0.12 + 0.28 * column)
            pane = rng.choice([(252, 242, 190), (204, 224, 238)])
            pen.box(x, y, x + width * 0.18, y + 0.045, pane)


def barn(pen: Pen) -> None:
    """A red barn of width one, its lower left corner at the pen's origin."""
    red, trim, roof = (186, 62, 52), (248, 242, 232), (112, 66, 58)
    pen.polygon([(0, 0), (1, 0), (1, 0.72), (0.8, 1.1), (0.5, 1.25), (0.2, 1.1), (0, 0.72)], red)
    rim = [(-0.06, 0.66), (0.18, 1.12), (0.5, 1.3), (0.82, 1.12), (1.06, 0.66)]
    pen.stroke(rim, 0.09, roof)
    pen.box(0.3, 0, 0.7, 0.46, trim)
    for x0, x1 in ((0.34, 0.66), (0.66, 0.34)):
        pen.stroke([(x0, 0.05), (x1, 0.42)], 0.05, red)
    pen.box(0.4, 0.72, 0.6, 0.92, trim)
    pen.box(0.44, 0.76, 0.56, 0.88, shade(red, 0.5))


def fence(canvas: Canvas, y: float) -> None:
    """A white fence over the whole width, its foot at height `y`."""
    for rail in (0.035, 0.075):
        canvas.pen.box(0, y + rail, 1, y + rail + 0.014, (236, 230, 218))
    for post in range(12):
        x = 0.02 + post * 0.089
        canvas.pen.box(x, y, x + 0.017, y + 0.1, (252, 248, 240))


def blossoms(canvas: Canvas, n_blossoms: int, top: float, rng: random.Random) -> None:
    """Tiny flowers in the grass below height `top`."""
    for _ in range(n_blossoms):
        x, y = rng.uniform(0.02, 0.98), rng.uniform(0.02, top)
        ink = rng.choice([(255, 255, 255), (252, 218, 96), (248, 160, 188)])
        canvas.pen.ellipse(x, y, 0.009, 0.009, ink)
        canvas.pen.ellipse(x, y, 0.004, 0.004, mix(ink, (240, 170, 60), 0.6))


def grass(canvas: Canvas, n_tufts: int, top: float, ink: Ink, rng: random.Random) -> None:
    """Tufts of grass below height `top`."""
    for _ in range(n_tufts):
        pen = canvas.pen.at(rng.uniform(0, 1), rng.uniform(0.02, top), rng.uniform(0.8, 1.2))
        for lean in (-0.012, 0, 0.012):
            pen.stroke([(0, 0), (lean, 0.022)], 0.005, ink)


def mushroom(pen: Pen) -> None:
    """A toadstool of height about one."""
    pen.slab(-0.18, 0, 0.18, 0.6, 0.15, (248, 238, 218))
    pen.segment(0, 0.5, 0.55, 0.5, (0, 180), (208, 66, 56))
    for x, y in ((-0.25, 0.66), (0.05, 0.8), (0.28, 0.64)):
        pen.ellipse(x, y, 0.09, 0.08, tint((208, 66, 56), 0.85))
