"""Character classes of Penn Treebank tokenisation: which characters act alike beyond ASCII.

The rules of ``ptb_rules`` read a caption in which every character is replaced by its class, so
they need not list thousands of characters. ASCII and the few characters that a rule names stand
for themselves.
"""

from __future__ import annotations

import unicodedata

LETTER_CLASS = "é"  # any other letter
DIGIT_CLASS = "٠"  # any other decimal digit
MARK_CLASS = "\u0301"  # a combining mark: part of a word, but of nothing with digits or hyphens
SPACE_CLASS = "\u3000"  # a space other than the ASCII and the no-break one
SYMBOL_CLASS = "§"  # always a token by itself
DROPPED_CLASS = "\x01"  # no token: parts its neighbours and disappears

# Characters that a rule names.
_NAMED = frozenset(
    "\u00a0\u00ad¡¿¢£¤¥₠₤€؋฿￠￡￥￦¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋"
    "‘’‚‛“”„‟«»‹›–—―…\u058a\u2010\u2011\u2044\u066b\u066c、"
)
# Text in Windows-1252 read as Latin-1: the character that was meant.
_WINDOWS_1252 = {
    0x80: "€", 0x85: "…", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x96: "–", 0x97: "—",
}  # fmt: skip
_SYMBOL_RANGES = (
    (0xA6, 0xA9), (0xAC, 0xAC), (0xAE, 0xB4), (0xB6, 0xB9), (0xD7, 0xD7), (0xF7, 0xF7),
    (0x37E, 0x37E), (0x387, 0x387), (0x589, 0x589), (0x5BE, 0x5BE), (0x5C0, 0x5C0),
    (0x5C3, 0x5C3), (0x5C6, 0x5C6), (0x5F3, 0x5F4), (0x600, 0x60C), (0x614, 0x614),
    (0x61B, 0x61F), (0x66A, 0x66D),
    (0x6D4, 0x6D4), (0x700, 0x70D), (0x7F6, 0x7F8), (0x964, 0x965), (0xE4F, 0xE4F),
    (0x1FBD, 0x1FBD), (0x2016, 0x2017), (0x2020, 0x2023), (0x2030, 0x203B), (0x203E, 0x2042),
    (0x2074, 0x208E),
    (0x2100, 0x214F), (0x2153, 0x215E), (0x2190, 0x2BFF), (0x3001, 0x3002), (0x3012, 0x3012),
    (0x30FB, 0x30FB), (0xFF01, 0xFF0F), (0xFF1A, 0xFF20), (0xFF3B, 0xFF40), (0xFF5B, 0xFF65),
)  # fmt: skip
_LAST_MARK = 0xECD  # the lexer's list of combining marks ends with Lao


def _class_of(code: int) -> str:
    character = chr(code)
    if code < 0x80 or character in _NAMED:
        return character if character >= " " or character in "\t\n" else DROPPED_CLASS
    if code in _WINDOWS_1252:
        return _WINDOWS_1252[code]
    if 0x2000 <= code <= 0x200A or code == 0x3000:
        return SPACE_CLASS
    if code > 0xFFFF:
        return DROPPED_CLASS
    if character.isalpha():
        return LETTER_CLASS
    if character.isdecimal():
        return DIGIT_CLASS
    if any(first <= code <= last for first, last in _SYMBOL_RANGES):
        return SYMBOL_CLASS
    category = unicodedata.category(character)
    is_mark = (category[0] == "M" and code <= _LAST_MARK) or (category == "Sk" and code < 0x300)
    return MARK_CLASS if is_mark else DROPPED_CLASS


class _Classes(dict[int, str]):
    """A translation table for ``str.translate`` that fills itself."""

    def __missing__(self, code: int) -> str:
        self[code] = _class_of(code)
        return self[code]


_TABLE = _Classes()


def character_classes(text: str) -> str:
    """``text`` with each character replaced by its class; of the same length as ``text``."""
    return text.translate(_TABLE)
