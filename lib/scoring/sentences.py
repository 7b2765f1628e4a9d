"""Sentences of English prose by rule: no model and no download."""

from __future__ import annotations

import re

from lib.scoring.ptb_words import OPENING_ABBREVIATIONS

# Where a sentence may end: its marks, then closing quotes or brackets, then white space.
_ENDING = re.compile("(?P<mark>[.!?…]+)(?P<closing>[\"'”’)\\]]*)\\s+")
_LAST_WORD = re.compile("([\\w.]+)\\.$")
_OPENING = "\"'“‘([`"


def split_sentences(text: str) -> list[str]:
    """Return the sentences of ``text`` with their marks; pieces without a word are left out.

    A line break always ends a sentence. ``.``, ``!``, ``?`` and ``…`` end one before white space,
    except after an abbreviation or an initial (``Mr.``, ``J.``), and, if a lower-case word follows,
    after an ellipsis or a closing quote (``"Why?" she asked.``).
    """
    sentences = []
    for line in text.splitlines():
        start = 0
        for ending in _ENDING.finditer(line):
            if _ends_sentence(line, ending):
                sentences.append(line[start : ending.end()].strip())
                start = ending.end()
        sentences.append(line[start:].strip())
    return [sentence for sentence in sentences if re.search("\\w", sentence)]


def _ends_sentence(line: str, ending: re.Match[str]) -> bool:
    following = line[ending.end() :].lstrip(_OPENING)
    if following[:1].islower():
        return ending["mark"] in {".", "!", "?"} and not ending["closing"]
    return ending["mark"] != "." or not _is_abbreviated(line[: ending.end("mark")])


def _is_abbreviated(text: str) -> bool:
    word = _LAST_WORD.search(text)
    if not word:
        return False
    is_initial = len(word[1]) == 1 and word[1].isupper() and word[1] != "I"
    return is_initial or word[1].lower() in OPENING_ABBREVIATIONS
