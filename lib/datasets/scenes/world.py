"""The vocabulary of the picture book: its places, people, animals, actions, things and colours,
what can stand where, and the words for each. Plain data, no drawing.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Truth:
    """What the renderer knows to be true of one picture; null where there is no such thing.

    `colour` is the colour of a person's shirt or dress (null for animals), `second_thing` the
    animal or thing beside the subject. The words are the keys of the tables below.
    """

    place: str | None
    subject: str | None
    action: str | None
    second_thing: str | None
    colour: str | None


@dataclass(frozen=True)
class Person:
    """Names a caption may use, and the garment that has the colour."""

    names: tuple[str, ...]
    garment: str


@dataclass(frozen=True)
class Animal:
    """Where it lives, the colours of its coat, and what it may do."""

    places: tuple[str, ...]
    colours: tuple[str, ...]
    deeds: tuple[str, ...]


@dataclass(frozen=True)
class Thing:
    """Where it may stand beside a subject, and its colours."""

    places: tuple[str, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True)
class Action:
    """What a person does: where, with which object, and how a caption says so.

    `doing` follows "is", `does` stands alone; `{colour}` is the colour of the object, which is
    named in every phrase that holds it.
    """

    places: tuple[str, ...]
    doing: tuple[str, ...]
    does: tuple[str, ...]
    object: str | None
    object_colours: tuple[str, ...]


@dataclass(frozen=True)
class Deed:
    """What an animal does, in the two forms a caption uses."""

    doing: tuple[str, ...]
    does: tuple[str, ...]


OUTDOORS = ("beach", "park", "snow", "street", "forest", "farm", "lake", "desert")
INDOORS = ("kitchen", "bedroom")
ANYWHERE = OUTDOORS + INDOORS

PLACES: Mapping[str, tuple[str, ...]] = {
    "beach": ("on the beach", "at the beach", "on the sand near the sea"),
    "park": ("in the park", "in a green park", "on the grass in the park"),
    "snow": ("in the snow", "on a snowy hill", "on a snowy day"),
    "street": ("on the street", "in the city", "on a city street"),
    "kitchen": ("in the kitchen", "in a kitchen", "inside a bright kitchen"),
    "bedroom": ("in the bedroom", "in a bedroom", "inside a cozy bedroom"),
    "forest": ("in the forest", "in a dark forest", "among the trees in the forest"),
    "farm": ("on the farm", "on a farm", "near a red barn on the farm"),
    "lake": ("by the lake", "near a lake", "by the lake at sunset"),
    "desert": ("in the desert", "in a sandy desert", "near a cactus in the desert"),
}

_TOYS = ("red", "blue", "green", "yellow", "orange", "purple", "pink")
_PAINTS = ("red", "blue", "green", "yellow", "orange", "purple")
_FURNITURE = ("brown", "white", "red")
_WOOD = ("brown", "red", "blue", "white")
SHIRT_COLOURS = (*_TOYS, "white", "black")

PEOPLE: Mapping[str, Person] = {
    "boy": Person(("boy", "young boy", "little boy"), "shirt"),
    "girl": Person(("girl", "young girl", "little girl"), "dress"),
    "man": Person(("man",), "shirt"),
    "woman": Person(("woman", "lady"), "dress"),
}

DEEDS: Mapping[str, Deed] = {
    "run": Deed(("running",), ("runs",)),
    "stand": Deed(("standing",), ("stands",)),
    "jump": Deed(("jumping",), ("jumps",)),
    "sleep": Deed(("sleeping", "lying down"), ("sleeps", "is asleep")),
    "fly": Deed(("flying",), ("flies",)),
}

_CAT_PLACES = (*INDOORS, "street", "park", "farm")
_PET_DEEDS = ("run", "stand", "sleep", "jump")
_BEAST_DEEDS = ("run", "stand")

ANIMALS: Mapping[str, Animal] = {
    "dog": Animal(ANYWHERE, ("brown", "black", "white", "yellow"), _PET_DEEDS),
    "cat": Animal(_CAT_PLACES, ("black", "white", "orange", "brown"), _PET_DEEDS),
    "horse": Animal(("farm", "beach", "desert"), ("brown", "black", "white"), _BEAST_DEEDS),
    "cow": Animal(("farm", "park"), ("white", "brown"), _BEAST_DEEDS),
    "sheep": Animal(("farm", "park", "snow"), ("white", "black"), _BEAST_DEEDS),
    "rabbit": Animal(("park", "forest", "farm", "snow"), ("white", "brown"), _BEAST_DEEDS),
    "bear": Animal(("forest", "snow", "lake"), ("brown", "black", "white"), _BEAST_DEEDS),
    "bird": Animal(OUTDOORS, ("blue", "red", "yellow"), ("fly", "stand")),
    "duck": Animal(("lake", "park", "farm"), ("yellow", "white", "brown"), ("stand",)),
    "elephant": Animal(("desert", "forest", "street"), ("grey",), _BEAST_DEEDS),
}

# Captions name no colour for these two: one is always grey, the other always white.
COLOURLESS = {"elephant": ("an elephant", "a big elephant"), "snowman": ("a snowman",)}

THINGS: Mapping[str, Thing] = {
    "car": Thing(("street", "farm", "desert"), _PAINTS),
    "bus": Thing(("street",), _PAINTS),
    "bicycle": Thing(("street", "park"), _PAINTS),
    "boat": Thing(("lake", "beach"), _PAINTS),
    "bench": Thing(("park", "lake", "street"), _FURNITURE),
    "tent": Thing(("forest", "desert", "lake", "snow"), _PAINTS),
    "snowman": Thing(("snow",), _PAINTS),
    "ball": Thing(ANYWHERE, _PAINTS),
    "flower": Thing(("park", "farm", "forest"), _PAINTS),
    "chair": Thing(INDOORS, _FURNITURE),
    "table": Thing(INDOORS, _FURNITURE),
}

ACTIONS: Mapping[str, Action] = {
    "kite": Action(
        ("beach", "park", "farm", "desert"),
        ("flying a {colour} kite", "flying a kite"),
        ("flies a {colour} kite", "plays with a kite"),
        "kite",
        _TOYS,
    ),
    "ball": Action(
        OUTDOORS,
        ("kicking a {colour} ball", "playing with a {colour} ball", "playing soccer"),
        ("kicks a {colour} ball", "plays with a ball"),
        "ball",
        _TOYS,
    ),
    "umbrella": Action(
        ("street", "park", "beach", "snow"),
        ("holding a {colour} umbrella", "standing under a {colour} umbrella"),
        ("holds a {colour} umbrella", "stands with an umbrella"),
        "umbrella",
        _TOYS,
    ),
    "balloon": Action(
        ANYWHERE,
        ("holding a {colour} balloon", "carrying a {colour} balloon"),
        ("holds a {colour} balloon", "has a balloon"),
        "balloon",
        _TOYS,
    ),
    "bicycle": Action(
        ("street", "park", "beach", "farm", "forest"),
        ("riding a {colour} bicycle", "riding a bike"),
        ("rides a {colour} bicycle", "rides a bike"),
        "bicycle",
        _TOYS,
    ),
    "skate": Action(
        ("street", "park"),
        ("riding a {colour} skateboard", "skateboarding"),
        ("rides a {colour} skateboard", "rides a skateboard"),
        "skateboard",
        _TOYS,
    ),
    "sled": Action(
        ("snow",),
        ("riding a {colour} sled", "sledding"),
        ("rides a {colour} sled", "slides on a sled"),
        "sled",
        _TOYS,
    ),
    "horse": Action(
        ("farm", "beach", "desert", "forest"),
        ("riding a {colour} horse", "riding a horse"),
        ("rides a {colour} horse", "rides on a horse"),
        "horse",
        ("brown", "black", "white"),
    ),
    "run": Action(OUTDOORS, ("running",), ("runs",), None, ()),
    "jump": Action(
        ANYWHERE, ("jumping", "jumping in the air"), ("jumps", "leaps into the air"), None, ()
    ),
    "wave": Action(ANYWHERE, ("waving", "waving a hand"), ("waves", "waves hello"), None, ()),
    "read": Action(
        (*INDOORS, "park", "lake"),
        ("reading a {colour} book", "reading a book"),
        ("reads a {colour} book", "reads a book"),
        "book",
        _TOYS,
    ),
    "guitar": Action(
        ANYWHERE,
        ("playing a {colour} guitar", "playing the guitar"),
        ("plays a {colour} guitar", "plays the guitar"),
        "guitar",
        _WOOD,
    ),
    "cake": Action(
        INDOORS,
        ("holding a {colour} cake", "carrying a birthday cake"),
        ("holds a {colour} cake", "carries a cake"),
        "cake",
        _TOYS,
    ),
    "bench": Action(
        ("park", "lake", "street"),
        ("sitting on a {colour} bench", "sitting on a bench"),
        ("sits on a {colour} bench", "sits on a bench"),
        "bench",
        _WOOD,
    ),
    "chair": Action(
        INDOORS,
        ("sitting on a {colour} chair", "sitting on a chair"),
        ("sits on a {colour} chair", "sits on a chair"),
        "chair",
        _WOOD,
    ),
    "frisbee": Action(
        ("park", "beach"),
        ("throwing a {colour} frisbee", "playing frisbee"),
        ("throws a {colour} frisbee", "throws a frisbee"),
        "frisbee",
        _TOYS,
    ),
}
