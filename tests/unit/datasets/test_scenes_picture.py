"""Pictures of scenes."""

import itertools

import numpy as np
import pytest
from PIL import Image

from lib.datasets.scenes.palette import PAINT, Ink
from lib.datasets.scenes.picture import render
from lib.datasets.scenes.specification import Scene, Second
from lib.datasets.scenes.world import ACTIONS, ANIMALS, PEOPLE, PLACES, THINGS


def n_pixels_near(image: Image.Image, ink: Ink) -> int:
    """Pixels whose three channels are each within 6 of the ink's."""
    distance = np.abs(np.asarray(image, dtype=np.int16) - ink)  # (H, W, 3)
    return int((distance <= 6).all(axis=2).sum())


def person(place: str, subject: str, action: str, second: Second | None) -> Scene:
    colours = ACTIONS[action].object_colours
    return Scene(place, subject, "purple", action, colours[0] if colours else None, second, "left")


def test_a_picture_is_rgb_of_the_size_asked_for() -> None:
    picture = render(person("park", "boy", "kite", None), seed=1, size_px=48)
    assert (picture.mode, picture.size) == ("RGB", (48, 48))


def test_the_same_seed_draws_the_same_pixels_and_another_seed_others() -> None:
    scene = person("snow", "girl", "sled", None)
    first, again, other = (render(scene, seed, 48).tobytes() for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize(("subject", "action"), list(itertools.product(PEOPLE, ACTIONS)))
def test_the_garment_of_every_person_in_every_action_is_seen(subject: str, action: str) -> None:
    picture = render(person(ACTIONS[action].places[0], subject, action, None), 4, 96)
    assert n_pixels_near(picture, PAINT["purple"]) > 15


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_drawn_to_its_edges(place: str) -> None:
    for seed in range(5):
        picture = render(person(place, "man", "jump", None), seed, 48)
        assert n_pixels_near(picture, (0, 0, 0)) == 0  # the bare canvas is black


@pytest.mark.parametrize("name", ANIMALS)
def test_every_animal_is_seen_in_everything_it_does(name: str) -> None:
    animal = ANIMALS[name]
    colour = animal.colours[0]
    for deed in animal.deeds:
        picture = render(Scene(animal.places[0], name, colour, deed, None, None, "left"), 5, 96)
        assert n_pixels_near(picture, PAINT[colour]) > 60


@pytest.mark.parametrize("name", sorted(set(THINGS) - {"snowman"}))
def test_a_second_thing_stands_on_its_side(name: str) -> None:
    thing = THINGS[name]
    colour = thing.colours[-1]
    for side in ("left", "right"):
        second = Second(name, colour, None)
        scene = Scene(thing.places[0], "boy", "black", "wave", None, second, side)
        bare = Scene(thing.places[0], "boy", "black", "wave", None, None, side)
        left, right = (
            n_pixels_near(render(scene, 6, 96).crop(half), PAINT[colour])
            - n_pixels_near(render(bare, 6, 96).crop(half), PAINT[colour])
            for half in ((0, 0, 48, 96), (48, 0, 96, 96))
        )
        assert (left > right) == (side == "left")


def test_a_snowman_is_only_built_in_the_snow() -> None:
    second = Second("snowman", "red", None)
    picture = render(Scene("snow", "boy", "black", "wave", None, second, "right"), 6, 96)
    assert n_pixels_near(picture.crop((48, 0, 96, 96)), PAINT["red"]) > 5  # its scarf
