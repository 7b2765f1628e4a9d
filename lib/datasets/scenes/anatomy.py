"""What animals are made of: coats, legs in step, eyes open and closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from lib.datasets.scenes.palette import INK_DARK, Ink, fold, shade, tint
from lib.datasets.scenes.pen import Pen, Point

ROSE: Ink = (244, 170, 176)

# Where the foot goes from under the hip, in units: (ahead, up) of the hind and the fore leg.
STEPS: Mapping[str, Mapping[str, tuple[Point, Point]]] = {
    "far": {
        "stand": ((0, 0), (0, 0)),
        "run": ((0.1, 0.05), (-0.08, 0.08)),
        "jump": ((-0.2, 0.04), (0.2, 0.14)),
    },
    "near": {
        "stand": ((0, 0), (0, 0)),
        "run": ((-0.16, 0.05), (0.17, 0.05)),
        "jump": ((-0.13, 0), (0.14, 0.1)),
    },
}


@dataclass(frozen=True)
class Coat:
    """Fur or feathers: the main colour, its folds, its pale parts and its dark parts."""

    fur: Ink
    part: Ink
    pale: Ink
    dark: Ink


@dataclass(frozen=True)
class Legs:
    """Where the hind and the fore legs leave the body (the far ones a little ahead), how high,
    and how thick they are.
    """

    hind: float
    fore: float
    top: float
    width: float


def new_coat(ink: Ink) -> Coat:
    """The coat whose main colour is `ink`."""
    is_black = sum(ink) < 200
    dark = (26, 26, 32) if is_black else shade(ink, 0.4)
    return Coat(ink, fold(ink), tint(ink, 0.35 if is_black else 0.55), dark)


def draw_legs(pen: Pen, legs: Legs, side: str, deed: str, ink: Ink, hoof: Ink) -> None:
    """One pair of legs, on the "far" or the "near" side, as the deed moves them."""
    shift = 0.09 if side == "far" else 0
    for x, (ahead, up) in zip((legs.hind, legs.fore), STEPS[side][deed], strict=True):
        hip, foot = (x + shift, legs.top), (x + shift + ahead, up + legs.width * 0.3)
        knee = (x + shift + ahead * 0.35 + (0.03 if ahead else 0), (legs.top + up) * 0.5)
        pen.stroke([hip, knee, foot], legs.width, ink)
        pen.ellipse(foot[0] + 0.015, foot[1], legs.width * 0.68, legs.width * 0.45, hoof)


def draw_eyes(pen: Pen, x: float, y: float, gap: float, radius: float) -> None:
    """Two open eyes `gap` apart about (x, y), looking ahead; one where the gap is 0."""
    for dx in (-gap / 2, gap / 2):
        pen.ellipse(x + dx, y, radius, radius * 1.1, (255, 255, 255))
        pen.ellipse(x + dx + radius * 0.2, y, radius * 0.68, radius * 0.78, INK_DARK)
        pen.ellipse(x + dx + radius * 0.35, y + radius * 0.3, radius * 0.22, radius * 0.22,
                    (255, 255, 255))  # fmt: skip


def draw_closed_eyes(pen: Pen, x: float, y: float, gap: float, ink: Ink) -> None:
    """Two closed eyes `gap` apart about (x, y)."""
    for dx in (-gap / 2, gap / 2):
        pen.curve([(x + dx - 0.045, y), (x + dx, y - 0.03), (x + dx + 0.045, y)], 0.022, ink)
