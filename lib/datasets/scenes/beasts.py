"""Horses, cows, sheep, bears and elephants. One unit is about a body length; they face ahead and
stand at the pen's origin.
"""

import math

from lib.datasets.scenes.anatomy import ROSE, Coat, Legs, draw_eyes, draw_legs
from lib.datasets.scenes.palette import INK_DARK, PAINT, Ink, fold, shade, tint
from lib.datasets.scenes.pen import Pen


def draw_horse(pen: Pen, coat: Coat, deed: str) -> None:
    """A horse."""
    mane = coat.dark if coat.fur != PAINT["white"] else (196, 188, 180)
    legs = Legs(-0.32, 0.2, 0.46, 0.085)
    pen.curve([(-0.42, 0.7), (-0.56, 0.6), (-0.55, 0.36), (-0.6, 0.28)], 0.1, mane)
    draw_legs(pen, legs, "far", deed, coat.part, shade(coat.dark, 0.3))
    pen.blob([(-0.45, 0.6), (-0.36, 0.76), (0, 0.71), (0.22, 0.78), (0.4, 0.66), (0.28, 0.44),
              (-0.05, 0.42), (-0.36, 0.43)], coat.fur)  # fmt: skip
    draw_legs(pen, legs, "near", deed, coat.fur, shade(coat.dark, 0.3))
    pen.blob([(0.1, 0.72), (0.34, 1.02), (0.44, 1.14), (0.58, 1.06), (0.5, 0.9), (0.42, 0.62)],
             coat.fur)  # fmt: skip
    for x, y in ((0.16, 0.82), (0.24, 0.93), (0.31, 1.03), (0.38, 1.11)):
        pen.ellipse(x, y, 0.075, 0.085, mane)
    _horse_head(pen.at(0.5, 1.08, 1), coat, mane)


def _horse_head(pen: Pen, coat: Coat, mane: Ink) -> None:
    pen.polygon([(-0.1, 0.06), (-0.06, 0.22), (0.02, 0.08)], coat.part)
    pen.blob([(-0.12, 0.04), (0, 0.12), (0.18, 0.0), (0.3, -0.1), (0.26, -0.2), (0.12, -0.18),
              (-0.06, -0.16)], coat.fur)  # fmt: skip
    pen.ellipse(0.24, -0.13, 0.075, 0.07, coat.pale)
    pen.ellipse(0.27, -0.12, 0.014, 0.018, INK_DARK)
    pen.ellipse(-0.03, 0.1, 0.07, 0.06, mane)
    draw_eyes(pen, 0.06, 0, 0, 0.042)


def draw_cow(pen: Pen, coat: Coat, deed: str) -> None:
    """A cow."""
    spot = (72, 56, 52) if coat.fur == PAINT["white"] else (246, 240, 230)
    legs = Legs(-0.3, 0.22, 0.32, 0.1)
    pen.curve([(-0.43, 0.6), (-0.54, 0.5), (-0.53, 0.3)], 0.035, coat.part)
    pen.ellipse(-0.53, 0.27, 0.045, 0.06, (72, 56, 52))
    draw_legs(pen, legs, "far", deed, coat.part, (84, 70, 66))
    pen.ellipse(-0.12, 0.28, 0.12, 0.08, ROSE)
    pen.blob([(-0.46, 0.5), (-0.38, 0.7), (0, 0.68), (0.34, 0.7), (0.44, 0.5), (0.32, 0.3),
              (0, 0.28), (-0.36, 0.3)], coat.fur)  # fmt: skip
    pen.blob([(-0.3, 0.6), (-0.14, 0.64), (-0.04, 0.52), (-0.16, 0.42), (-0.3, 0.48)], spot)
    pen.blob([(0.08, 0.46), (0.2, 0.5), (0.26, 0.4), (0.14, 0.34)], spot)
    draw_legs(pen, legs, "near", deed, coat.fur, (84, 70, 66))
    _cow_head(pen.at(0.48, 0.72, 1), coat)


def _cow_head(pen: Pen, coat: Coat) -> None:
    for side in (-1, 1):
        pen.curve([(side * 0.1, 0.14), (side * 0.2, 0.2), (side * 0.19, 0.29)], 0.045,
                  (226, 214, 186))  # fmt: skip
        pen.blob([(side * 0.12, 0.08), (side * 0.28, 0.12), (side * 0.26, 0.02)], coat.part)
    pen.blob([(-0.17, 0.1), (0, 0.17), (0.17, 0.1), (0.16, -0.12), (0, -0.2), (-0.14, -0.12)],
             coat.fur)  # fmt: skip
    pen.ellipse(0.03, -0.12, 0.17, 0.11, ROSE)
    for x in (-0.03, 0.09):
        pen.ellipse(x, -0.11, 0.022, 0.03, (190, 108, 116))
    draw_eyes(pen, 0.03, 0.05, 0.16, 0.042)


