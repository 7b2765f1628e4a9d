"""Boys, girls, men and women in the pose of an action. A person is one unit tall and stands at the
pen's origin.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.datasets.scenes.palette import (
    COMPLEXIONS,
    INK_DARK,
    PAINT,
    TROUSERS,
    Ink,
    fold,
    mix,
    shade,
)
from lib.datasets.scenes.pen import Pen, Point
from lib.datasets.scenes.poses import POSES, Pose

ARM = 0.06
LEG = 0.078


@dataclass(frozen=True)
class Build:
    """Heights of hip, shoulder and middle of the head, and the head's radius, in units."""

    hip: float
    shoulder: float
    head: float
    radius: float


@dataclass(frozen=True)
class Figure:
    """A person as drawn: who, in what build and pose, in which colours."""

    kind: str
    build: Build
    pose: Pose
    garment: Ink
    skin: Ink
    hair: Ink
    trousers: Ink


_CHILD = Build(hip=0.34, shoulder=0.585, head=0.785, radius=0.155)
_ADULT = Build(hip=0.43, shoulder=0.7, head=0.862, radius=0.115)
BUILDS: Mapping[str, Build] = {"boy": _CHILD, "girl": _CHILD, "man": _ADULT, "woman": _ADULT}


def new_figure(kind: str, colour: str, action: str, rng: random.Random) -> Figure:
    """A person whose skin, hair and trousers no caption mentions."""
    skin, hairs = rng.choice(COMPLEXIONS)
    hair, trousers = rng.choice(hairs), rng.choice(TROUSERS)
    return Figure(kind, BUILDS[kind], POSES[action], PAINT[colour], skin, hair, trousers)


def standing_pen(pen: Pen, figure: Figure) -> Pen:
    """The pen raised and leant as the pose asks."""
    pose = figure.pose
    lift = pose.lift if pose.seat is None else pose.seat - figure.build.hip
    return pen.at(0, lift, 1).tilted(pose.lean_deg)


def hand(figure: Figure) -> Point:
    """Where the near hand is, for `standing_pen`."""
    x, y = figure.pose.arms[1][-1]
    return x + 0.05, figure.build.shoulder + y


def draw_body(pen: Pen, figure: Figure) -> None:
    """All of a person but the near arm, which goes over what they hold."""
    build = figure.build
    if figure.kind in ("girl", "woman"):
        _draw_long_hair(pen.at(0, build.head, build.radius), figure)
    _draw_arm(pen, figure, figure.pose.arms[0], -0.05, fold(figure.garment))
    for leg, is_near in zip(figure.pose.legs, (False, True), strict=True):
        _draw_leg(pen, figure, leg, is_near)
    _draw_garment(pen, figure)
    pen.box(-0.03, build.shoulder, 0.03, build.head, shade(figure.skin, 0.12))
    _draw_head(pen.at(0, build.head, build.radius), figure)


def draw_near_arm(pen: Pen, figure: Figure) -> None:
    """The near arm and hand."""
    _draw_arm(
        pen, figure, figure.pose.arms[1], 0.05, mix(figure.garment, fold(figure.garment), 0.4)
    )


def _draw_arm(pen: Pen, figure: Figure, arm: Sequence[Point], shoulder_x: float, ink: Ink) -> None:
    points = [(shoulder_x + x, figure.build.shoulder - 0.01 + y) for x, y in arm]
    pen.stroke(points, ARM, ink)
    x, y = points[-1]
    pen.ellipse(x, y, 0.038, 0.038, figure.skin)


def _draw_leg(pen: Pen, figure: Figure, leg: Sequence[Point], is_near: bool) -> None:
    has_dress = figure.kind in ("girl", "woman")
    ink = figure.skin if has_dress else figure.trousers
    points = [(x, y * figure.build.hip) for x, y in leg]
    pen.stroke(points, LEG * 0.8 if has_dress else LEG, ink if is_near else shade(ink, 0.14))
    x, y = points[-1]
    pen.ellipse(x + 0.025, y - 0.008, 0.06, 0.032, (84, 58, 52) if is_near else (66, 46, 44))


