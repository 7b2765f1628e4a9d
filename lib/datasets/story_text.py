"""Cleaning of WritingPrompts text: from tokens and Reddit's mark-up back to written English."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import islice
from typing import Literal

Cleaning = Literal["reference", "standard"]
Rules = tuple[tuple[re.Pattern[str], str], ...]

NEWLINE = "<newline>"

ATTACH: Rules = (
    (re.compile(r" +(?=[!,.:;?])"), ""),
    (re.compile(r" (?=n't\b)", re.IGNORECASE), ""),
    (re.compile(r" ' ?(?=(?:s|re|ve|ll|d|m)\b)", re.IGNORECASE), "'"),
)

# Tags of the forum, short and spelled out.
TAG_NAMES = (
    r"WP|Writing Prompts?|EU|Established Universe|PI|Prompt Inspired|CW|Constrained Writing"
    r"|TT|Theme Thursday|RF|Reality Fiction|IP|Image Prompt|MP|Media Prompt|PM|Prompt Me"
    r"|SP|Simple Prompt|OT|Off Topic|CC|FF|OC|Mod ?Post"
)
MARK_UP: Rules = (
    (re.compile(rf"\[ ?(?:{TAG_NAMES}) ?\](?: [:-](?= ))?", re.IGNORECASE), " "),
    (re.compile(r"\[ ?(?:removed|deleted) ?\]", re.IGNORECASE), " "),
    # [ text ] ( http : //address ) keeps its text; an address alone goes.
    (re.compile(r"\[([^\[\]\n]*)\] ?\( ?(?:https?\b|www\.|/[ru]/)[^()\n]*\)"), r"\1"),
    (re.compile(r"https?(?: ?:) ?//\S+(?: \? \S+=\S+)?|\bwww\.\S+"), " "),
    (re.compile(r"^[ *_~=#-]+$", re.MULTILINE), ""),
    (re.compile(r"^ *(?:#{1,6} |>+ ?)", re.MULTILINE), ""),
    (re.compile(r"\\(?=[*_~#>\[\]()-])|\*+|~~|__+"), ""),
    (re.compile(r"(?<!\w)_([^_\n]+)_(?!\w)"), r"\1"),
)
QUOTES: Rules = (
    (re.compile(r"^ *'' ?|`` ?", re.MULTILINE), '"'),
    (re.compile(r" ?''"), '"'),
    (re.compile(r"` ?"), "'"),
)
JOIN: Rules = (
    (re.compile(r" '(?=[\s!,.:;?\"]|$)"), "'"),
    (re.compile(r"([(\[{$]) "), r"\1"),
    (re.compile(r" (?=[)\]}%])"), ""),
    (
        re.compile(r"\b(gon(?= na\b)|wan(?= na\b)|got(?= ta\b)|can(?= not\b)) ", re.IGNORECASE),
        r"\1",
    ),
)
SPACE: Rules = ((re.compile(r" {2,}"), " "), (re.compile(r" ?\n[ \n]*"), "\n"))

# Curly quotes become straight ones; the zero-width space goes.
STRAIGHT_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"", "\u200b")
# `& amp ;` for `&amp;`: entities as the tokenizer leaves them.
SPLIT_ENTITY = re.compile(r"& ?(amp|nbsp|lt|gt|quot|# ?x?[0-9a-f]+) ?;", re.IGNORECASE)

# The characters that Windows-1252 (where it has none: Latin-1) shows for UTF-8's bytes 80 to BF.
TRAIL = "".join(
    re.escape(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte))
    for byte in range(0x80, 0xC0)
)
MOJIBAKE = re.compile(f"[ÂÃ][{TRAIL}]|â[{TRAIL}]{{2}}|ð[{TRAIL}]{{3}}")


def clean_prompt(line: str, *, cleaning: Cleaning) -> str:
    """The prompt of one line of a .wp_source file; "" where nothing is left.

    `reference` re-attaches punctuation and contractions and keeps the tag; `standard` is
    described at clean_story.
    """
    return _reference(line.split()) if cleaning == "reference" else _standard(line)


def clean_story(line: str, *, cleaning: Cleaning, max_words: int) -> str:
    """The story of one line of a .wp_target file, at most `max_words` words; "" if none is left.

    `reference` cuts first: it keeps `max_words` white-space words of the line (punctuation and
    <newline> count), re-attaches !,.:;? and contractions, makes each <newline> a line break.
    `standard` also repairs Windows-1252 mojibake, takes out forum tags, [ removed ], links,
    emphasis and HTML entities, restores quotes, leaves one line a paragraph, and cuts last, so
    that `max_words` counts written words and no mark-up is cut in two.
    """
    if cleaning == "reference":
        return _reference(line.split()[:max_words])
    return _first_words(_standard(line), max_words)


def _reference(words: Iterable[str]) -> str:
    return _apply(ATTACH, " ".join(words)).replace(NEWLINE, "\n")


def _standard(line: str) -> str:
    text = _unescape(_repair(line)).translate(STRAIGHT_QUOTES)
    # Before <newline> turns into a break: the line's own odd white space (\r, U+2028) is none.
    text = " ".join(text.split()).replace(NEWLINE, "\n")
    text = _apply(SPACE, _apply(MARK_UP, text)).strip()
    return _apply(SPACE, _apply(JOIN, _apply(ATTACH, _apply(QUOTES, text)))).strip()


def _apply(rules: Rules, text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def _repair(text: str) -> str:
    """Undo UTF-8 read as Windows-1252 (`â€™` for an apostrophe), in the common ranges only."""
    return MOJIBAKE.sub(lambda found: _read_again(found[0]), text)


def _read_again(garbled: str) -> str:
    raw = b"".join(
        char.encode("latin-1") if ord(char) < 0x100 else char.encode("cp1252") for char in garbled
    )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return garbled


def _unescape(text: str) -> str:
    """Resolve HTML entities, whole or split by the tokenizer; twice, as `&amp;nbsp;` is common."""
    for _ in range(2):
        whole = SPLIT_ENTITY.sub(lambda found: found[0].replace(" ", ""), text)
        text = html.unescape(whole)
    return text


def _first_words(text: str, max_words: int) -> str:
    ends = [word.end() for word in islice(re.finditer(r"\S+", text), max_words)]
    return text[: ends[-1]] if ends else ""
