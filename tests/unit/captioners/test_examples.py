"""Captioned images as batches, worked out by hand."""

import numpy as np
import pytest
import torch

from lib.captioners.examples import (
    CaptionedImages,
    Example,
    collate_neural,
    collate_prefix,
    token_ids,
)
from tests.unit.captioners.networks import END, START, UNKNOWN, tokenizer

FEATURES = np.arange(12, dtype=np.float16).reshape(2, 2, 3)  # two images of two tokens
# Image 1 has a long and a short caption, image 0 has one.
BATCH = [Example(FEATURES[1], [[5, 6, END], [END]]), Example(FEATURES[0], [[7, END]])]


def test_a_captions_ids_end_with_the_end_token() -> None:
    assert token_ids(["a black dog", "zebra"], tokenizer(), max_tokens=10) == [
        [4, 5, 6, END],
        [UNKNOWN, END],
    ]


@pytest.mark.parametrize(("max_tokens", "ids"), [(4, [4, 5, 6, END]), (3, [4, 5, END]), (1, [END])])
def test_a_long_caption_loses_words_but_not_its_end(max_tokens: int, ids: list[int]) -> None:
    assert token_ids(["a black dog"], tokenizer(), max_tokens) == [ids]


@pytest.mark.parametrize(
    ("captions_per_item", "groups"),
    [
        (1, [(0, [[1]]), (0, [[2]]), (0, [[3]]), (1, [[4]])]),
        (2, [(0, [[1], [2]]), (0, [[3]]), (1, [[4]])]),
        (5, [(0, [[1], [2], [3]]), (1, [[4]])]),
    ],
)
def test_an_item_is_an_image_with_a_few_of_its_captions(
    captions_per_item: int, groups: list[tuple[int, list[list[int]]]]
) -> None:
    items = CaptionedImages(FEATURES, [(0, [[1], [2], [3]]), (1, [[4]])], captions_per_item)
    assert len(items) == len(groups)
    for i, (image, captions) in enumerate(groups):
        assert items[i].captions == captions
        assert np.array_equal(items[i].features, FEATURES[image])


def test_a_prefix_batch_ignores_padding_and_says_whose_each_caption_is() -> None:
    batch = collate_prefix(BATCH)
    assert torch.equal(batch["features"], torch.from_numpy(FEATURES[::-1].copy()))
    assert batch["input_ids"].tolist() == [[5, 6, END], [END, 0, 0], [7, END, 0]]
    assert batch["labels"].tolist() == [[5, 6, END], [END, -100, -100], [7, END, -100]]
    assert batch["image_index"].tolist() == [0, 0, 1]


def test_a_neural_batch_reads_each_caption_one_step_late() -> None:
    batch = collate_neural(BATCH, START)
    assert batch["decoder_input_ids"].tolist() == [[START, 5, 6], [START, 0, 0], [START, 7, 0]]
    assert batch["labels"].tolist() == [[5, 6, END], [END, -100, -100], [7, END, -100]]
    assert batch["image_index"].tolist() == [0, 0, 1]
    assert batch["features"].shape == (2, 2, 3)  # an image with two captions stands there once
