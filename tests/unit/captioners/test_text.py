"""A decoded caption as people write it."""

import pytest

from lib.captioners.text import as_sentence


@pytest.mark.parametrize(
    ("caption", "sentence"),
    [
        ("a dog runs", "A dog runs."),
        ("A dog runs .", "A dog runs."),
        ("  a dog runs.  ", "A dog runs."),
        ("a dog ...", "A dog."),
        ("a 4 x 4 car", "A 4 x 4 car."),
        ("a dog named Rex", "A dog named Rex."),  # only the first letter changes
        ("a", "A."),
        ("éclairs on a plate", "Éclairs on a plate."),
    ],
)
def test_a_caption_becomes_a_sentence(caption: str, sentence: str) -> None:
    assert as_sentence(caption) == sentence


def test_a_sentence_stays_what_it_is() -> None:
    assert as_sentence(as_sentence("a dog runs")) == "A dog runs."


@pytest.mark.parametrize("nothing", ["", "   ", ".", " . "])
def test_no_words_make_no_sentence(nothing: str) -> None:
    assert as_sentence(nothing) == ""
