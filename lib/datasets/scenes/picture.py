"""Puts a scene's subject and second thing into its place: where each stands, how large, which way
it faces.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PIL import Image

from lib.datasets.scenes.animals import draw_animal
from lib.datasets.scenes.pen import Pen, Point
from lib.datasets.scenes.people import (
    draw_body,
    draw_near_arm,
    hand,
    new_figure,
    standing_pen,
)
from lib.datasets.scenes.places import draw_place
from lib.datasets.scenes.scenery import Canvas, new_canvas
from lib.datasets.scenes.specification import Scene, Second
from lib.datasets.scenes.things import draw_thing
from lib.datasets.scenes.world import ACTIONS, ANIMALS, PEOPLE

SUPERSAMPLING = 3  # drawn this many times as large, then averaged: smooth edges

# Height of a person, length of an animal's or a thing's unit, as shares of the picture's side.
SIZES: Mapping[str, float] = {
    "boy": 0.46, "girl": 0.46, "man": 0.56, "woman": 0.54,
    "dog": 0.36, "cat": 0.32, "horse": 0.5, "cow": 0.48, "sheep": 0.4, "rabbit": 0.29,
    "bear": 0.46, "bird": 0.24, "duck": 0.26, "elephant": 0.5,
    "car": 0.18, "bus": 0.16, "bicycle": 0.19, "boat": 0.17, "bench": 0.18, "tent": 0.19,
    "snowman": 0.21, "ball": 0.12, "flower": 0.2, "chair": 0.22, "table": 0.24,
}  # fmt: skip


Span = tuple[float, float]
WHOLE: Span = (0.02, 0.98)
OVERLAP = 0.05  # how far the subject may stand before the second thing


@dataclass(frozen=True)
class Reach:
    """How far something reaches behind, ahead of and above its origin, in its own units."""

    behind: float
    ahead: float
    up: float


_PERSON = Reach(0.27, 0.3, 1.04)
_ANIMAL = Reach(0.62, 0.74, 1.1)
_THING = Reach(0.9, 0.9, 1.2)
ACTION_REACHES: Mapping[str, Reach] = {
    "kite": Reach(0.27, 0.8, 1.5),
    "ball": Reach(0.27, 0.6, 1.04),
    "umbrella": Reach(0.27, 0.62, 1.5),
    "balloon": Reach(0.27, 0.42, 1.5),
    "bicycle": Reach(0.55, 0.55, 1.2),
    "sled": Reach(0.4, 0.6, 0.9),
    "horse": Reach(0.65, 0.86, 1.4),
    "guitar": Reach(0.27, 0.55, 1.04),
    "cake": Reach(0.27, 0.5, 1.04),
    "frisbee": Reach(0.27, 0.8, 1.04),
    "bench": Reach(0.55, 0.6, 1.0),
}
ANIMAL_REACHES: Mapping[str, Reach] = {
    "horse": Reach(0.65, 0.86, 1.34),
    "elephant": Reach(0.56, 0.93, 1.1),
}
THING_REACHES: Mapping[str, Reach] = {
    "bus": Reach(1.15, 1.15, 1.2),
    "ball": Reach(0.5, 0.5, 1.0),
    "flower": Reach(0.4, 0.4, 1.2),
    "chair": Reach(0.4, 0.4, 1.1),
    "snowman": Reach(0.5, 0.5, 1.6),
}

# Where the thing of an action is drawn: (x, y, scale), in the person's units.
UNDER: Mapping[str, tuple[float, float, float]] = {
    "bicycle": (0.04, 0, 0.62),
    "bench": (0.05, 0, 0.7),
    "chair": (0.04, 0, 0.7),
    "sled": (0.1, 0, 0.55),
    "skateboard": (0, -0.02, 0.48),
}
IN_HAND: Mapping[str, tuple[float, float, float]] = {
    "umbrella": (0, 0, 0.58),
    "balloon": (0, 0, 0.5),
    "book": (0.08, 0.03, 0.4),
    "cake": (0.06, 0.03, 0.45),
    "guitar": (0.04, -0.01, 0.5),
}
IN_THE_AIR: Mapping[str, tuple[float, float, float]] = {
    "kite": (0.6, 1.22, 0.38),
    "frisbee": (0.56, 0.88, 0.4),
    "ball": (0.42, 0.06, 0.24),
}


def render(scene: Scene, seed: int, size_px: int) -> Image.Image:
    """The scene as an RGB picture of `size_px` x `size_px`. What no caption mentions (skin and
    hair, clouds, where exactly things stand) is drawn by lot from `seed`.
    """
    rng = random.Random(seed)
    canvas = new_canvas(size_px * SUPERSAMPLING)
    horizon = draw_place(canvas, scene.place, rng)
    ground = rng.uniform(0.1, 0.17)
    room = WHOLE
    if scene.second:
        room = _draw_second(canvas, scene.second, scene.side, ground, horizon, rng)
    _draw_subject(canvas, scene, ground, room, rng)
    return canvas.image.reduce(SUPERSAMPLING)


def _draw_second(
    canvas: Canvas,
    second: Second,
    side: str,
    ground: float,
    horizon: float,
    rng: random.Random,
) -> Span:
    """The second thing on its side, a little further away than the subject, boats on the water and
    birds in the air. Returns the room that is left for the subject.
    """
    on_left = side == "left"
    ground += rng.uniform(0, 0.05)
    if second.name == "boat":
        ground = horizon - 0.1
    elif second.deed == "fly":
        ground = rng.uniform(0.52, 0.62)
    reach = _reach(second.name, None)
    size = SIZES[second.name] * rng.uniform(0.94, 1.1)
    facing, x = rng.choice([-1, 1]), rng.uniform(0.2, 0.27)
    room = (0.02, 0.44) if on_left else (0.56, 0.98)
    pen = _fitted(canvas.pen, (x if on_left else 1 - x, ground), size, facing, reach, room)
    if second.name != "boat" and second.deed != "fly":
        _draw_shadow(canvas, pen, (reach.behind + reach.ahead) * 0.34)
    if second.deed:
        draw_animal(pen, second.name, second.colour, second.deed)
    else:
        draw_thing(pen, second.name, second.colour)
    left, right = _span(canvas, pen, reach)
    return (right - OVERLAP, WHOLE[1]) if on_left else (WHOLE[0], left + OVERLAP)


def _draw_subject(
    canvas: Canvas, scene: Scene, ground: float, room: Span, rng: random.Random
) -> None:
    """The subject near the middle of the room there is, facing the second thing if there is one."""
    alone = scene.second is None
    growth = rng.uniform(0.95, 1.2) if alone else rng.uniform(0.92, 1.1)
    x = (room[0] + room[1]) / 2 + rng.uniform(-0.06, 0.06)
    facing = rng.choice([-1, 1]) if alone else (-1 if scene.side == "left" else 1)
    if scene.action == "fly":
        ground = rng.uniform(0.42, 0.56)
    is_person = scene.subject in PEOPLE
    reach = _reach(scene.subject, scene.action)
    pen = _fitted(canvas.pen, (x, ground), SIZES[scene.subject] * growth, facing, reach, room)
    if scene.action != "fly":
        _draw_shadow(canvas, pen, 0.3 if is_person else 0.42)
    if is_person:
        _draw_person(pen, scene, rng)
    else:
        draw_animal(pen, scene.subject, scene.colour, scene.action)


def _reach(name: str, action: str | None) -> Reach:
    if name in PEOPLE:
        return ACTION_REACHES.get(action or "", _PERSON)
    if name in ANIMALS:
        return ANIMAL_REACHES.get(name, _ANIMAL)
    return THING_REACHES.get(name, _THING)


def _fitted(whole: Pen, foot: Point, unit: float, facing: int, reach: Reach, room: Span) -> Pen:
    """A pen at `foot`, its unit shrunk until its reach fits between the ends of the room and under
    the upper edge, and moved until it is inside the room.
    """
    x, y = foot
    unit = min(unit, (room[1] - room[0]) / (reach.behind + reach.ahead), (0.985 - y) / reach.up)
    to_left, to_right = (reach.behind, reach.ahead)[::facing]
    x = min(max(x, room[0] + to_left * unit), room[1] - to_right * unit)
    return replace(whole.at(x, y, unit), facing=facing)


def _span(canvas: Canvas, pen: Pen, reach: Reach) -> Span:
    """From where to where something reaches, as shares of the picture's side."""
    ends = [pen.point(x, 0)[0] / canvas.image.width for x in (-reach.behind, reach.ahead)]
    return min(ends), max(ends)


