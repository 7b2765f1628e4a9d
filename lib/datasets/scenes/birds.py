"""Birds and ducks. One unit is about a body length; they face ahead and stand at the origin."""

from lib.datasets.scenes.anatomy import Coat, draw_eyes
from lib.datasets.scenes.palette import Ink, fold, shade
from lib.datasets.scenes.pen import Pen

BEAK: Ink = (246, 156, 52)


def draw_bird(pen: Pen, coat: Coat, deed: str) -> None:
    """A bird."""
    if deed == "fly":
        pen.blob([(0.1, 0.5), (0.02, 0.86), (-0.16, 1.12), (-0.2, 0.5)], coat.part)
    else:
        _feet(pen)
    _feathers(pen, coat)
    pen.polygon([(0.52, 0.72), (0.74, 0.65), (0.52, 0.58)], BEAK)
    draw_eyes(pen, 0.42, 0.7, 0, 0.07)
    if deed == "fly":
        pen.blob([(0.12, 0.46), (-0.06, 0.8), (-0.34, 1.06), (-0.3, 0.46)], fold(coat.part))
    else:
        pen.blob([(0.14, 0.44), (-0.08, 0.54), (-0.42, 0.36), (-0.1, 0.22)], coat.part)


def draw_duck(pen: Pen, coat: Coat, deed: str) -> None:
    """A duck."""
    _feet(pen)
    _feathers(pen, coat)
    pen.blob([(0.5, 0.68), (0.68, 0.66), (0.76, 0.6), (0.52, 0.56)], BEAK)
    draw_eyes(pen, 0.42, 0.72, 0, 0.06)
    pen.blob([(0.16, 0.42), (-0.08, 0.54), (-0.42, 0.44), (-0.1, 0.22)], coat.part)


def _feet(pen: Pen) -> None:
    for x in (-0.06, 0.1):
        pen.stroke([(x, 0.2), (x, 0.02), (x + 0.09, 0.02)], 0.05, shade(BEAK, 0.1))


def _feathers(pen: Pen, coat: Coat) -> None:
    """Body, tail and head."""
    pen.blob([(-0.3, 0.46), (-0.66, 0.62), (-0.6, 0.4), (-0.36, 0.26)], coat.part)
    pen.blob([(-0.42, 0.4), (-0.1, 0.58), (0.24, 0.56), (0.42, 0.44), (0.32, 0.2), (0, 0.12),
              (-0.3, 0.2)], coat.fur)  # fmt: skip
    pen.ellipse(0.18, 0.3, 0.2, 0.14, coat.pale)
    pen.ellipse(0.36, 0.66, 0.2, 0.2, coat.fur)
