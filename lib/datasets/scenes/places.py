"""The ten places, each drawn over a whole canvas; the subject stands in the lower third."""

import random
from collections.abc import Callable, Mapping

from lib.datasets.scenes import scenery
from lib.datasets.scenes.palette import GLASS, SNOW_WHITE, Ink, shade, tint
from lib.datasets.scenes.pen import Pen
from lib.datasets.scenes.scenery import Canvas, clouds, corner_sun, gradient, sky, vary


def draw_place(canvas: Canvas, place: str, rng: random.Random) -> float:
    """Draws the place and returns the height of its horizon, as a share of the picture."""
    horizon = rng.uniform(0.42, 0.5)
    PAINTERS[place](canvas, horizon, rng)
    return horizon


def _beach(canvas: Canvas, h: float, rng: random.Random) -> None:
    sky(canvas, h, (120, 196, 246), (218, 240, 252), rng)
    corner_sun(canvas, rng)
    clouds(canvas, 2, rng)
    gradient(canvas, h - 0.08, h + 0.12, (104, 204, 226), (40, 132, 198))
    for _ in range(7):
        x, y = rng.uniform(0, 1), rng.uniform(h - 0.03, h + 0.1)
        canvas.pen.stroke([(x, y), (x + 0.05, y)], 0.007, (150, 210, 236))
    gradient(canvas, 0, h - 0.08, vary((234, 204, 142), rng), (248, 228, 176))
    foam = [(x / 10, h - 0.08 + (0.008 if x % 2 else -0.006)) for x in range(-1, 12)]
    canvas.pen.curve(foam, 0.018, (255, 255, 255))
    left = rng.random() < 0.5
    palm = canvas.pen.at(0.06 if left else 0.94, h - 0.2, 0.5)
    scenery.palm(palm if left else _turned(palm))
    for _ in range(9):
        canvas.pen.ellipse(rng.uniform(0, 1), rng.uniform(0, h - 0.14), 0.007, 0.004,
                           (220, 186, 124))  # fmt: skip


def _park(canvas: Canvas, h: float, rng: random.Random) -> None:
    sky(canvas, h, (138, 204, 248), (226, 244, 252), rng)
    corner_sun(canvas, rng)
    clouds(canvas, 2, rng)
    canvas.pen.ellipse(0.2, h - 0.15, 0.5, 0.25, (132, 198, 104))
    canvas.pen.ellipse(0.9, h - 0.17, 0.5, 0.24, (118, 188, 94))
    gradient(canvas, 0, h - 0.05, vary((94, 174, 76), rng), (132, 204, 100))
    path = [(0.4, 0), (0.66, 0), (0.6, h * 0.45), (0.52, h - 0.05), (0.48, h - 0.05),
            (0.5, h * 0.45)]  # fmt: skip
    canvas.pen.polygon(path, (226, 208, 164))
    for x in (rng.uniform(0.03, 0.15), rng.uniform(0.84, 0.97)):
        scenery.tree(canvas.pen.at(x, h - 0.1, 0.4), rng)
    scenery.grass(canvas, 12, h - 0.14, (78, 156, 64), rng)
    scenery.blossoms(canvas, 12, h - 0.16, rng)


def _snow(canvas: Canvas, h: float, rng: random.Random) -> None:
    sky(canvas, h, (164, 198, 232), (230, 239, 248), rng)
    for x, size, ink in ((0.24, 0.32, (158, 178, 206)), (0.73, 0.38, (140, 164, 196))):
        scenery.mountain(canvas.pen.at(x, h - 0.03, size), ink, capped=True)
    canvas.pen.ellipse(0.2, h - 0.2, 0.7, 0.21, (226, 236, 246))
    canvas.pen.ellipse(0.85, h - 0.22, 0.6, 0.2, (232, 240, 249))
    gradient(canvas, 0, h - 0.1, SNOW_WHITE, (234, 241, 250))
    for x in (rng.uniform(0.04, 0.14), rng.uniform(0.85, 0.96)):
        scenery.pine(canvas.pen.at(x, h - 0.1, 0.38), True, rng)
    for _ in range(45):
        r = rng.uniform(0.003, 0.008)
        canvas.pen.ellipse(rng.uniform(0, 1), rng.uniform(0, 1), r, r, (255, 255, 255))