def _draw_shadow(canvas: Canvas, pen: Pen, radius: float) -> None:
    glaze = replace(canvas.glaze, x_px=pen.x_px, y_px=pen.y_px, unit_px=pen.unit_px)
    glaze.ellipse(0, 0, radius, radius * 0.17, (20, 20, 40, 60))


def _draw_person(pen: Pen, scene: Scene, rng: random.Random) -> None:
    """From back to front: what they sit on or ride, the body, what they hold, the near arm."""
    figure = new_figure(scene.subject, scene.colour, scene.action, rng)
    thing, colour = ACTIONS[scene.action].object or "", scene.object_colour or ""
    if thing == "horse":
        draw_animal(pen, thing, colour, "run")
        pen = pen.at(-0.04, 0, 0.85)
    elif thing in UNDER:
        draw_thing(pen.at(*UNDER[thing]), thing, colour)
    body = standing_pen(pen, figure)
    draw_body(body, figure)
    if thing in IN_HAND:
        x, y, scale = IN_HAND[thing]
        draw_thing(body.at(*hand(figure), 1).at(x, y, scale), thing, colour)
    elif thing in IN_THE_AIR:
        target = pen.at(*IN_THE_AIR[thing])
        if thing == "kite":
            string = [body.point(*hand(figure)), target.point(0, -0.1)]
            pen.draw.line(string, fill=(250, 250, 250), width=round(0.012 * pen.unit_px))
        draw_thing(target, thing, colour)
    draw_near_arm(body, figure)
