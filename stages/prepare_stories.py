"""Read WritingPrompts files, clean prompts and stories, count what was dropped and why."""

import logging
from pathlib import Path

from lib.commands import run
from lib.datasets.writing_prompts import read_writing_prompts
from lib.params import Params
from lib.paths import Paths
from lib.schemas.skipped import SKIPPED
from lib.schemas.stories import STORIES
from lib.tables import write_table

log = logging.getLogger("triptych")


def main(params: Params, paths: Paths) -> None:
    dataset = params.datasets.stories
    found = read_writing_prompts(
        Path(dataset.path),
        dataset.splits,
        cleaning=dataset.cleaning,
        max_words=dataset.max_words,
        min_words=dataset.min_words,
    )
    write_table(found.stories, STORIES, paths.stories)
    write_table(found.skipped, SKIPPED, paths.skipped("stories"))
    log.info("stories: %s", found.stories["split"].value_counts().to_dict())
    for reason, n in found.skipped["reason"].value_counts().items():
        log.info("dropped %d: %s", n, reason)


if __name__ == "__main__":
    run(main)
