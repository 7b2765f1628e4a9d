"""What one picture shows, as words: the frozen `Scene`, how one is drawn by lot, and which two
scenes are the same to a caption.
"""

import random
from dataclasses import dataclass

from lib.datasets.scenes.world import (
    ACTIONS,
    ANIMALS,
    COLOURLESS,
    PEOPLE,
    PLACES,
    SHIRT_COLOURS,
    THINGS,
    Truth,
)

P_PERSON = 0.66
P_SECOND_ANIMAL = 0.3
P_SECOND_THING = 0.3

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class Second:
    """The animal or thing beside the subject; a thing has no `deed`."""

    name: str
    colour: str
    deed: str | None


@dataclass(frozen=True)
class Scene:
    """One picture in words. `colour` is a person's garment or an animal's coat; `action` is a key
    of ACTIONS for a person and of DEEDS for an animal; `side` ("left" | "right") is where the
    second thing stands.
    """

    place: str
    subject: str
    colour: str
    action: str
    object_colour: str | None
    second: Second | None
    side: str


def draw_scene(rng: random.Random) -> Scene:
    """A scene by lot: the place first, then who is at home there and what they can do there."""
    place = rng.choice(list(PLACES))
    draw_subject = _draw_person if rng.random() < P_PERSON else _draw_animal
    subject, colour, action, object_colour = draw_subject(place, rng)
    shown = ACTIONS[action].object if subject in PEOPLE else None
    second = _draw_second(place, {subject, shown}, rng)
    side = rng.choice(["left", "right"])
    return Scene(place, subject, colour, action, object_colour, second, side)


def _draw_person(place: str, rng: random.Random) -> tuple[str, str, str, str | None]:
    name = rng.choice(list(PEOPLE))
    action = rng.choice([key for key, action in ACTIONS.items() if place in action.places])
    colours = ACTIONS[action].object_colours
    return name, rng.choice(SHIRT_COLOURS), action, rng.choice(colours) if colours else None


def _draw_animal(place: str, rng: random.Random) -> tuple[str, str, str, str | None]:
    name = rng.choice([key for key, animal in ANIMALS.items() if place in animal.places])
    return name, rng.choice(ANIMALS[name].colours), rng.choice(ANIMALS[name].deeds), None


def _draw_second(place: str, shown: set[str | None], rng: random.Random) -> Second | None:
    """Nothing is shown twice: two dogs, or a horse beside a rider's, would make captions vague."""
    lot = rng.random()
    if lot < P_SECOND_ANIMAL:
        kinds = [k for k, animal in ANIMALS.items() if place in animal.places and k not in shown]
        name = rng.choice(kinds)
        return Second(name, rng.choice(ANIMALS[name].colours), rng.choice(ANIMALS[name].deeds))
    if lot < P_SECOND_ANIMAL + P_SECOND_THING:
        kinds = [k for k, thing in THINGS.items() if place in thing.places and k not in shown]
        name = rng.choice(kinds)
        return Second(name, rng.choice(THINGS[name].colours), None)
    return None


def truth_of(scene: Scene) -> Truth:
    """The five words that a caption of this scene is checked against."""
    return Truth(
        place=scene.place,
        subject=scene.subject,
        action=scene.action,
        second_thing=scene.second.name if scene.second else None,
        colour=scene.colour if scene.subject in PEOPLE else None,
    )


def specification_key(scene: Scene) -> Key:
    """Every field that a caption can mention, and no other: two scenes with the same key have the
    same possible captions. Left out are the colours of COLOURLESS things and, unless a thing (not
    an animal) stands beside the subject, the side.
    """
    second = scene.second
    name, colour, deed = (second.name, second.colour, second.deed) if second else (None,) * 3
    return (
        scene.place,
        scene.subject,
        None if scene.subject in COLOURLESS else scene.colour,
        scene.action,
        scene.object_colour,
        name,
        None if name in COLOURLESS else colour,
        deed,
        scene.side if second and deed is None else None,
    )
