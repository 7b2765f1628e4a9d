"""The things people hold or ride and the things that stand beside them. Each is about one unit
large; what stands, stands at the pen's origin, what is held has its grip there.
"""

from collections.abc import Callable, Mapping

from lib.datasets.scenes.palette import GLASS, INK_DARK, LEAF, PAINT, WOOD, Ink, fold, shade, tint
from lib.datasets.scenes.pen import Pen, arc_points

TYRE: Ink = (46, 46, 52)
STEEL: Ink = (196, 198, 206)
PAPER: Ink = (255, 252, 242)


def draw_thing(pen: Pen, name: str, colour: str) -> None:
    """Draws one thing of this colour."""
    PAINTERS[name](pen, PAINT[colour])


def _ball(pen: Pen, ink: Ink) -> None:
    pen.ellipse(0, 0.5, 0.5, 0.5, shade(ink, 0.22))
    pen.ellipse(-0.02, 0.53, 0.45, 0.45, ink)
    pen.stroke(arc_points(-0.42, 0.5, 0.5, 0.5, -48, 48), 0.08, tint(ink, 0.65))
    pen.stroke(arc_points(0.5, 0.5, 0.42, 0.5, 140, 220), 0.06, tint(ink, 0.65))


def _kite(pen: Pen, ink: Ink) -> None:
    pen.curve([(0, -0.6), (0.1, -0.85), (-0.08, -1.05), (0.06, -1.3)], 0.04, (250, 250, 250))
    for y in (-0.85, -1.1):
        pen.polygon([(-0.12, y + 0.08), (-0.12, y - 0.08), (0.12, y + 0.08), (0.12, y - 0.08)], ink)
    pen.polygon([(0, 0.6), (0.42, 0.05), (0, -0.6), (-0.42, 0.05)], ink)
    pen.polygon([(0, 0.6), (0.42, 0.05), (0, 0.05)], tint(ink, 0.4))
    pen.polygon([(0, -0.6), (-0.42, 0.05), (0, 0.05)], shade(ink, 0.15))


def _umbrella(pen: Pen, ink: Ink) -> None:
    pen.stroke([(0, -0.12), (0, 1.45)], 0.05, WOOD)
    pen.stroke(arc_points(0.08, -0.12, 0.08, 0.09, 180, 350), 0.05, WOOD)
    pen.segment(0, 0.9, 0.72, 0.56, (0, 180), ink)
    pen.segment(0, 0.9, 0.3, 0.56, (0, 180), tint(ink, 0.32))
    for x in (-0.51, 0, 0.51):
        pen.segment(x, 0.895, 0.21 if x else 0.3, 0.06, (0, 180), fold(ink))


def _balloon(pen: Pen, ink: Ink) -> None:
    pen.curve([(0, 0), (0.04, 0.3), (-0.03, 0.55), (0, 0.86)], 0.025, (120, 120, 126))
    pen.polygon([(-0.07, 0.84), (0.07, 0.84), (0, 0.95)], shade(ink, 0.15))
    pen.ellipse(0, 1.32, 0.37, 0.45, ink)
    pen.ellipse(-0.13, 1.48, 0.08, 0.13, tint(ink, 0.7))


def _wheels(pen: Pen, xs: tuple[float, float], radius: float) -> None:
    for x in xs:
        pen.ellipse(x, radius, radius, radius, TYRE)
        pen.ellipse(x, radius, radius * 0.5, radius * 0.5, STEEL)


def _car(pen: Pen, ink: Ink) -> None:
    pen.blob([(-0.62, 0.5), (-0.4, 0.86), (0, 0.93), (0.34, 0.84), (0.62, 0.5)], ink)
    pen.polygon([(-0.45, 0.54), (-0.33, 0.8), (-0.05, 0.83), (-0.05, 0.54)], GLASS)
    pen.polygon([(0.04, 0.54), (0.04, 0.83), (0.27, 0.78), (0.46, 0.54)], GLASS)
    pen.slab(-0.95, 0.18, 0.95, 0.57, 0.14, ink)
    pen.slab(-0.95, 0.18, 0.95, 0.28, 0.05, fold(ink))
    pen.stroke([(0.06, 0.46), (0.18, 0.46)], 0.035, fold(ink))
    pen.ellipse(0.88, 0.43, 0.06, 0.07, (255, 242, 160))
    pen.ellipse(-0.9, 0.43, 0.04, 0.06, (214, 72, 60))
    _wheels(pen, (-0.52, 0.52), 0.2)


def _bus(pen: Pen, ink: Ink) -> None:
    pen.slab(-1.15, 0.18, 1.15, 1.12, 0.12, ink)
    for x in (-1.03, -0.65, -0.27, 0.11):
        pen.slab(x, 0.62, x + 0.31, 0.96, 0.04, GLASS)
    pen.slab(0.53, 0.26, 0.76, 0.96, 0.03, tint(ink, 0.45))
    pen.slab(0.84, 0.56, 1.1, 0.98, 0.04, GLASS)
    pen.box(-1.15, 0.4, 0.5, 0.48, tint(ink, 0.6))
    pen.ellipse(1.08, 0.36, 0.06, 0.07, (255, 242, 160))
    _wheels(pen, (-0.66, 0.7), 0.21)