def _draw_garment(pen: Pen, figure: Figure) -> None:
    hip, top, ink = figure.build.hip, figure.build.shoulder + 0.035, figure.garment
    if figure.kind in ("boy", "man"):
        low = hip - 0.025
        pen.blob([(-0.11, low), (-0.11, top - 0.05), (-0.06, top), (0.06, top),
                  (0.11, top - 0.05), (0.11, low), (0, low - 0.01)], ink)  # fmt: skip
        pen.box(-0.1, low - 0.005, 0.1, low + 0.02, fold(ink))
        return
    low = hip - (0.07 if figure.pose.seat is None else 0.04)
    pen.blob([(-0.17, low), (-0.085, top - 0.14), (-0.09, top - 0.02), (0, top + 0.005),
              (0.09, top - 0.02), (0.085, top - 0.14), (0.17, low), (0, low - 0.012)],
             ink)  # fmt: skip
    pen.curve([(-0.15, low + 0.008), (0, low + 0.002), (0.15, low + 0.008)], 0.022, fold(ink))
    pen.stroke([(-0.07, top - 0.14), (0.07, top - 0.14)], 0.02, fold(ink))


def _draw_long_hair(pen: Pen, figure: Figure) -> None:
    """Behind the head, whose middle is the origin and whose radius is the unit."""
    if figure.kind == "girl":
        for side in (-1, 1):
            pen.ellipse(side * 1.18, -0.46, 0.3, 0.52, figure.hair)
            pen.ellipse(side * 1.12, 0.02, 0.17, 0.17, (240, 110, 130))
        return
    pen.blob([(-1.1, 0.3), (0, 1.16), (1.1, 0.3), (1.16, -0.9), (0.9, -1.6), (0, -1.35),
              (-0.9, -1.6), (-1.16, -0.9)], shade(figure.hair, 0.12))  # fmt: skip


def _draw_head(pen: Pen, figure: Figure) -> None:
    """Face and the hair in front; the middle of the head is the origin, its radius the unit."""
    skin, is_pale = figure.skin, figure.skin[0] > 220
    for side in (-1, 1):
        pen.ellipse(side * 0.98, -0.05, 0.17, 0.2, shade(skin, 0.08))
    pen.ellipse(0, 0, 1, 1, skin)
    for x in (-0.52, 0.68):
        pen.ellipse(x, -0.32, 0.17, 0.11, mix(skin, (240, 96, 96), 0.35 if is_pale else 0.25))
    if figure.kind == "man":
        _draw_beard(pen, figure)
    _draw_fringe(pen, figure)
    for x in (-0.28, 0.44):
        pen.ellipse(x, -0.02, 0.13, 0.16, INK_DARK)
        pen.ellipse(x + 0.04, 0.05, 0.045, 0.05, (255, 255, 255))
    smile = [(-0.16, -0.42), (0.08, -0.54), (0.32, -0.42)]
    pen.curve(smile, 0.1, (255, 240, 230) if figure.kind == "man" else (178, 62, 66))


def _draw_beard(pen: Pen, figure: Figure) -> None:
    pen.segment(0, -0.02, 1.0, 1.02, (193, 347), figure.hair)
    pen.ellipse(0.08, -0.24, 0.42, 0.15, figure.hair)


def _draw_fringe(pen: Pen, figure: Figure) -> None:
    hair = figure.hair
    if figure.kind == "boy":
        pen.blob([(-1.06, 0.12), (-0.8, 0.86), (0, 1.2), (0.8, 0.9), (1.06, 0.14), (0.72, 0.42),
                  (0.3, 0.34), (-0.1, 0.5), (-0.6, 0.36)], hair)  # fmt: skip
        pen.polygon([(-0.15, 1.05), (0.2, 1.42), (0.3, 1.05)], hair)
    elif figure.kind == "man":
        pen.blob([(-1.06, 0.1), (-0.86, 0.8), (0, 1.14), (0.86, 0.8), (1.06, 0.1), (0.8, 0.5),
                  (0, 0.66), (-0.8, 0.5)], hair)  # fmt: skip
    else:
        pen.blob([(-1.08, -0.25), (-0.9, 0.78), (0, 1.18), (0.9, 0.78), (1.08, -0.25), (0.78, 0.34),
                  (-0.2, 0.66), (-0.8, 0.3)], hair)  # fmt: skip
