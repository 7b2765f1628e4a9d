"""Captioned images as training items: features joined with token ids, collated into batches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset
from transformers import PreTrainedTokenizerBase

IGNORED = -100  # cross-entropy skips this label


@dataclass(frozen=True)
class Example:
    """One image's features (t, c) and the token ids of one or more of its captions."""

    features: np.ndarray
    captions: list[list[int]]


class CaptionedImages(Dataset[Example]):
    """Each item is an image with up to `captions_per_item` of its captions.

    1 is the published recipes' one caption a row. With more, the mapper or encoder runs once for
    several captions, which costs less; too many, and a batch holds too few different images.
    """

    def __init__(
        self,
        features: np.ndarray,  # (n, t, c) float16
        rows: Sequence[tuple[int, list[list[int]]]],  # (row of features, its captions' token ids)
        captions_per_item: int,
    ) -> None:
        self.features = features
        self.rows = [
            (index, captions[first : first + captions_per_item])
            for index, captions in rows
            for first in range(0, len(captions), captions_per_item)
        ]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, item: int) -> Example:
        index, captions = self.rows[item]
        return Example(self.features[index], captions)


def token_ids(
    captions: Sequence[str], tokenizer: PreTrainedTokenizerBase, max_tokens: int
) -> list[list[int]]:
    """Ids of each caption and the end token, at most `max_tokens` in all."""
    encoded = tokenizer(list(captions), add_special_tokens=False)["input_ids"]
    return [[*ids[: max_tokens - 1], tokenizer.eos_token_id] for ids in encoded]


def pad(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    """Rows of unequal length -> (N, L) int64, `value` on the right."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


def stack(examples: Sequence[Example]) -> tuple[Tensor, list[list[int]], Tensor]:
    """Features (B, t, c), all captions in order, and the image of each caption (N,)."""
    features = torch.from_numpy(np.stack([example.features for example in examples]))
    captions = [caption for example in examples for caption in example.captions]
    index = [i for i, example in enumerate(examples) for _ in example.captions]
    return features, captions, torch.tensor(index)


def collate_prefix(examples: Sequence[Example]) -> dict[str, Tensor]:
    """A batch for the prefix captioner: the prefix stands where a start token would."""
    features, captions, image_index = stack(examples)
    return {
        "features": features,
        "input_ids": pad(captions, 0),  # padding's id does not matter: nothing looks at it
        "labels": pad(captions, IGNORED),
        "image_index": image_index,
    }


def collate_neural(examples: Sequence[Example], start_id: int) -> dict[str, Tensor]:
    """A batch for the neural captioner: the decoder reads the caption shifted by one."""
    features, captions, image_index = stack(examples)
    return {
        "features": features,
        "decoder_input_ids": pad([[start_id, *caption[:-1]] for caption in captions], 0),
        "labels": pad(captions, IGNORED),
        "image_index": image_index,
    }
