"""True sentences about a scene, from a small grammar: one place phrase, one subject phrase, one
verb phrase, and the second thing where there is one.
"""

import random

from lib.datasets.scenes.specification import Scene, Second
from lib.datasets.scenes.world import ACTIONS, ANIMALS, COLOURLESS, DEEDS, PEOPLE, PLACES

P_GARMENT_NAMED = 0.7
P_SECOND_COLOUR_NAMED = 0.75


def draw_captions(scene: Scene, n_captions: int, rng: random.Random) -> list[str]:
    """`n_captions` sentences, each with a capital letter and a full stop; two may be equal."""
    return [_sentence(scene, rng) for _ in range(n_captions)]


def _sentence(scene: Scene, rng: random.Random) -> str:
    subject = _subject_phrase(scene, rng)
    doing, does = _verb_phrases(scene, rng)
    place = rng.choice(PLACES[scene.place])
    patterns = [
        f"{subject} is {doing} {place}",
        f"{subject} {doing} {place}",
        f"{subject} {does} {place}",
        f"{subject} is {doing} alone {place}",
    ]
    if scene.second:
        second = _second_phrase(scene.second, rng)
        near = rng.choice(["next to", "beside", "near"])
        patterns = [
            f"{subject} is {doing} {near} {second} {place}",
            f"{subject} {doing} {near} {second}",
            f"{subject} {does} {near} {second} {place}",
            _both(scene.second, scene.side, subject, doing, second, rng) + f" {place}",
        ]
    words = rng.choice(patterns)
    return words[0].upper() + words[1:] + "."


def _both(
    second: Second, side: str, subject: str, doing: str, phrase: str, rng: random.Random
) -> str:
    """What is at the same time: a thing stands on its side, an animal does something."""
    if second.deed is None:
        return f"{subject} {doing} with {phrase} on the {side}"
    return f"{subject} is {doing} while {phrase} is {rng.choice(DEEDS[second.deed].doing)}"


def _subject_phrase(scene: Scene, rng: random.Random) -> str:
    if scene.subject in COLOURLESS:
        return rng.choice(COLOURLESS[scene.subject])
    if scene.subject in ANIMALS:
        return _a(f"{scene.colour} {scene.subject}")
    person = PEOPLE[scene.subject]
    phrase = _a(rng.choice(person.names))
    if rng.random() < P_GARMENT_NAMED:
        phrase += f" in {_a(f'{scene.colour} {person.garment}')}"
    return phrase


def _second_phrase(second: Second, rng: random.Random) -> str:
    if second.name in COLOURLESS:
        return rng.choice(COLOURLESS[second.name])
    named = rng.random() < P_SECOND_COLOUR_NAMED
    return _a(f"{second.colour} {second.name}" if named else second.name)


def _verb_phrases(scene: Scene, rng: random.Random) -> tuple[str, str]:
    """What follows "is", and what stands alone."""
    verb = ACTIONS[scene.action] if scene.subject in PEOPLE else DEEDS[scene.action]
    doing, does = rng.choice(verb.doing), rng.choice(verb.does)
    return _with_colour(doing, scene.object_colour), _with_colour(does, scene.object_colour)


def _with_colour(phrase: str, colour: str | None) -> str:
    return phrase.replace("a {colour}", _a(colour)) if colour else phrase


def _a(words: str) -> str:
    """The words after their indefinite article."""
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
