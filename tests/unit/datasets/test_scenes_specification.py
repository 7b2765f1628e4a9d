"""Which scenes are drawn, and which two count as the same."""

import random
from dataclasses import replace
from typing import Any

import pytest

from lib.datasets.scenes.specification import (
    Scene,
    Second,
    draw_scene,
    specification_key,
    truth_of,
)
from lib.datasets.scenes.world import ACTIONS, ANIMALS, PEOPLE, THINGS, Truth

BOY = Scene("park", "boy", "red", "kite", "blue", Second("bench", "white", None), "left")
ELEPHANT = Scene("desert", "elephant", "grey", "run", None, Second("bird", "red", "fly"), "left")


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    rng = random.Random(1)
    return [draw_scene(rng) for _ in range(3000)]


def test_the_same_seed_draws_the_same_scene() -> None:
    assert draw_scene(random.Random(5)) == draw_scene(random.Random(5))


def test_everyone_is_at_home_where_they_are_shown(scenes: list[Scene]) -> None:
    for scene in scenes:
        if scene.subject in PEOPLE:
            assert scene.place in ACTIONS[scene.action].places
        else:
            assert scene.place in ANIMALS[scene.subject].places
        if scene.second:
            kinds = ANIMALS if scene.second.deed else THINGS
            assert scene.place in kinds[scene.second.name].places


def test_nothing_is_shown_twice(scenes: list[Scene]) -> None:
    for scene in scenes:
        if scene.second:
            held = ACTIONS[scene.action].object if scene.subject in PEOPLE else None
            assert scene.second.name not in {scene.subject, held}


def test_two_thirds_show_a_person_and_three_fifths_a_second_thing(scenes: list[Scene]) -> None:
    # Binomial standard deviations at n = 3000: .0086 and .0089.
    assert sum(s.subject in PEOPLE for s in scenes) / 3000 == pytest.approx(0.66, abs=0.03)
    assert sum(s.second is not None for s in scenes) / 3000 == pytest.approx(0.60, abs=0.03)


def test_every_action_animal_and_thing_is_drawn(scenes: list[Scene]) -> None:
    shown = {s.action for s in scenes} | {s.subject for s in scenes}
    shown |= {s.second.name for s in scenes if s.second}
    assert shown >= set(ACTIONS) | set(PEOPLE) | set(ANIMALS) | set(THINGS)


def test_the_truth_of_a_person_holds_the_colour_of_the_garment() -> None:
    assert truth_of(BOY) == Truth("park", "boy", "kite", "bench", "red")


def test_the_truth_of_an_animal_holds_no_colour() -> None:
    assert truth_of(ELEPHANT) == Truth("desert", "elephant", "run", "bird", None)


@pytest.mark.parametrize(
    "change",
    [
        {"place": "beach"},
        {"subject": "girl"},
        {"colour": "blue"},
        {"action": "balloon"},
        {"object_colour": "red"},
        {"second": None},
        {"second": Second("bench", "red", None)},
        {"side": "right"},
    ],
)
def test_a_change_that_a_caption_can_mention_changes_the_key(change: dict[str, Any]) -> None:
    assert specification_key(replace(BOY, **change)) != specification_key(BOY)


def test_the_side_of_an_animal_is_never_mentioned_and_not_in_the_key() -> None:
    assert specification_key(replace(ELEPHANT, side="right")) == specification_key(ELEPHANT)


def test_the_colour_of_a_snowmans_scarf_is_not_in_the_key() -> None:
    red, blue = (
        Scene("snow", "dog", "brown", "run", None, Second("snowman", colour, None), "left")
        for colour in ("red", "blue")
    )
    assert specification_key(red) == specification_key(blue)
