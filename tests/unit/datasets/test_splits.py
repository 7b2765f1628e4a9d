"""Samples and splits are drawn by seed or follow a list, and never split an image's captions."""

import pandas as pd
import pytest

from lib.datasets.caption_set import CaptionSet, skipped_rows
from lib.datasets.splits import assign_splits, sample_rows, split_by_image
from lib.errors import InputError


def caption_set(n: int) -> CaptionSet:
    """`n` images, each with five captions."""
    ids = [str(i) for i in range(n)]
    return CaptionSet(
        images=pd.DataFrame({"image_id": ids, "member": [f"{key}.jpg" for key in ids]}),
        captions=pd.DataFrame(
            {"caption_id": range(5 * n), "image_id": [key for key in ids for _ in range(5)]}
        ),
        skipped=skipped_rows([]),
    )


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_a_sample_draws_rows_and_keeps_the_images_that_they_describe() -> None:
    sample = sample_rows(caption_set(20), 12, seed=1)
    assert len(sample.captions) == 12
    assert set(rows(sample.captions)) <= set(rows(caption_set(20).captions))
    assert sample.captions["caption_id"].is_monotonic_increasing
    described = set(sample.captions["image_id"])
    assert sample.images["image_id"].tolist() == [str(i) for i in range(20) if str(i) in described]


def test_a_sample_follows_its_seed() -> None:
    first = rows(sample_rows(caption_set(20), 12, seed=1).captions)
    assert first == rows(sample_rows(caption_set(20), 12, seed=1).captions)
    assert first != rows(sample_rows(caption_set(20), 12, seed=2).captions)


def test_a_sample_of_more_rows_than_there_are_is_refused() -> None:
    with pytest.raises(InputError, match="11 caption rows is asked for, but there are 10"):
        sample_rows(caption_set(2), 11, seed=1)


def test_a_split_by_image_puts_the_share_of_images_into_validation() -> None:
    images = caption_set(20).images
    split = split_by_image(images, 0.2, seed=1)
    assert split["split"].value_counts().to_dict() == {"train": 16, "validation": 4}
    assert split["image_id"].tolist() == images["image_id"].tolist()
    assert split_by_image(images, 0.2, seed=1).equals(split)
    assert not split_by_image(images, 0.2, seed=2).equals(split)


@pytest.mark.parametrize("share", [0.2, 0.9])
def test_a_split_that_leaves_a_side_empty_is_refused(share: float) -> None:
    # A fifth of two images is 0.4, which rounds to none; nine tenths are 1.8, which is both.
    with pytest.raises(InputError, match=f"validation_share {share} of 2 images"):
        split_by_image(caption_set(2).images, share, seed=1)


def test_a_listed_split_gives_the_order_of_the_images() -> None:
    found = assign_splits(caption_set(3), {"2": "train", "0": "test", "1": "test"})
    assert rows(found.images) == [
        ("2", "2.jpg", "train"),
        ("0", "0.jpg", "test"),
        ("1", "1.jpg", "test"),
    ]


def test_images_in_no_split_and_ids_without_image_are_listed() -> None:
    found = assign_splits(caption_set(2), {"9": "train", "1": "test"})
    assert found.images["image_id"].tolist() == ["1"]
    assert found.captions["image_id"].unique().tolist() == ["1"]
    assert rows(found.skipped) == [
        ("0.jpg", "is in no split"),
        ("9", "is in the split, but has no caption"),
    ]


def test_the_split_of_another_dataset_is_refused() -> None:
    with pytest.raises(InputError, match="none of the 2 images, the first 0, is in the split, the"):
        assign_splits(caption_set(2), {"391895": "test"})