def draw_sheep(pen: Pen, coat: Coat, deed: str) -> None:
    """A sheep."""
    skin = (84, 76, 78) if coat.fur == PAINT["white"] else (128, 118, 118)
    legs = Legs(-0.24, 0.16, 0.26, 0.075)
    for side in ("far", "near"):
        draw_legs(pen, legs, side, deed, fold(skin) if side == "far" else skin, (52, 46, 48))
    for wool, size in ((coat.part, 1.0), (coat.fur, 0.9)):
        for k in range(11):
            angle = math.radians(k * 360 / 11)
            x, y = math.cos(angle) * 0.33, 0.46 + math.sin(angle) * 0.19
            pen.ellipse(x, y, 0.13 * size, 0.125 * size, wool)
    pen.ellipse(0, 0.46, 0.36, 0.23, coat.fur)
    _sheep_head(pen.at(0.44, 0.6, 1), coat, skin)


def _sheep_head(pen: Pen, coat: Coat, skin: Ink) -> None:
    for side in (-1, 1):
        pen.blob([(side * 0.1, 0.06), (side * 0.27, 0.02), (side * 0.22, -0.06)], fold(skin))
    pen.ellipse(0.01, -0.02, 0.15, 0.19, skin)
    for x, y in ((-0.1, 0.13), (0, 0.18), (0.11, 0.13)):
        pen.ellipse(x, y, 0.09, 0.08, coat.fur)
    draw_eyes(pen, 0.03, 0.01, 0.14, 0.042)
    pen.ellipse(0.04, -0.13, 0.04, 0.025, ROSE)


def draw_bear(pen: Pen, coat: Coat, deed: str) -> None:
    """A bear."""
    legs = Legs(-0.29, 0.2, 0.27, 0.16)
    pen.ellipse(-0.44, 0.56, 0.08, 0.08, coat.part)
    draw_legs(pen, legs, "far", deed, coat.part, coat.part)
    pen.blob([(-0.46, 0.44), (-0.38, 0.68), (-0.05, 0.76), (0.3, 0.74), (0.45, 0.5), (0.3, 0.26),
              (0, 0.22), (-0.36, 0.24)], coat.fur)  # fmt: skip
    draw_legs(pen, legs, "near", deed, coat.fur, coat.part)
    head = pen.at(0.42, 0.76, 1)
    for x in (-0.16, 0.17):
        head.ellipse(x, 0.18, 0.09, 0.09, coat.part)
        head.ellipse(x, 0.17, 0.05, 0.05, coat.pale)
    head.ellipse(0, 0, 0.24, 0.22, coat.fur)
    head.ellipse(0.08, -0.09, 0.14, 0.1, coat.pale)
    head.ellipse(0.1, -0.04, 0.05, 0.035, INK_DARK)
    head.curve([(0.03, -0.12), (0.1, -0.14), (0.17, -0.12)], 0.018, INK_DARK)
    draw_eyes(head, 0.06, 0.07, 0.18, 0.04)


def draw_elephant(pen: Pen, coat: Coat, deed: str) -> None:
    """An elephant."""
    legs = Legs(-0.3, 0.16, 0.36, 0.19)
    pen.curve([(-0.43, 0.66), (-0.52, 0.5), (-0.5, 0.36)], 0.035, coat.part)
    draw_legs(pen, legs, "far", deed, coat.part, coat.part)
    pen.blob([(-0.47, 0.52), (-0.38, 0.8), (-0.02, 0.9), (0.32, 0.82), (0.42, 0.54), (0.28, 0.32),
              (-0.05, 0.3), (-0.36, 0.32)], coat.fur)  # fmt: skip
    draw_legs(pen, legs, "near", deed, coat.fur, coat.pale)
    head = pen.at(0.44, 0.78, 1)
    head.curve([(0.14, 0.0), (0.3, -0.16), (0.31, -0.42), (0.4, -0.5)], 0.13, coat.fur)
    head.curve([(0.12, -0.16), (0.2, -0.24), (0.28, -0.24)], 0.05, (252, 248, 236))
    head.ellipse(0.02, 0, 0.25, 0.24, coat.fur)
    head.blob([(-0.04, 0.16), (-0.24, 0.2), (-0.34, 0), (-0.22, -0.24), (-0.06, -0.18)], coat.part)
    head.blob([(-0.06, 0.11), (-0.2, 0.14), (-0.27, 0), (-0.19, -0.17), (-0.08, -0.12)],
              tint(coat.fur, 0.3))  # fmt: skip
    draw_eyes(head, 0.12, 0.06, 0, 0.042)
