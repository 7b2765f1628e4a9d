"""The colours of the pictures: what each colour word looks like, its darker and paler shades."""

from collections.abc import Mapping

Ink = tuple[int, int, int]
Glaze = tuple[int, int, int, int]  # an ink and its alpha, 255 for opaque

PAINT: Mapping[str, Ink] = {
    "red": (216, 58, 54),
    "blue": (52, 106, 206),
    "green": (56, 152, 76),
    "yellow": (246, 206, 60),
    "orange": (242, 138, 44),
    "purple": (134, 78, 180),
    "pink": (242, 134, 178),
    "black": (52, 52, 60),
    "white": (248, 247, 243),
    "brown": (138, 90, 54),
    "grey": (150, 158, 176),
}

# Each skin with the hair that stands out from it.
_BLACK, _BROWN, _BLOND, _GINGER = (50, 38, 34), (104, 64, 38), (230, 186, 100), (190, 88, 44)
COMPLEXIONS: tuple[tuple[Ink, tuple[Ink, ...]], ...] = (
    ((255, 220, 190), (_BLACK, _BROWN, _BLOND, _GINGER)),
    ((240, 192, 150), (_BLACK, _BROWN, _BLOND, _GINGER)),
    ((198, 142, 104), (_BLACK, _BROWN)),
    ((140, 94, 66), (_BLACK,)),
)
TROUSERS: tuple[Ink, ...] = ((66, 84, 128), (88, 88, 98), (128, 104, 78))

INK_DARK: Ink = (38, 34, 40)
SNOW_WHITE: Ink = (252, 253, 255)
WOOD: Ink = (120, 84, 56)
LEAF: Ink = (62, 148, 78)
GLASS: Ink = (206, 232, 246)


def shade(ink: Ink, share: float) -> Ink:
    """`ink` darkened by `share` of the way to black, in [0, 1]."""
    return mix(ink, (0, 0, 0), share)


def tint(ink: Ink, share: float) -> Ink:
    """`ink` paled by `share` of the way to white, in [0, 1]."""
    return mix(ink, (255, 255, 255), share)


def mix(ink: Ink, other: Ink, share: float) -> Ink:
    """`ink` moved by `share` of the way to `other`, in [0, 1]."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(ink, other, strict=True))
    return red, green, blue


def fold(ink: Ink) -> Ink:
    """The colour of a fold or a part in the shadow: darker, but paler for what is nearly black."""
    return tint(ink, 0.2) if sum(ink) < 200 else shade(ink, 0.17)
