"""Captions of scenes: the grammar's sentences."""

import random

import pytest

from lib.datasets.scenes.captions import draw_captions
from lib.datasets.scenes.specification import Scene, Second, draw_scene

LADY = Scene("beach", "woman", "orange", "umbrella", "orange", None, "left")
RABBIT = Scene("snow", "rabbit", "white", "run", None, Second("snowman", "red", None), "right")


@pytest.fixture(scope="module")
def captions() -> list[str]:
    rng = random.Random(2)
    return [text for _ in range(4000) for text in draw_captions(draw_scene(rng), 5, rng)]


def test_the_same_seed_gives_the_same_captions() -> None:
    first, second = (draw_captions(LADY, 5, random.Random(3)) for _ in range(2))
    assert first == second
    assert len(first) == 5


def test_a_scene_can_be_told_in_a_handful_of_ways() -> None:
    told = set(draw_captions(LADY, 3000, random.Random(0)))
    assert "A lady in an orange dress is holding an orange umbrella on the beach." in told
    assert "A woman stands with an umbrella at the beach." in told
    assert "A woman holding an orange umbrella on the sand near the sea." in told
    # subject: 2 names, with and without the dress; 3 places; "is ... ", "is ... alone" and
    # "..." over 2 phrases each, and 2 phrases with their own verb: 4 x 3 x (3 x 2 + 2)
    assert len(told) == 96


def test_a_snowman_has_no_colour_and_a_thing_has_a_side() -> None:
    told = draw_captions(RABBIT, 500, random.Random(0))
    assert "A white rabbit running with a snowman on the right on a snowy hill." in told
    assert not any("red" in text or "left" in text for text in told)


def test_the_vocabulary_is_138_words(captions: list[str]) -> None:
    words = {word for text in captions for word in text.lower().rstrip(".").split()}
    assert len(words) == 138


def test_a_caption_is_a_sentence_of_three_to_twenty_six_words(captions: list[str]) -> None:
    for text in captions:
        assert text[0] == "A"
        assert text.endswith(".")
        assert 3 <= len(text.split()) <= 26


def test_articles_agree_and_nothing_is_left_to_fill_in(captions: list[str]) -> None:
    text = " ".join(captions)
    for wrong in (" a orange", " a umbrella", " a elephant", "{", "None", "  "):
        assert wrong not in text
