"""Prompts with their stories as training items, and their batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.utils.data import Dataset
from transformers import PreTrainedTokenizerBase

from lib.stories.prompting import Family, Prompting, ask

IGNORED = -100  # cross-entropy skips this label


@dataclass(frozen=True)
class Tokens:
    """Token ids of one prompt and of its story, the end token included."""

    prompt: list[int]
    story: list[int]


class Stories(Dataset[Tokens]):
    """Tokenised pairs in the order given."""

    def __init__(self, items: Sequence[Tokens]) -> None:
        self.items = list(items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, item: int) -> Tokens:
        return self.items[item]


def encode(
    prompt: str,
    story: str,
    prompting: Prompting,
    tokenizer: PreTrainedTokenizerBase,
    family: Family,
    max_tokens: int,
) -> Tokens:
    """Ids of a pair, cut to `max_tokens`: of prompt and story together, for seq2seq of each.

    The prompt is cut before the story is, and keeps its end, where the question stands.
    """
    asked = prompt_ids(ask(prompt, prompting, tokenizer), tokenizer, family)
    room = max_tokens - 1 if family == "seq2seq" else max_tokens - 2  # the end, and some prompt
    told = tokenizer.encode(story, add_special_tokens=False)[:room]
    told.append(tokenizer.eos_token_id)
    room = max_tokens if family == "seq2seq" else max_tokens - len(told)
    return Tokens(asked[-room:], told)


def prompt_ids(asked: str, tokenizer: PreTrainedTokenizerBase, family: Family) -> list[int]:
    """Ids of a prompt; a seq2seq model's tokeniser adds the marks that its encoder expects.

    A causal model's prompt gets none: its chat template holds them, and an end mark would stop it.
    """
    ids: list[int] = tokenizer.encode(asked, add_special_tokens=family == "seq2seq")
    return ids


def collate(
    items: Sequence[Tokens], family: Family, loss_on: Literal["story", "all"], pad_id: int
) -> dict[str, Tensor]:
    """A batch padded on the right to its own longest item; only real tokens are labels."""
    if family == "seq2seq":
        prompts = [item.prompt for item in items]
        return {
            "input_ids": right_pad(prompts, pad_id),
            "attention_mask": right_pad([[1] * len(ids) for ids in prompts], 0),
            "labels": right_pad([item.story for item in items], IGNORED),
        }
    rows = [item.prompt + item.story for item in items]
    labels = [
        (item.prompt if loss_on == "all" else [IGNORED] * len(item.prompt)) + item.story
        for item in items
    ]
    return {
        "input_ids": right_pad(rows, pad_id),
        "attention_mask": right_pad([[1] * len(ids) for ids in rows], 0),
        "labels": right_pad(labels, IGNORED),
    }


def right_pad(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    """Rows of unequal length -> (B, L) int64."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])
