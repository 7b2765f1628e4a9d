"""The lexical rules of Penn Treebank tokenisation as CoreNLP 3.4.1 applies them to English.

Each rule is a pattern whose group 1 is the token; what stands after the group must follow it.
The rule with the longest match wins, counting what must follow; of equals, the first listed. The
patterns read a caption's character classes (``ptb_classes``): ``é`` stands for any letter beyond
ASCII, and a line feed ends the caption.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lib.scoring.ptb_classes import (
    DIGIT_CLASS,
    LETTER_CLASS,
    MARK_CLASS,
    SPACE_CLASS,
    SYMBOL_CLASS,
)
from lib.scoring.ptb_words import (
    ABBREVIATIONS_OF_NUMBERS,
    ASSIMILATIONS,
    CASED_CLOSING_ABBREVIATIONS,
    CLOSING_ABBREVIATIONS,
    FILE_EXTENSIONS,
    OPENING_ABBREVIATIONS,
    SENTENCE_OPENERS,
)


class Rule(NamedTuple):
    """A pattern, its token in group 1, and how that token is written."""

    pattern: re.Pattern[str]
    write: Callable[[str], str]


_SOFT_HYPHEN = "\u00ad"
_NO_BREAK_SPACE = "\u00a0"
_CURRENCY = str.maketrans({"¢": "cents", "£": "#", "¤": "$", "₠": "$", "€": "$", "\x80": "$"})
_FRACTIONS = str.maketrans({"¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"})
_CURLY = {"‘": "`", "‛": "`", "‹": "`", "’": "'", "›": "'", "“": "``", "«": "``", "”": "''"}
_CURLY |= {"»": "''", "\x91": "`", "\x92": "'", "\x93": "``", "\x94": "''"}
_OPENING = str.maketrans(_CURLY | {"'": "`", '"': "``"})
_CLOSING = str.maketrans(_CURLY | {'"': "''"})


def _spaced(text: str) -> str:
    return text.replace(" ", _NO_BREAK_SPACE)  # keeps a token with spaces inside in one piece


def _bracketed(text: str) -> str:
    return _spaced(text).replace("(", "-LRB-").replace(")", "-RRB-")


def _unhyphenated(text: str) -> str:
    return text.replace(_SOFT_HYPHEN, "") or "-"


def _ampersand(text: str) -> str:
    return re.sub("(?i)&amp;", "&", text)


def _straight(text: str) -> str:
    return re.sub("(?i)&quot;", '"', re.sub("(?i)&apos;", "'", text))


def _opening(text: str) -> str:
    return _straight(text).translate(_OPENING)


def _closing(text: str) -> str:
    return _straight(text).translate(_CLOSING)


def _constant(text: str) -> Callable[[str], str]:
    return lambda _: text


def _rule(token: str, after: str = "", write: Callable[[str], str] = str) -> Rule:
    return Rule(re.compile(f"({token}){after}"), write)


def _either(words: tuple[str, ...]) -> str:
    # Longest first: an alternation takes its first match, the lexer the longest.
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_L = f"[A-Za-z{LETTER_CLASS}]"
_D = f"[0-9{DIGIT_CLASS}]"
_LD = f"[A-Za-z{LETTER_CLASS}0-9{DIGIT_CLASS}]"
_GAP = f"[ \t\u00a0{SPACE_CLASS}\n]"
_APOS = "(?:['’]|&(?i:apos);)"
_APOS_OR_QUOTE = "(?:['’`‘‛]|&(?i:apos);)"
_ENTITY_LETTER = "&(?i:[aeiou](?:acute|grave|uml));"
_WORD_LETTER = f"(?:[A-Za-z{LETTER_CLASS}{MARK_CLASS}{_SOFT_HYPHEN}]|{_ENTITY_LETTER})"
_WORD_PART = f"{_WORD_LETTER}(?:{_WORD_LETTER}|{_D})*"
_WORD = f"{_WORD_PART}(?:[.!?]{_WORD_PART})*"
_NUMBER = f"(?:{_D}*(?:[.:,{_SOFT_HYPHEN}\u066b\u066c]{_D}+)+|{_D}+)"
_HYPHEN = "[-_\u058a\u2010\u2011]"
_STOPPED_STATES = "(?i:canada|sino|korean|eu|japan|non)-(?i:u\\.s)"
_ACRONYM = f"(?:{_STOPPED_STATES}|(?i:u\\.s\\.-u\\.(?:s\\.s\\.r|k))|[A-Za-z](?:\\.[A-Za-z])+)"
_CLOSING_ABBREVIATION = f"(?:(?i:{_either(CLOSING_ABBREVIATIONS)})|{CASED_CLOSING_ABBREVIATIONS})"
_OPENING_ABBREVIATION = f"(?:(?i:{_either(OPENING_ABBREVIATIONS)})|{_ACRONYM}|[A-Za-z])"
_SENTENCE_OPENER = "|".join(f"{word[0]}(?i:{re.escape(word[1:])})" for word in SENTENCE_OPENERS)
_ELIDED = f"(?:[dDoOlL]{_APOS_OR_QUOTE}{_LD})?"
_INNER = "[,;:、]"
_NOT_URL = ' \t\n"<>|()'
_PHONE = (
    "(?:\\([0-9]{2,3}\\)[ \u00a0]?|(?:\\+\\+?)?(?:[0-9]{2,4}[- \u00a0])?[0-9]{2,4}[- \u00a0])"
    "[0-9]{3,4}[- \u00a0]?[0-9]{3,5}"
    "|(?:(?:\\+\\+?)?[0-9]{2,4}\\.)?[0-9]{2,4}\\.[0-9]{3,4}\\.[0-9]{3,5}"
)
_QUOTES = f"(?:''|[`’‘‚‛“”„‟‹›«»]{{1,2}}|{_APOS})"

_TAG_NAME = "[A-Za-z][A-Za-z0-9_:.-]*"
_ATTRIBUTE = f"{_TAG_NAME}(?: *= *(?:'[^'\n]*'|\"[^\"\n]*\"))?"
_TAG = f"<(?:[!?][A-Za-z-][^>\n]*|{_TAG_NAME}(?: +{_ATTRIBUTE})* */?|/{_TAG_NAME}) *>"
_MAIL_PART = f"[^{_NOT_URL}{{}}.\u00a0]+"

_CONTRACTIONS = (
    *(_rule(f"(?i:{word[:-n]})", f"(?i:{word[-n:]})") for word, n in ASSIMILATIONS.items()),
    _rule("'(?i:t)", "(?i:is|was)"),
    _rule("(?i:c)(?:\\+\\+|#)|(?i:f)#"),
    _rule(_TAG, "", _spaced),
    _rule("&(?i:md|mdash|ndash);|[–—―]", "", _constant("--")),
    _rule("&(?i:amp);", "", _constant("&")),
    _rule("&(?i:ht|tl|ur|lr|qc|ql|qr|odq|cdq|#[0-9]+);"),
    _rule(_WORD, f"{_APOS}(?i:re|ve|ll|[msd])", _unhyphenated),
    _rule(
        f"[A-Za-z{_SOFT_HYPHEN}]*[A-MO-Za-mo-z]{_SOFT_HYPHEN}*",
        f"(?i:n){_APOS_OR_QUOTE}(?i:t)",
        _unhyphenated,
    ),
    _rule(_WORD, "", _unhyphenated),
    _rule(f"{_APOS}(?i:n){_APOS}?|[lLdDjJ]{_APOS}|(?i:dunkin|somethin|ol){_APOS}"),
    _rule(f"{_APOS}(?i:em|cause|till|til|[2-9]0s)|(?i:cont'd\\.?|nor'easter|c'mon|e'er|s'mores)"),
    _rule(f"(?i:ev'ry|li'l|nat'l)|[A-HJ-XZn]{_APOS_OR_QUOTE}{_L}{{2,}}"),
    _rule(f"{_L}{{2,}}(?<=[aeiouyAEIOUY]){_APOS_OR_QUOTE}[aeiouA-Z]{_L}*"),
    _rule(f"(?i:y){_APOS}", _L),
)
_ADDRESSES = (
    _rule(f"(?i:https?)://[^{_NOT_URL}{{}}]+[^{_NOT_URL}.!?{{}},-]"),
    _rule(
        '(?:(?i:www)\\.(?:[^ \t\n"<>|.!?(){},]+\\.)+[a-zA-Z]{2,4}'
        "|(?:[^ \t\n\"`'<>|!?(){},-_$]+\\.)+(?i:com|net|org|edu))"
        f"(?:/[^{_NOT_URL}]+[^{_NOT_URL}.!?{{}},-])?"
    ),
    _rule(
        f"(?:&(?i:lt);|<)?[a-zA-Z0-9][^{_NOT_URL}{{}}\u00a0]*@(?:{_MAIL_PART}\\.)*{_MAIL_PART}"
        "(?:&(?i:gt);|>)?"
    ),
    _rule(f"@[a-zA-Z_][a-zA-Z_0-9]*|#{_WORD_LETTER}+"),
)
_NUMBERS = (
    _rule(f"{_APOS}(?i:re|ve|ll|[msd])", "[^A-Za-z]", _closing),
    _rule(f"(?i:n){_APOS_OR_QUOTE}(?i:t)", "", _closing),
    _rule(f"{_D}{{1,2}}[-/]{_D}{{1,2}}[-/]{_D}{{2,4}}"),
    _rule(f"[-+]?{_NUMBER}", "", _unhyphenated),
    _rule("[⁺⁻₊₋]?(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[₀₁₂₃₄₅₆₇₈₉]+)"),
    _rule(f"(?:{_D}{{1,4}}[- \u00a0])?{_D}{{1,4}}(?:\\\\?/|\u2044){_D}{{1,4}}", "", _spaced),
    _rule("[¼½¾⅓-⅞]", "", lambda text: text.translate(_FRACTIONS)),
    _rule("-(?i:[lr][rcs]b)-|(?i:c\\.d\\.s|pro-|anti-)|(?i:s&(?:amp;)?p-500|s&(?:amp;)?ls)"),
    _rule(f"(?i:cap){_APOS}(?i:n)|(?i:c){_APOS}(?i:est)"),
    _rule("[A-Za-z0-9]+(?:-[A-Za-z]+){0,2}(?:\\\\?/[A-Za-z0-9]+(?:-[A-Za-z]+){0,2}){1,2}"),
    _rule("[A-Z]*\\$|#"),
    _rule("[¢£¤¥€₠؋฿₤￠￡￥￦]", "", lambda text: text.translate(_CURRENCY)),
)
_ABBREVIATED = (
    _rule("[A-Za-z]", f"\\.{_GAP}+(?:{_SENTENCE_OPENER}|{_TAG}){_GAP}"),
    _rule(f"(?i:{_either(ABBREVIATIONS_OF_NUMBERS)})\\.", f"{_GAP}?{_D}"),
    _rule(f"{_CLOSING_ABBREVIATION}\\.", "(?s:.){0,2}"),
    _rule(f"{_OPENING_ABBREVIATION}\\."),
    _rule(_OPENING_ABBREVIATION, _GAP),
    _rule(f"{_APOS}[0-9][0-9]", _GAP),
    _rule(
        f"(?:{_WORD_LETTER}|{_D})+(?:\\.(?:{_WORD_LETTER}|{_D})+)*"
        f"\\.(?i:{_either(FILE_EXTENSIONS)})",
        f"(?:{_GAP}|[.?!,])",
    ),
    _rule(f"{_WORD}\\.", _INNER, _unhyphenated),
    _rule(_PHONE, "", _bracketed),
)
_MARKS = (
    _rule('"|&(?i:quot);', "[A-Za-z0-9$]", _opening),
    _rule('"|&(?i:quot);', "", _closing),
    _rule("<|&(?i:lt);", "", _constant("<")),
    _rule(">|&(?i:gt);", "", _constant(">")),
    _rule("[<>]?[:;=][-o*']?[()DPdpO\\\\{@|\\[\\]]", "[^A-Za-z0-9]", _bracketed),
    _rule("[\\^x=~<>]\\.\\[\\^x=~<>]|[-^x=~<>']_[-^x=~<>']"),
    _rule("\\([-^x=~<>'][_.]?[-^x=~<>']\\)|\\([\\^x=~<>']-[\\^x=~<>'`]\\)", "", _bracketed),
    _rule("\\{", "", _constant("-LCB-")),
    _rule("\\}", "", _constant("-RCB-")),
    _rule("\\[", "", _constant("-LSB-")),
    _rule("\\]", "", _constant("-RSB-")),
    _rule("\\(", "", _constant("-LRB-")),
    _rule("\\)", "", _constant("-RRB-")),
    _rule("-+", "", lambda text: "--" if len(text) in (3, 4) else text),
    _rule("\\.{3,5}|(?:\\.[ \u00a0]){2,4}\\.|…", "", _constant("...")),
    _rule("@+|#+|_+|\\*+|(?:\\\\\\*){1,3}|[,;:、]|[?!]+|[.¡¿]|=|/"),
)
_HYPHENATED = (
    _rule(
        f"[A-Za-z0-9][A-Za-z0-9.,{_SOFT_HYPHEN}]*"
        f"(?:-(?:{_ACRONYM}\\.|[A-Za-z0-9{_SOFT_HYPHEN}]+))+",
        "",
        _unhyphenated,
    ),
    _rule(
        f"[A-Za-z0-9][A-Za-z0-9.,{_SOFT_HYPHEN}]*"
        f"(?:-(?:{_ACRONYM}\\.|[A-Za-z0-9{_SOFT_HYPHEN}]+))+\\.",
        _INNER,
        _unhyphenated,
    ),
    _rule(f"{_ELIDED}{_LD}+(?:{_HYPHEN}{_ELIDED}{_LD}+)*\\.", _INNER),
    _rule(f"{_ELIDED}{_LD}+(?:{_HYPHEN}{_ELIDED}{_LD}+)*"),
    _rule("[A-Z]+(?:(?:&(?i:amp);|[+&])[A-Z]+)+\\.", _INNER, _ampersand),
    _rule("[A-Z]+(?:(?:&(?i:amp);|[+&])[A-Z]+)+", "", _ampersand),
    _rule("'", "[A-Za-z][^ \t\u00a0\n]", _opening),
    _rule(f"{_APOS}(?i:re|ve|ll|[msd])", "", _closing),
    _rule(_QUOTES, "", _closing),
    _rule(f"<<|>>|[+%&~^|\\\\°{SYMBOL_CLASS}\u2044⁺⁻₊₋]"),
    _rule(f"[ \t\u00a0{SPACE_CLASS}]+|&(?i:nbsp);", "", _constant("")),
)

RULES = _CONTRACTIONS + _ADDRESSES + _NUMBERS + _ABBREVIATED + _MARKS + _HYPHENATED
