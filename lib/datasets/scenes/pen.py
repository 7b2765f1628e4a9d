"""A pen that draws in the coordinates of what it draws: x forward, y up, one unit long, and may
be moved, tilted and turned to face the other way.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PIL.ImageDraw import ImageDraw

from lib.datasets.scenes.palette import Glaze, Ink

Point = tuple[float, float]

SPLINE_STEPS = 5  # straight pieces between two knots: invisible in a picture of 192 px
FULL_TURN_STEPS = 36


@dataclass(frozen=True)
class Pen:
    """`(x_px, y_px)` is the origin in the image (y down), `unit_px` the length of one unit,
    `facing` 1 when forward is to the right and -1 to the left, `tilt_deg` turns upwards what
    lies ahead.
    """

    draw: ImageDraw
    x_px: float
    y_px: float
    unit_px: float
    facing: int
    tilt_deg: float

    def at(self, x: float, y: float, scale: float) -> "Pen":
        """The pen with its origin at (x, y) and its unit `scale` times as long."""
        x_px, y_px = self.point(x, y)
        return replace(self, x_px=x_px, y_px=y_px, unit_px=self.unit_px * scale)

    def tilted(self, degrees: float) -> "Pen":
        """The pen turned about its origin, upwards ahead for positive degrees."""
        return replace(self, tilt_deg=self.tilt_deg + degrees)

    def point(self, x: float, y: float) -> Point:
        """Pixel coordinates of (x, y)."""
        if self.tilt_deg:
            angle = math.radians(self.tilt_deg)
            x, y = (
                x * math.cos(angle) - y * math.sin(angle),
                x * math.sin(angle) + y * math.cos(angle),
            )
        return self.x_px + self.facing * x * self.unit_px, self.y_px - y * self.unit_px

    def polygon(self, points: Iterable[Point], ink: Ink | Glaze) -> None:
        """A filled polygon with straight sides."""
        self.draw.polygon([self.point(x, y) for x, y in points], fill=ink)

    def blob(self, knots: Sequence[Point], ink: Ink) -> None:
        """A filled shape with a smooth outline through the knots."""
        self.polygon(smooth(knots, closed=True), ink)

    def ellipse(
        self, x: float, y: float, radius_x: float, radius_y: float, ink: Ink | Glaze
    ) -> None:
        """A filled ellipse about (x, y)."""
        if self.tilt_deg and radius_x != radius_y:
            self.polygon(arc_points(x, y, radius_x, radius_y, 0, 360), ink)
            return
        x_px, y_px = self.point(x, y)
        a, b = radius_x * self.unit_px, radius_y * self.unit_px
        self.draw.ellipse([x_px - a, y_px - b, x_px + a, y_px + b], fill=ink)

    def box(self, x0: float, y0: float, x1: float, y1: float, ink: Ink) -> None:
        """A filled rectangle between two opposite corners."""
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ink)

    def slab(self, x0: float, y0: float, x1: float, y1: float, radius: float, ink: Ink) -> None:
        """A filled rectangle with round corners; must not be tilted."""
        (left, bottom), (right, top) = self.point(x0, y0), self.point(x1, y1)
        bounds = [min(left, right), min(top, bottom), max(left, right), max(top, bottom)]
        self.draw.rounded_rectangle(bounds, radius=radius * self.unit_px, fill=ink)

    def segment(
        self, x: float, y: float, radius_x: float, radius_y: float, span: Point, ink: Ink
    ) -> None:
        """The part of an ellipse between two angles (degrees, 0 ahead, 90 up), cut by a chord."""
        self.polygon(arc_points(x, y, radius_x, radius_y, *span), ink)

    def stroke(self, points: Sequence[Point], width: float, ink: Ink) -> None:
        """A line with round joints and ends."""
        pixels = [self.point(x, y) for x, y in points]
        width_px = max(1, round(width * self.unit_px))
        self.draw.line(pixels, fill=ink, width=width_px, joint="curve")
        if width_px > 2:
            r = (width_px - 1) / 2
            for x, y in (pixels[0], pixels[-1]):
                self.draw.ellipse([x - r, y - r, x + r, y + r], fill=ink)

    def curve(self, knots: Sequence[Point], width: float, ink: Ink) -> None:
        """A smooth line through the knots."""
        self.stroke(smooth(knots, closed=False), width, ink)


def arc_points(
    x: float, y: float, radius_x: float, radius_y: float, start_deg: float, end_deg: float
) -> list[Point]:
    """Points on an ellipse from one angle to another, counter-clockwise, both ends included."""
    steps = max(4, round(FULL_TURN_STEPS * abs(end_deg - start_deg) / 360))
    angles = [math.radians(start_deg + (end_deg - start_deg) * i / steps) for i in range(steps + 1)]
    return [(x + radius_x * math.cos(a), y + radius_y * math.sin(a)) for a in angles]


def smooth(knots: Sequence[Point], closed: bool) -> list[Point]:
    """Points on the uniform Catmull-Rom spline through the knots (Catmull and Rom 1974)."""
    n = len(knots)
    ends = range(n if closed else n - 1)
    points = []
    for i in ends:
        if closed:
            four = [knots[(i + k) % n] for k in (-1, 0, 1, 2)]
        else:
            four = [knots[min(max(i + k, 0), n - 1)] for k in (-1, 0, 1, 2)]
        points += [_spline(four, step / SPLINE_STEPS) for step in range(SPLINE_STEPS)]
    return points if closed else [*points, knots[-1]]


def _spline(four: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four
    q = t * t
    wa, wb = (2 * q - t - t * q) / 2, (2 - 5 * q + 3 * t * q) / 2
    wc, wd = (t + 4 * q - 3 * t * q) / 2, (t * q - q) / 2
    return wa * ax + wb * bx + wc * cx + wd * dx, wa * ay + wb * by + wc * cy + wd * dy
