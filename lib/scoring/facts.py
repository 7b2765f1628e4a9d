"""Which facts of a rendered picture a caption gets right: subject, action, second thing, colour and
place, each against what the renderer knows. Knows only the picture book's vocabulary.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lib.datasets.scenes.world import ACTIONS, ANIMALS, PEOPLE, PLACES, Truth
from lib.errors import InputError

SUBJECT_WITHIN_WORDS = 5

_GARMENT = re.compile(r" in an? (\w+) (?:dress|shirt) ")


@dataclass(frozen=True)
class Facts:
    """Right or wrong; None where the picture has no such fact or the caption does not speak of it.

    A caption must name the subject, the action and the second thing, so these are None only for
    the picture's sake; colour and place are None also where the caption leaves them out.
    """

    subject: bool | None
    action: bool | None
    second_thing: bool | None
    colour: bool | None
    place: bool | None


def facts_right(truth: Truth, caption: str) -> Facts:
    """The facts of one caption; case and punctuation do not count, words count whole.

    subject: one of its names is among the first five words. action (people only): a phrase of the
    action occurs, or the word for its object. second_thing: its word occurs. colour: of captions
    that say "in a COLOUR dress" or "... shirt" of a person, whether it is the true one. place: of
    captions with any place phrase, whether one of the true place's occurs. Raises InputError for
    a word of `truth` that the picture book does not have.
    """
    words = re.findall(r"\w+", caption.lower())
    return Facts(
        subject=_subject_right(truth.subject, words),
        action=_action_right(truth.subject, truth.action, words),
        second_thing=None if truth.second_thing is None else truth.second_thing in words,
        colour=_colour_right(truth.colour, words),
        place=_place_right(truth.place, words),
    )


def _subject_right(subject: str | None, words: list[str]) -> bool | None:
    if subject is None:
        return None
    if subject in PEOPLE:
        return _mentions(words[:SUBJECT_WITHIN_WORDS], PEOPLE[subject].names)
    _check_known("subject", subject, ANIMALS)
    return subject in words[:SUBJECT_WITHIN_WORDS]


def _action_right(subject: str | None, action: str | None, words: list[str]) -> bool | None:
    if action is None or subject not in PEOPLE:
        return None
    _check_known("action", action, ACTIONS)
    verb = ACTIONS[action]
    # A phrase that has a colour also names the object, so the object's word stands for it.
    phrases = [phrase for phrase in verb.doing + verb.does if "{colour}" not in phrase]
    return _mentions(words, phrases) or verb.object in words


def _colour_right(colour: str | None, words: list[str]) -> bool | None:
    named = _GARMENT.search(_spaced(words))
    return None if colour is None or named is None else named.group(1) == colour


def _place_right(place: str | None, words: list[str]) -> bool | None:
    if place is None or not any(_mentions(words, phrases) for phrases in PLACES.values()):
        return None
    _check_known("place", place, PLACES)
    return _mentions(words, PLACES[place])


def _mentions(words: list[str], phrases: Iterable[str]) -> bool:
    """Whether any phrase occurs as whole words."""
    text = _spaced(words)
    return any(f" {phrase} " in text for phrase in phrases)


def _spaced(words: list[str]) -> str:
    return f" {' '.join(words)} "


def _check_known(column: str, word: str, known: Iterable[str]) -> None:
    if word not in known:
        raise InputError(
            f"images table, column {column}: {word!r} is not in the picture book's vocabulary; "
            f"expected one of {', '.join(known)}; render the scenes again"
        )
