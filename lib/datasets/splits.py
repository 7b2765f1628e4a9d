"""Which captions are used, and which images train, validate and test."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pandas as pd

from lib.datasets.caption_set import CaptionSet, skipped_rows, without_images
from lib.errors import InputError


def sample_rows(found: CaptionSet, n_rows: int, seed: int) -> CaptionSet:
    """Keep `n_rows` captions drawn evenly without replacement, and the images that they describe.

    The reference draws 70,000 rows of train2017, so most images keep fewer than five captions.
    Raises InputError when there are fewer captions than that.
    """
    n_captions = len(found.captions)
    if n_rows > n_captions:
        raise InputError(
            f"a sample of {n_rows} caption rows is asked for, but there are {n_captions}; "
            "ask for fewer or for all"
        )
    chosen = sorted(random.Random(seed).sample(range(n_captions), n_rows))
    captions = found.captions.iloc[chosen].reset_index(drop=True)
    described = found.images["image_id"].isin(captions["image_id"])
    return CaptionSet(found.images[described].reset_index(drop=True), captions, found.skipped)


def split_by_image(images: pd.DataFrame, validation_share: float, seed: int) -> pd.DataFrame:
    """Add the column split: `validation_share` (0…1) of the images to validation, else train.

    By image, so that no picture is in both. Raises InputError where one of the two stays empty.
    """
    n_validation = round(validation_share * len(images))
    if not 0 < n_validation < len(images):
        raise InputError(
            f"validation_share {validation_share} of {len(images)} images puts {n_validation} into "
            "validation, expected some there and some in train; change the share or add images"
        )
    ids = images["image_id"].tolist()
    validation = set(random.Random(seed).sample(ids, n_validation))
    return images.assign(split=["validation" if key in validation else "train" for key in ids])


def assign_splits(found: CaptionSet, splits: Mapping[str, str]) -> CaptionSet:
    """Add the column split from image_id → split, and put the images in its order.

    Images in no split are dropped and listed; so are ids of the split that have no caption.
    Raises InputError when no image has a split: it is another dataset's.
    """
    names = dict(found.images[["image_id", "member"]].itertuples(index=False, name=None))
    unlisted = {
        key: (member, "is in no split") for key, member in names.items() if key not in splits
    }
    if len(unlisted) == len(names):
        raise InputError(
            f"none of the {len(names)} images, the first {next(iter(names))}, is in the split, the "
            f"first there {next(iter(splits), None)}; give the split of this dataset"
        )
    absent = [(key, "is in the split, but has no caption") for key in splits if key not in names]
    kept = without_images(found, unlisted)
    order = [key for key in splits if key in names]
    images = kept.images.set_index("image_id").loc[order].reset_index()
    return CaptionSet(
        images=images.assign(split=[splits[key] for key in order]),
        captions=kept.captions,
        skipped=pd.concat([kept.skipped, skipped_rows(absent)], ignore_index=True),
    )
