"""Captions to Penn Treebank tokens without Java: what coco-caption's PTBTokenizer writes.

Source: pycocoevalcap's ``tokenizer/ptbtokenizer.py``, which runs CoreNLP 3.4.1's PTBTokenizer with
``-preserveLines -lowerCase`` and then removes a list of punctuation. The list has the brackets in
upper case, the tokeniser writes them in lower case, so ``-lrb-`` stays a word there, and here.

Known differences, none of which occurs in COCO's captions at hand: a carriage return, form feed or
Unicode line separator inside a caption is a space here, while there it breaks the line and shifts
every later caption; letters that Unicode gained after 2011 and rare combining marks part a word
there; and an address that is cut by a symbol outside ASCII may end elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lib.scoring.ptb_classes import character_classes
from lib.scoring.ptb_rules import RULES
from lib.scoring.ptb_words import IRREGULAR_WORDS

REMOVED_PUNCTUATION = frozenset(
    ["''", "'", "``", "`", ".", "?", "!", ",", ":", "-", "--", "...", ";"]
)
"""Tokens that coco-caption removes, as far as they can occur in lower case."""

# Nearly all of a caption is plain words; only the rest is put to the rules.
_PLAIN = re.compile("[A-Za-z]+(?=,? )|[A-Za-z]{2,}(?=\\.?\n)|[.,](?=\n| [A-Za-z])")
_LINE_BREAKS = str.maketrans(dict.fromkeys("\n\r\x0b\x0c\u2028\u2029", " "))


def tokenize_captions(captions: Sequence[str]) -> list[str]:
    """Return the tokens of each caption, in coco-caption's form and order.

    coco-caption writes all captions into one file, a caption a line, and the tokeniser looks across
    the line's end: ``plan b.`` keeps its full stop unless the next caption opens with ``A`` or
    ``The`` or the like, ``no.`` loses it unless the next opens with a digit. Hence the whole list.
    """
    following = [*captions, ""][1:]
    return [tokenize(caption, after) for caption, after in zip(captions, following, strict=True)]


def tokenize(caption: str, following: str = "") -> str:
    """Return the lower-cased tokens of ``caption`` without punctuation, joined by single spaces.

    The form is coco-caption's own: the caption metrics split it again. A caption of nothing but
    punctuation gives the empty string. A telephone number or ``1 1/2`` is one token, with
    no-break spaces inside. ``following`` is the next caption, see ``tokenize_captions``.
    """
    tokens = ptb_tokens(caption, following)
    return " ".join(token for token in tokens if token not in REMOVED_PUNCTUATION)


def ptb_tokens(caption: str, following: str = "") -> list[str]:
    """Return the lower-cased Penn Treebank tokens of ``caption``, punctuation included."""
    text = caption.translate(_LINE_BREAKS)
    classes = character_classes(text) + "\n" + character_classes(following)
    tokens: list[str] = []
    position = 0
    while position < len(text):
        position, token = _next_token(text, classes, position)
        tokens.append(token)
    return [token for token in tokens if token]


def _next_token(text: str, classes: str, position: int) -> tuple[int, str]:
    """Return where the token at ``position`` ends, and the token; a space is an empty token."""
    if classes[position] == " ":
        return position + 1, ""
    if plain := _PLAIN.match(classes, position):
        word = plain[0].lower()
        if word not in IRREGULAR_WORDS:
            return plain.end(), word
    return _longest_match(text, classes, position)


def _longest_match(text: str, classes: str, position: int) -> tuple[int, str]:
    reach, end, token = position, position + 1, ""  # a character that no rule knows disappears
    for rule in RULES:
        match = rule.pattern.match(classes, position)
        if match and match.end() > reach:
            reach, end = match.end(), match.end(1)
            token = rule.write(text[position:end])
    return end, token.lower()