def _street(canvas: Canvas, h: float, rng: random.Random) -> None:
    sky(canvas, h, (172, 206, 236), (234, 240, 244), rng)
    clouds(canvas, 1, rng)
    x = -0.05
    while x < 1:
        width, height = rng.uniform(0.16, 0.26), rng.uniform(0.25, 0.46)
        scenery.house(canvas.pen.at(x, h - 0.06, 1), width, height, rng)
        x += width + 0.012
    canvas.pen.box(0, h - 0.15, 1, h - 0.06, (196, 194, 190))
    for slab in range(8):
        x = 0.06 + slab * 0.13
        canvas.pen.stroke([(x, h - 0.06), (x - 0.02, h - 0.14)], 0.004, (172, 170, 168))
    canvas.pen.box(0, h - 0.165, 1, h - 0.145, (222, 220, 214))
    gradient(canvas, 0, h - 0.165, (90, 92, 100), (108, 110, 118))
    for dash in range(5):
        x = dash * 0.24
        canvas.pen.box(x, 0.05, x + 0.12, 0.072, (246, 240, 220))


def _kitchen(canvas: Canvas, h: float, rng: random.Random) -> None:
    floor = h - 0.06
    canvas.pen.box(0, floor, 1, 1, vary((252, 238, 208), rng))
    _tiles(canvas.pen, floor)
    ink = rng.choice([(96, 152, 162), (194, 128, 92), (124, 156, 116)])
    canvas.pen.box(0, floor - 0.01, 1, floor + 0.2, ink)
    for door in range(5):
        x = door / 6
        canvas.pen.box(x + 0.012, floor + 0.01, x + 0.155, floor + 0.165, shade(ink, 0.12))
        canvas.pen.box(x + 0.024, floor + 0.022, x + 0.143, floor + 0.153, ink)
        canvas.pen.ellipse(x + 0.128, floor + 0.1, 0.007, 0.007, (246, 236, 214))
    canvas.pen.box(0, floor + 0.19, 1, floor + 0.225, (240, 234, 228))
    _window(canvas.pen.at(0.42, 0.7, 1), 0.26, 0.24, GLASS)
    canvas.pen.box(0.02, 0.8, 0.31, 0.95, ink)
    canvas.pen.box(0.162, 0.8, 0.168, 0.95, shade(ink, 0.25))
    canvas.pen.slab(0.8, floor - 0.02, 0.985, 0.9, 0.02, (228, 232, 236))
    canvas.pen.stroke([(0.8, 0.72), (0.985, 0.72)], 0.008, (176, 182, 188))
    for y in (0.745, 0.6):
        canvas.pen.stroke([(0.825, y), (0.825, y + 0.07)], 0.012, (150, 156, 162))


def _tiles(pen: Pen, floor: float) -> None:
    pen.box(0, 0, 1, floor, (244, 237, 226))
    for row in range(5):
        for column in range(row % 2, 9, 2):
            x, y = column / 8, floor - row * 0.1
            pen.box(x, y - 0.1, x + 0.125, y, (224, 211, 192))


def _window(pen: Pen, width: float, height: float, glass: Ink) -> None:
    """A window with its lower left corner at the pen's origin."""
    pen.box(-0.015, -0.015, width + 0.015, height + 0.015, (255, 255, 255))
    pen.box(0, 0, width, height, glass)
    pen.polygon([(0.02, 0), (0.07, 0), (0.13, height), (0.08, height)], tint(glass, 0.3))
    pen.box(width / 2 - 0.007, 0, width / 2 + 0.007, height, (255, 255, 255))
    pen.box(-0.03, -0.035, width + 0.03, -0.012, (246, 243, 238))


