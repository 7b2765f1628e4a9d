"""Character classes of the Penn Treebank rules."""

from __future__ import annotations

from lib.scoring.ptb_classes import (
    DIGIT_CLASS,
    DROPPED_CLASS,
    LETTER_CLASS,
    MARK_CLASS,
    SPACE_CLASS,
    SYMBOL_CLASS,
    character_classes,
)


def test_ascii_stands_for_itself() -> None:
    text = "A dog's 2nd\ttry (3.5%)!"
    assert character_classes(text) == text


def test_other_characters_stand_for_their_class() -> None:
    # A letter, a digit, a combining mark, a space, a symbol, an emoji, a control character.
    assert character_classes("ß٣\u0308\u2009★😀\x02") == "".join(
        [LETTER_CLASS, DIGIT_CLASS, MARK_CLASS, SPACE_CLASS, SYMBOL_CLASS, DROPPED_CLASS * 2]
    )


def test_windows_quotes_read_as_latin_1_are_what_they_were_meant_to_be() -> None:
    assert character_classes("\x93it\x92s\x94 \x85") == "“it’s” …"
