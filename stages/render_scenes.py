"""Draw a world of scenes and write it as MS COCO (train) and Flickr8k (test) files."""

from lib.commands import entry, run
from lib.datasets.scenes.dataset import write_world
from lib.params import Params
from lib.paths import Paths


def main(params: Params, paths: Paths, key: str) -> None:
    world = entry(params.worlds, key, "worlds")
    write_world(paths.raw(key), **world.model_dump(), workers=params.runtime.workers)


if __name__ == "__main__":
    run(main)
