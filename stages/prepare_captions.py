"""Read a captioned data set as it is, check every picture, list what was skipped."""

import logging
from pathlib import Path

from lib.commands import run
from lib.datasets.caption_set import CaptionSet, drop_broken
from lib.datasets.coco import karpathy_splits, read_coco
from lib.datasets.flickr8k import flickr8k_splits, read_flickr8k
from lib.datasets.splits import assign_splits, sample_rows, split_by_image
from lib.errors import InputError
from lib.params import CaptionDataset, Params, caption_dataset
from lib.paths import Paths
from lib.schemas.captions import CAPTIONS
from lib.schemas.images import IMAGES
from lib.schemas.skipped import SKIPPED
from lib.tables import write_table

log = logging.getLogger("triptych")


def read(dataset: CaptionDataset, folder: Path) -> CaptionSet:
    """All rows, in the files' own format."""
    if dataset.format == "coco":
        return read_coco(folder, captions_file=dataset.captions, images=dataset.images)
    return read_flickr8k(
        folder, captions_file=dataset.captions, images=dataset.images, form=dataset.format
    )


def listed_splits(dataset: CaptionDataset, folder: Path) -> dict[str, str] | None:
    """image_id -> split where a file says so; None where a rule says so."""
    if dataset.splits == "listed":
        return flickr8k_splits(folder)
    if dataset.splits == "karpathy":
        if dataset.karpathy is None:
            raise InputError("datasets: splits is karpathy, but karpathy names no JSON file")
        return karpathy_splits(Path(dataset.karpathy))
    return None


def main(params: Params, paths: Paths, key: str) -> None:
    dataset = caption_dataset(params.datasets, key)
    folder = Path(dataset.path)
    found = read(dataset, folder)
    listed = listed_splits(dataset, folder)
    if listed is not None:
        found = assign_splits(found, listed)
    if dataset.n_rows is not None:
        found = sample_rows(found, dataset.n_rows, dataset.seed)
    found = drop_broken(
        found,
        folder,
        max_pixels=dataset.max_pixels,
        max_broken_share=dataset.max_broken_share,
        workers=params.runtime.workers,
    )
    images = found.images
    if dataset.splits == "by_image":
        images = split_by_image(images, dataset.validation_share, dataset.seed)
    elif dataset.splits == "test":
        images = images.assign(split="test")
    write_table(images, IMAGES, paths.images(key))
    write_table(found.captions, CAPTIONS, paths.captions(key))
    write_table(found.skipped, SKIPPED, paths.skipped(key))
    log.info(
        "%s: %d pictures (%s), %d captions; %d items skipped, listed in %s",
        key,
        len(images),
        ", ".join(f"{n} {split}" for split, n in images["split"].value_counts().items()),
        len(found.captions),
        len(found.skipped),
        paths.skipped(key),
    )


if __name__ == "__main__":
    run(main)