def _bicycle(pen: Pen, ink: Ink) -> None:
    for x in (-0.52, 0.52):
        pen.stroke(arc_points(x, 0.34, 0.31, 0.31, 0, 360), 0.065, TYRE)
        for y in (-1, 0, 1):
            pen.stroke([(x - 0.2, 0.34 - y * 0.17), (x + 0.2, 0.34 + y * 0.17)], 0.015, STEEL)
    pen.stroke([(-0.52, 0.34), (-0.16, 0.72), (0.36, 0.74), (0, 0.32), (-0.52, 0.34)], 0.08, ink)
    pen.stroke([(0, 0.32), (-0.2, 0.84)], 0.08, ink)
    pen.stroke([(0.52, 0.34), (0.33, 0.94)], 0.08, ink)
    pen.stroke([(0.2, 1.0), (0.33, 0.94), (0.4, 0.96)], 0.06, TYRE)
    pen.stroke([(-0.32, 0.88), (-0.1, 0.87)], 0.1, TYRE)
    pen.ellipse(0, 0.32, 0.1, 0.1, STEEL)


def _boat(pen: Pen, ink: Ink) -> None:
    pen.stroke([(0, 0.3), (0, 1.5)], 0.06, WOOD)
    pen.blob([(0.07, 1.4), (0.34, 0.95), (0.68, 0.48), (0.07, 0.46)], (254, 251, 244))
    pen.polygon([(-0.07, 1.25), (-0.07, 0.46), (-0.54, 0.46)], tint(ink, 0.55))
    pen.polygon([(-0.86, 0.38), (0.9, 0.38), (0.6, 0), (-0.58, 0)], ink)
    pen.polygon([(-0.86, 0.38), (0.9, 0.38), (0.84, 0.3), (-0.78, 0.3)], fold(ink))


def _bench(pen: Pen, ink: Ink) -> None:
    for x in (-0.66, 0.58):
        pen.box(x, 0, x + 0.09, 0.88, (92, 88, 92))
    for y in (0.55, 0.72):
        pen.slab(-0.78, y, 0.78, y + 0.12, 0.03, ink)
    pen.slab(-0.82, 0.36, 0.82, 0.48, 0.03, fold(ink))


def _chair(pen: Pen, ink: Ink) -> None:
    for x, part in ((-0.2, 0.3), (0.2, 0.3), (-0.31, 0.1), (0.27, 0.1)):
        pen.box(x, 0, x + 0.08, 0.42, shade(ink, part))
    pen.slab(-0.34, 0.3, -0.24, 1.06, 0.04, ink)
    pen.slab(-0.36, 0.4, 0.37, 0.51, 0.04, ink)
    pen.box(-0.33, 0.4, 0.35, 0.425, fold(ink))


def _table(pen: Pen, ink: Ink) -> None:
    for x, part in ((-0.55, 0.34), (0.46, 0.34), (-0.72, 0.18), (0.62, 0.18)):
        pen.box(x, 0, x + 0.1, 0.72, shade(ink, part))
    pen.box(-0.72, 0.62, 0.72, 0.74, fold(ink))
    pen.slab(-0.84, 0.72, 0.84, 0.83, 0.03, ink)


def _tent(pen: Pen, ink: Ink) -> None:
    pen.stroke([(0, 1.02), (0, 1.2)], 0.05, WOOD)
    pen.polygon([(-0.95, 0), (0, 1.1), (0.95, 0)], ink)
    pen.polygon([(0, 1.1), (0.95, 0), (0.5, 0)], fold(ink))
    pen.polygon([(-0.32, 0), (0, 0.85), (0.32, 0)], shade(ink, 0.6))
    pen.polygon([(-0.32, 0), (0, 0.85), (-0.2, 0.12), (-0.42, 0)], tint(ink, 0.45))


def _snowman(pen: Pen, ink: Ink) -> None:
    for y, r in ((0.33, 0.37), (0.84, 0.27), (1.2, 0.2)):
        pen.ellipse(0, y, r, r * 0.94, (206, 218, 234))
        pen.ellipse(-0.02, y + 0.015, r * 0.93, r * 0.88, (253, 254, 255))
    for side in (-1, 1):
        pen.stroke([(side * 0.22, 0.86), (side * 0.5, 1.04)], 0.04, WOOD)
    pen.polygon([(0.04, 1.22), (0.3, 1.17), (0.04, 1.13)], (242, 134, 44))
    for x in (-0.07, 0.1):
        pen.ellipse(x, 1.27, 0.03, 0.03, INK_DARK)
    for y in (0.7, 0.84):
        pen.ellipse(0.02, y, 0.03, 0.03, INK_DARK)
    pen.slab(-0.24, 0.99, 0.24, 1.09, 0.05, ink)
    pen.slab(0.06, 0.76, 0.17, 1.04, 0.04, fold(ink))
    pen.slab(-0.23, 1.35, 0.23, 1.4, 0.02, (52, 50, 56))
    pen.slab(-0.14, 1.36, 0.14, 1.6, 0.03, (52, 50, 56))