def _bedroom(canvas: Canvas, h: float, rng: random.Random) -> None:
    floor = h - 0.04
    wall = vary((208, 198, 234), rng)
    canvas.pen.box(0, floor, 1, 1, wall)
    for stripe in range(8):
        canvas.pen.box(stripe / 8, floor, stripe / 8 + 0.05, 1, tint(wall, 0.16))
    gradient(canvas, 0, floor, (170, 126, 86), (196, 152, 110))
    canvas.pen.box(0, floor - 0.008, 1, floor + 0.014, (246, 240, 236))
    _window(canvas.pen.at(0.08, 0.66, 1), 0.26, 0.26, (58, 74, 130))
    canvas.pen.ellipse(0.27, 0.855, 0.032, 0.032, (254, 246, 200))
    for x, y in ((0.12, 0.87), (0.16, 0.74), (0.26, 0.72), (0.3, 0.78), (0.13, 0.7)):
        canvas.pen.ellipse(x, y, 0.006, 0.006, (254, 250, 226))
    _picture_frame(canvas.pen.at(0.43, 0.78, 1))
    _bed(canvas.pen, floor, rng.choice([(230, 118, 116), (104, 154, 214), (124, 186, 136)]))
    rug = rng.choice([(242, 218, 158), (226, 170, 180), (164, 206, 206)])
    for grown, ink in ((1, rug), (0.82, tint(rug, 0.3)), (0.74, rug)):
        canvas.pen.ellipse(0.5, 0.125, 0.4 * grown, 0.095 * grown, ink)


def _picture_frame(pen: Pen) -> None:
    pen.box(0, 0, 0.11, 0.13, (150, 112, 74))
    pen.box(0.014, 0.014, 0.096, 0.116, (226, 240, 232))
    pen.polygon([(0.014, 0.014), (0.05, 0.07), (0.096, 0.014)], (150, 190, 150))


def _bed(pen: Pen, floor: float, blanket: Ink) -> None:
    pen.slab(0.95, floor - 0.1, 1.02, floor + 0.26, 0.02, (126, 86, 58))
    pen.slab(0.54, floor - 0.11, 0.58, floor + 0.1, 0.015, (126, 86, 58))
    pen.box(0.56, floor - 0.08, 1, floor - 0.02, (148, 102, 68))
    pen.box(0.57, floor - 0.02, 1, floor + 0.08, (250, 248, 244))
    pen.slab(0.83, floor + 0.06, 0.96, floor + 0.14, 0.03, (255, 255, 255))
    pen.slab(0.57, floor - 0.05, 0.84, floor + 0.1, 0.02, blanket)
    pen.box(0.8, floor - 0.05, 0.84, floor + 0.1, tint(blanket, 0.45))


def _forest(canvas: Canvas, h: float, rng: random.Random) -> None:
    sky(canvas, h, (170, 212, 190), (212, 232, 204), rng)
    for i in range(9):
        pen = canvas.pen.at(i / 8 + rng.uniform(-0.03, 0.03), h, rng.uniform(0.44, 0.56))
        pen.polygon([(-0.26, 0), (0.26, 0), (0, 1)], (118, 166, 134))
    for i in range(9):
        x, size = i / 8 + rng.uniform(-0.03, 0.03), rng.uniform(0.36, 0.52)
        scenery.pine(canvas.pen.at(x, h - 0.05, size), False, rng)
    gradient(canvas, 0, h - 0.03, vary((76, 108, 58), rng), (98, 136, 76))
    scenery.grass(canvas, 14, h - 0.08, (66, 96, 50), rng)
    for _ in range(6):
        x, y = rng.uniform(0, 1), rng.uniform(0.03, h - 0.14)
        scenery.mushroom(canvas.pen.at(x, y, 0.04))


