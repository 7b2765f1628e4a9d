"""The ten animals by name, running, standing, jumping, sleeping or flying."""

from collections.abc import Callable, Mapping

from lib.datasets.scenes import beasts, birds, pets
from lib.datasets.scenes.anatomy import Coat, new_coat
from lib.datasets.scenes.palette import PAINT
from lib.datasets.scenes.pen import Pen

LIFT: Mapping[str, float] = {"jump": 0.26, "run": 0.02}
TILT_DEG: Mapping[str, float] = {"jump": 14}


def draw_animal(pen: Pen, name: str, colour: str, deed: str) -> None:
    """Draws one animal of this coat doing this. It is about one unit long, faces ahead, and stands
    at the pen's origin (a flying bird hovers just above it).
    """
    coat = new_coat(PAINT[colour])
    if deed == "sleep":
        SLEEPERS[name](pen, coat)
        return
    posed = pen.at(0, LIFT.get(deed, 0), 1).tilted(TILT_DEG.get(deed, 0))
    PAINTERS[name](posed, coat, deed)


SLEEPERS: Mapping[str, Callable[[Pen, Coat], None]] = {
    "dog": pets.draw_sleeping_dog,
    "cat": pets.draw_sleeping_cat,
}

PAINTERS: Mapping[str, Callable[[Pen, Coat, str], None]] = {
    "dog": pets.draw_dog,
    "cat": pets.draw_cat,
    "rabbit": pets.draw_rabbit,
    "horse": beasts.draw_horse,
    "cow": beasts.draw_cow,
    "sheep": beasts.draw_sheep,
    "bear": beasts.draw_bear,
    "elephant": beasts.draw_elephant,
    "bird": birds.draw_bird,
    "duck": birds.draw_duck,
}
