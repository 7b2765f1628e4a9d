"""Dogs, cats and rabbits. One unit is about a body length; they face ahead and stand at the pen's
origin.
"""

from lib.datasets.scenes.anatomy import (
    ROSE,
    Coat,
    Legs,
    draw_closed_eyes,
    draw_eyes,
    draw_legs,
)
from lib.datasets.scenes.palette import INK_DARK, PAINT, Ink, fold
from lib.datasets.scenes.pen import Pen


def draw_dog(pen: Pen, coat: Coat, deed: str) -> None:
    """A dog."""
    legs = Legs(-0.28, 0.22, 0.32, 0.105)
    pen.curve([(-0.36, 0.44), (-0.52, 0.56), (-0.54, 0.74)], 0.085, coat.part)
    draw_legs(pen, legs, "far", deed, coat.part, coat.part)
    pen.blob([(-0.42, 0.4), (-0.3, 0.54), (0.1, 0.52), (0.34, 0.6), (0.42, 0.42), (0.26, 0.25),
              (-0.05, 0.28), (-0.34, 0.26)], coat.fur)  # fmt: skip
    draw_legs(pen, legs, "near", deed, coat.fur, coat.part)
    pen.stroke([(0.26, 0.52), (0.4, 0.56)], 0.055, (206, 70, 70))
    _dog_head(pen.at(0.42, 0.72, 1), coat, is_asleep=False)


def _dog_head(pen: Pen, coat: Coat, is_asleep: bool) -> None:
    pen.ellipse(0, 0, 0.2, 0.19, coat.fur)
    pen.ellipse(0.17, -0.07, 0.14, 0.1, coat.pale)
    pen.ellipse(0.28, -0.03, 0.045, 0.04, INK_DARK)
    pen.curve([(0.12, -0.12), (0.2, -0.14), (0.26, -0.11)], 0.018, INK_DARK)
    if is_asleep:
        draw_closed_eyes(pen, 0.06, 0.05, 0.15, _lid(coat))
    else:
        draw_eyes(pen, 0.06, 0.06, 0.13, 0.04)
    pen.blob([(-0.08, 0.16), (-0.2, 0.08), (-0.22, -0.14), (-0.12, -0.2), (-0.05, -0.04)],
             coat.dark if coat.fur != PAINT["white"] else (150, 120, 96))  # fmt: skip


def draw_cat(pen: Pen, coat: Coat, deed: str) -> None:
    """A cat."""
    legs = Legs(-0.26, 0.2, 0.26, 0.085)
    pen.curve([(-0.36, 0.38), (-0.54, 0.44), (-0.52, 0.66), (-0.62, 0.78)], 0.075, coat.part)
    draw_legs(pen, legs, "far", deed, coat.part, coat.part)
    pen.blob([(-0.4, 0.34), (-0.28, 0.48), (0.05, 0.46), (0.3, 0.5), (0.38, 0.36), (0.22, 0.22),
              (-0.1, 0.23), (-0.32, 0.2)], coat.fur)  # fmt: skip
    for x in (-0.2, -0.08, 0.04):
        pen.stroke([(x, 0.46), (x + 0.01, 0.38)], 0.03, coat.part)
    draw_legs(pen, legs, "near", deed, coat.fur, coat.pale)
    _cat_head(pen.at(0.36, 0.62, 1), coat, is_asleep=False)


def _cat_head(pen: Pen, coat: Coat, is_asleep: bool) -> None:
    for x in (-0.12, 0.14):
        pen.polygon([(x - 0.1, 0.08), (x, 0.34), (x + 0.1, 0.08)], coat.fur)
        pen.polygon([(x - 0.05, 0.12), (x, 0.27), (x + 0.05, 0.12)], ROSE)
    pen.ellipse(0.01, 0, 0.22, 0.19, coat.fur)
    pen.ellipse(0.06, -0.09, 0.12, 0.075, coat.pale)
    if is_asleep:
        draw_closed_eyes(pen, 0.05, 0.02, 0.19, _lid(coat))
    else:
        draw_eyes(pen, 0.05, 0.03, 0.18, 0.05)
    pen.polygon([(0.03, -0.04), (0.09, -0.04), (0.06, -0.08)], (236, 120, 132))
    for side in (-1, 1):
        for drop in (0, 0.05):
            pen.stroke([(0.06 + side * 0.12, -0.08 - drop / 2), (0.06 + side * 0.27, -0.06 - drop)],
                       0.012, fold(coat.part))  # fmt: skip


def draw_rabbit(pen: Pen, coat: Coat, deed: str) -> None:
    """A rabbit."""
    legs = Legs(-0.2, 0.18, 0.2, 0.1)
    pen.ellipse(-0.42, 0.28, 0.11, 0.11, coat.pale)
    draw_legs(pen, legs, "far", deed, coat.part, coat.part)
    pen.blob([(-0.42, 0.24), (-0.34, 0.46), (-0.08, 0.54), (0.2, 0.5), (0.34, 0.34), (0.2, 0.14),
              (-0.1, 0.1), (-0.36, 0.12)], coat.fur)  # fmt: skip
    pen.ellipse(-0.2, 0.24, 0.17, 0.17, coat.part)
    draw_legs(pen, legs, "near", deed, coat.fur, coat.pale)
    for x, lean in ((0.2, 16), (0.36, -2)):
        ear = pen.at(x, 0.72, 1).tilted(lean)
        ear.ellipse(0, 0.19, 0.075, 0.22, coat.fur)
        ear.ellipse(0, 0.19, 0.038, 0.16, ROSE)
    pen.ellipse(0.3, 0.6, 0.21, 0.2, coat.fur)
    pen.ellipse(0.36, 0.52, 0.12, 0.085, coat.pale)
    draw_eyes(pen, 0.34, 0.64, 0.17, 0.05)
    pen.ellipse(0.37, 0.56, 0.03, 0.022, (236, 120, 132))


def _sleeping_body(pen: Pen, coat: Coat) -> None:
    """A curled body, its tail around it, and the letters of sleep above."""
    pen.blob([(-0.48, 0.12), (-0.4, 0.34), (-0.08, 0.42), (0.24, 0.34), (0.36, 0.1), (0, 0),
              (-0.36, 0.01)], coat.fur)  # fmt: skip
    pen.ellipse(-0.22, 0.16, 0.2, 0.15, coat.part)
    pen.curve([(-0.46, 0.14), (-0.36, 0.02), (-0.1, 0.02), (0.08, 0.06)], 0.08, coat.part)
    for x, y, size in ((0.5, 0.58, 0.09), (0.64, 0.74, 0.13)):
        letter = [(0, 1), (1, 1), (0, 0), (1, 0)]
        pen.stroke([(x + a * size, y + b * size) for a, b in letter], 0.03, (255, 255, 255))


def draw_sleeping_dog(pen: Pen, coat: Coat) -> None:
    """A dog asleep, its head on its paws."""
    _sleeping_body(pen, coat)
    pen.stroke([(0.3, 0.05), (0.56, 0.05)], 0.09, coat.part)
    _dog_head(pen.at(0.36, 0.22, 1), coat, is_asleep=True)


def draw_sleeping_cat(pen: Pen, coat: Coat) -> None:
    """A cat asleep, its head on its paws."""
    _sleeping_body(pen, coat)
    pen.stroke([(0.28, 0.05), (0.5, 0.05)], 0.08, coat.pale)
    _cat_head(pen.at(0.34, 0.2, 1), coat, is_asleep=True)


def _lid(coat: Coat) -> Ink:
    return coat.pale if coat.fur == PAINT["black"] else INK_DARK