def _cake(pen: Pen, ink: Ink) -> None:
    pen.ellipse(0, 0, 0.56, 0.07, (226, 230, 236))
    pen.slab(-0.45, 0, 0.45, 0.38, 0.05, (250, 226, 186))
    pen.slab(-0.46, 0.22, 0.46, 0.44, 0.07, ink)
    for x in (-0.36, -0.12, 0.12, 0.36):
        pen.ellipse(x, 0.22, 0.1, 0.1, ink)
    pen.box(-0.03, 0.43, 0.03, 0.64, (255, 255, 255))
    pen.ellipse(0, 0.72, 0.045, 0.08, (255, 184, 60))


def _book(pen: Pen, ink: Ink) -> None:
    pen.polygon([(-0.46, 0.42), (0, 0.3), (0.46, 0.42), (0.46, -0.14), (0, -0.26), (-0.46, -0.14)],
                ink)  # fmt: skip
    pages = [(-0.4, 0.44), (0, 0.33), (0.4, 0.44), (0.4, -0.04), (0, -0.16), (-0.4, -0.04)]
    pen.polygon(pages, PAPER)
    pen.stroke([(0, 0.33), (0, -0.16)], 0.03, (196, 186, 176))


def _flower(pen: Pen, ink: Ink) -> None:
    pen.curve([(0, 0), (0.03, 0.3), (0, 0.68)], 0.08, LEAF)
    for side in (-1, 1):
        pen.blob([(0.02, 0.12), (side * 0.2, 0.32), (side * 0.32, 0.3),
                            (side * 0.18, 0.16)], LEAF)  # fmt: skip
    for x, y in arc_points(0, 0.78, 0.22, 0.22, 18, 378)[:-1:6]:
        pen.ellipse(x, y, 0.16, 0.16, ink)
    pen.ellipse(0, 0.78, 0.13, 0.13, (250, 214, 84) if ink != PAINT["yellow"] else (176, 110, 54))


def _guitar(pen: Pen, ink: Ink) -> None:
    """Lies across the player, the neck up ahead."""
    pen = pen.tilted(24)
    pen.stroke([(0.2, 0), (0.95, 0)], 0.08, (96, 66, 48))
    pen.blob([(-0.4, 0), (-0.32, 0.2), (-0.1, 0.22), (0.06, 0.13), (0.24, 0.16), (0.33, 0),
              (0.24, -0.16), (0.06, -0.13), (-0.1, -0.22), (-0.32, -0.2)], ink)  # fmt: skip
    pen.ellipse(0.06, 0, 0.085, 0.085, (64, 42, 34))
    pen.stroke([(-0.24, -0.08), (-0.24, 0.08)], 0.04, (64, 42, 34))
    pen.stroke([(0.92, 0), (1.02, 0)], 0.14, (64, 46, 40))


def _skateboard(pen: Pen, ink: Ink) -> None:
    pen.stroke([(-0.68, 0.27), (-0.52, 0.2), (0.52, 0.2), (0.68, 0.27)], 0.1, ink)
    _wheels(pen, (-0.4, 0.4), 0.09)


def _sled(pen: Pen, ink: Ink) -> None:
    for x in (-0.4, 0.3):
        pen.stroke([(x, 0.06), (x, 0.24)], 0.05, shade(ink, 0.35))
    pen.curve([(-0.72, 0.04), (0.5, 0.04), (0.78, 0.14), (0.8, 0.32)], 0.06, shade(ink, 0.35))
    pen.slab(-0.72, 0.2, 0.72, 0.34, 0.05, ink)


def _frisbee(pen: Pen, ink: Ink) -> None:
    pen.ellipse(0, 0, 0.5, 0.17, shade(ink, 0.18))
    pen.ellipse(0, 0.03, 0.5, 0.15, ink)
    pen.ellipse(0, 0.05, 0.3, 0.08, tint(ink, 0.4))


PAINTERS: Mapping[str, Callable[[Pen, Ink], None]] = {
    "ball": _ball,
    "kite": _kite,
    "umbrella": _umbrella,
    "balloon": _balloon,
    "car": _car,
    "bus": _bus,
    "bicycle": _bicycle,
    "boat": _boat,
    "bench": _bench,
    "chair": _chair,
    "table": _table,
    "tent": _tent,
    "snowman": _snowman,
    "cake": _cake,
    "book": _book,
    "flower": _flower,
    "guitar": _guitar,
    "skateboard": _skateboard,
    "sled": _sled,
    "frisbee": _frisbee,
}