def _farm(canvas: Canvas, h: float, rng: random.Random) -> None:
    sky(canvas, h, (150, 206, 240), (244, 242, 218), rng)
    corner_sun(canvas, rng)
    clouds(canvas, 1, rng)
    canvas.pen.ellipse(0.35, h - 0.18, 0.7, 0.22, (176, 198, 104))
    gradient(canvas, 0, h - 0.02, vary((150, 182, 86), rng), (208, 196, 104))
    scenery.barn(canvas.pen.at(rng.choice([0.05, 0.66]), h - 0.03, 0.28))
    scenery.fence(canvas, h - 0.12)
    scenery.grass(canvas, 14, h - 0.14, (126, 160, 70), rng)


def _lake(canvas: Canvas, h: float, rng: random.Random) -> None:
    sky(canvas, h, (250, 190, 146), (255, 236, 196), rng)
    x = rng.uniform(0.3, 0.7)
    scenery.sun(canvas, x, h + 0.2, 0.075)
    for left, size, ink in ((0.2, 0.27, (140, 126, 160)), (0.8, 0.31, (120, 110, 150))):
        scenery.mountain(canvas.pen.at(left, h + 0.05, size), ink, capped=False)
    gradient(canvas, h - 0.14, h + 0.06, (62, 120, 174), (112, 166, 200))
    for row in range(5):
        width, y = 0.05 + 0.012 * row, h + 0.04 - row * 0.035
        canvas.pen.stroke([(x - width, y), (x + width, y)], 0.008, (236, 208, 170))
    for _ in range(8):
        left, y = rng.uniform(0, 1), rng.uniform(h - 0.12, h + 0.04)
        canvas.pen.stroke([(left, y), (left + 0.06, y)], 0.006, (150, 192, 220))
    gradient(canvas, 0, h - 0.14, vary((112, 150, 78), rng), (148, 178, 102))
    scenery.grass(canvas, 12, h - 0.16, (92, 130, 66), rng)
    for reed in (0.02, 0.05, 0.09, 0.93, 0.97):
        canvas.pen.stroke([(reed, h - 0.17), (reed + 0.008, h - 0.04)], 0.008, (96, 130, 70))
        canvas.pen.stroke([(reed + 0.006, h - 0.07), (reed + 0.01, h - 0.03)], 0.018,
                          (122, 84, 56))  # fmt: skip


def _desert(canvas: Canvas, h: float, rng: random.Random) -> None:
    sky(canvas, h, (252, 212, 140), (255, 240, 206), rng)
    corner_sun(canvas, rng)
    mesa = [(0.5, 0), (0.56, 0.17), (0.78, 0.17), (0.82, 0.1), (0.9, 0.1), (0.95, 0)]
    canvas.pen.at(rng.uniform(-0.25, 0.02), h - 0.07, 1).polygon(mesa, (222, 158, 112))
    canvas.pen.ellipse(0.15, h - 0.28, 0.6, 0.33, (236, 188, 114))
    canvas.pen.ellipse(0.95, h - 0.26, 0.5, 0.27, (228, 178, 104))
    gradient(canvas, 0, h - 0.05, vary((222, 168, 92), rng), (242, 200, 124))
    for _ in range(5):
        x, y = rng.uniform(0, 0.9), rng.uniform(0.02, h - 0.12)
        knots = [(x, y), (x + 0.05, y + 0.008), (x + 0.1, y), (x + 0.15, y + 0.006)]
        canvas.pen.curve(knots, 0.006, (212, 158, 86))
    for x in (rng.uniform(0.06, 0.14), rng.uniform(0.86, 0.94)):
        scenery.cactus(canvas.pen.at(x, h - 0.11, rng.uniform(0.22, 0.27)))


def _turned(pen: Pen) -> Pen:
    return Pen(pen.draw, pen.x_px, pen.y_px, pen.unit_px, -pen.facing, pen.tilt_deg)


PAINTERS: Mapping[str, Callable[[Canvas, float, random.Random], None]] = {
    "beach": _beach,
    "park": _park,
    "snow": _snow,
    "street": _street,
    "kitchen": _kitchen,
    "bedroom": _bedroom,
    "forest": _forest,
    "farm": _farm,
    "lake": _lake,
    "desert": _desert,
}
