"""Facts of rendered scenes in captions."""

import random

import pytest

from lib.datasets.scenes.captions import draw_captions
from lib.datasets.scenes.specification import draw_scene, truth_of
from lib.datasets.scenes.world import Truth
from lib.errors import InputError
from lib.scoring.facts import Facts, facts_right

GIRL = Truth(place="beach", subject="girl", action="kite", second_thing="dog", colour="red")
COW = Truth(place="farm", subject="cow", action="stand", second_thing=None, colour=None)
NOTHING = Truth(None, None, None, None, None)


def test_a_true_caption_of_a_scene_gets_its_facts_right() -> None:
    rng = random.Random(11)
    for _ in range(600):
        scene = draw_scene(rng)
        truth = truth_of(scene)
        for caption in draw_captions(scene, 5, rng):
            facts = facts_right(truth, caption)
            assert facts.subject is True
            assert facts.action is (None if truth.colour is None else True)
            assert facts.second_thing is (None if truth.second_thing is None else True)
            assert facts.colour is not False
            assert facts.place is not False


def test_each_fact_is_judged_by_itself() -> None:
    caption = "A young girl in a blue dress is flying a kite next to a cat at the beach."
    assert facts_right(GIRL, caption) == Facts(
        subject=True, action=True, second_thing=False, colour=False, place=True
    )


def test_case_and_punctuation_do_not_count() -> None:
    assert facts_right(GIRL, "a GIRL, in a red dress flies a kite; dog! On the Beach") == Facts(
        True, True, True, True, True
    )


def test_the_subject_must_be_among_the_first_five_words() -> None:
    assert facts_right(GIRL, "a kite above a girl").subject is True
    assert facts_right(GIRL, "a red kite above a girl").subject is False


def test_words_count_whole() -> None:
    assert facts_right(GIRL, "girls with kites and dogs").subject is False
    assert facts_right(GIRL, "girls with kites and dogs").action is False
    assert facts_right(GIRL, "girls with kites and dogs").second_thing is False


def test_a_lady_is_a_woman() -> None:
    woman = Truth("park", "woman", "run", None, "pink")
    assert facts_right(woman, "a lady runs").subject is True
    assert facts_right(woman, "a man runs").subject is False


@pytest.mark.parametrize(
    ("action", "caption", "right"),
    [
        ("ball", "a girl is playing soccer", True),
        ("bicycle", "a girl rides a bike", True),
        ("bicycle", "a girl with a green bicycle", True),
        ("bicycle", "a girl rides a horse", False),
        ("run", "a girl is running", True),
        ("run", "a girl is jumping", False),
    ],
)
def test_an_action_is_right_by_phrase_or_by_its_object(
    action: str, caption: str, right: bool
) -> None:
    assert facts_right(Truth("park", "girl", action, None, "red"), caption).action is right


def test_what_an_animal_does_and_its_colour_are_not_judged() -> None:
    facts = facts_right(COW, "A brown cow is running in a red shirt on the farm.")
    assert facts == Facts(subject=True, action=None, second_thing=None, colour=None, place=True)


def test_colour_and_place_are_judged_only_where_the_caption_speaks_of_them() -> None:
    facts = facts_right(GIRL, "A girl flies a red kite near a dog.")
    assert facts == Facts(subject=True, action=True, second_thing=True, colour=None, place=None)


def test_another_place_is_a_wrong_place() -> None:
    assert facts_right(GIRL, "A girl in a kitchen.").place is False


def test_a_picture_of_which_nothing_is_known_has_no_facts() -> None:
    assert facts_right(NOTHING, "A girl in a red dress flies a kite on the beach.") == Facts(
        None, None, None, None, None
    )


@pytest.mark.parametrize(
    "truth",
    [
        Truth("moon", "girl", "kite", None, "red"),
        Truth("park", "tiger", "run", None, None),
        Truth("park", "girl", "sing", None, "red"),
    ],
)
def test_an_unknown_word_of_the_renderer_is_named(truth: Truth) -> None:
    with pytest.raises(InputError, match=r"moon|tiger|sing"):
        facts_right(truth, "A girl in the park.")
