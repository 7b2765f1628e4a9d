"""Sentence splitting by rule."""

from __future__ import annotations

import pytest

from lib.scoring.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("... !", []),
        ("No stop at all", ["No stop at all"]),
        ("He ran. She hid! Why? Who knows", ["He ran.", "She hid!", "Why?", "Who knows"]),
        ("he ran. she hid", ["he ran.", "she hid"]),
        (
            "Mr. Smith met J. Brown on Main St. Louis.",
            ["Mr. Smith met J. Brown on Main St. Louis."],
        ),
        ("It was I. Then it was him.", ["It was I.", "Then it was him."]),
        ("It took 3.5 hours. Then no more.", ["It took 3.5 hours.", "Then no more."]),
        ("He waited... and slept. Done", ["He waited... and slept.", "Done"]),
        ("He waited... Then slept.", ["He waited...", "Then slept."]),
        ('"Why?" she asked. "No."', ['"Why?" she asked.', '"No."']),
        ("“Stop!” He ran.", ["“Stop!”", "He ran."]),
        ("A title\n\nA line. Another", ["A title", "A line.", "Another"]),
    ],
)
def test_a_text_has_these_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences
