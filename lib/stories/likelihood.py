"""How likely a model finds stories: summed losses, from which every perplexity follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch.nn import functional
from tqdm import tqdm

from lib.stories.examples import IGNORED, Tokens, collate
from lib.stories.models import StoryModel

Scope = Literal["story", "all"]


@dataclass(frozen=True)
class Likelihood:
    """The summed negative log likelihood of one text's scored tokens, in nats."""

    loss_nats: float
    n_tokens: int
    batch: int


@torch.inference_mode()
def measure(
    story_model: StoryModel,
    items: Sequence[Tokens],
    scope: Scope,
    batch_stories: int,
) -> Iterator[Likelihood]:
    """The likelihood of each item's story (or of prompt and story) under the model, in order."""
    model, family = story_model.model, story_model.family
    pad_id = story_model.tokenizer.pad_token_id
    starts = range(0, len(items), batch_stories)
    for number, start in enumerate(tqdm(starts, desc=f"likelihood of {scope}", unit="batch")):
        batch = collate(items[start : start + batch_stories], family, scope, pad_id)
        batch = {name: tensor.to(model.device) for name, tensor in batch.items()}
        labels = batch["labels"]
        logits = model(**batch).logits.float()
        if family == "causal":
            logits, labels = logits[:, :-1], labels[:, 1:]
        losses = functional.cross_entropy(
            logits.transpose(1, 2), labels, ignore_index=IGNORED, reduction="none"
        )
        counts = (labels != IGNORED).sum(1).tolist()
        for loss, n_tokens in zip(losses.double().sum(1).tolist(), counts, strict=True):
            yield Likelihood(loss, n_tokens, number)
