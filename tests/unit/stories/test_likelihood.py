"""Summed losses, against models whose every probability is known."""

import math

import pytest
import torch
from torch import nn

from lib.stories.examples import Tokens
from lib.stories.likelihood import measure
from lib.stories.models import StoryModel
from tests.unit.stories.networks import fixed, story_model

ITEMS = [
    Tokens([10, 11, 12], [20, 21, 2]),
    Tokens([13], [22, 23, 24, 25, 2]),
    Tokens([14, 15], [2]),
]


def uniform(kind: str) -> StoryModel:
    """A model that has no opinion: all logits are zero."""
    found = story_model(kind)
    nn.init.zeros_(found.model.get_output_embeddings().weight)
    return found


@torch.no_grad()
def plain_loss(found: StoryModel, item: Tokens, n_given: int) -> float:
    """-log p of the ids after the first `n_given`, one run a token, no padding."""
    ids = item.prompt + item.story
    total = 0.0
    for place in range(n_given, len(ids)):
        if found.family == "causal":
            logits = found.model(input_ids=torch.tensor([ids[:place]])).logits[0, -1]
        else:
            read = [found.model.config.decoder_start_token_id, *ids[len(item.prompt) : place]]
            logits = found.model(
                input_ids=torch.tensor([item.prompt]), decoder_input_ids=torch.tensor([read])
            ).logits[0, -1]
        total -= logits.log_softmax(0)[ids[place]].item()
    return total


@pytest.mark.parametrize("kind", ["gpt2", "bart", "t5"])
def test_a_uniform_model_needs_ln_v_nats_a_token(kind: str) -> None:
    model = uniform(kind)
    found = list(measure(model, ITEMS, "story", batch_stories=2))
    assert [likelihood.n_tokens for likelihood in found] == [3, 5, 1]  # the end token counts
    for likelihood in found:
        wanted = likelihood.n_tokens * math.log(len(model.tokenizer))
        assert likelihood.loss_nats == pytest.approx(wanted, rel=1e-6)


def test_under_all_every_token_but_the_first_counts() -> None:
    model = uniform("gpt2")
    found = list(measure(model, ITEMS, "all", batch_stories=3))
    assert [likelihood.n_tokens for likelihood in found] == [5, 5, 2]  # 6, 6 and 3 tokens in all
    assert found[0].loss_nats == pytest.approx(5 * math.log(len(model.tokenizer)), rel=1e-6)


def test_a_certain_model_needs_nothing_and_a_coin_needs_ln_2() -> None:
    model = fixed({"</s>": 0.5, "a": 0.5})
    a = model.tokenizer.convert_tokens_to_ids("a")
    (coin,) = measure(model, [Tokens([9], [a, a, 2])], "story", 1)
    assert coin.loss_nats == pytest.approx(3 * math.log(2))
    (sure,) = measure(fixed({"a": 1.0}), [Tokens([9], [a, a])], "story", 1)
    assert sure.loss_nats == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "scope"), [("gpt2", "story"), ("gpt2", "all"), ("bart", "story"), ("t5", "story")]
)
def test_the_loss_is_the_sum_over_single_tokens(kind: str, scope: str) -> None:
    model = story_model(kind)
    found = list(measure(model, ITEMS, scope, batch_stories=3))
    given = [1 if scope == "all" else len(item.prompt) for item in ITEMS]
    wanted = [plain_loss(model, item, n) for item, n in zip(ITEMS, given, strict=True)]
    assert [likelihood.loss_nats for likelihood in found] == pytest.approx(wanted, rel=1e-4)


@pytest.mark.parametrize("kind", ["gpt2", "bart", "t5"])
def test_the_loss_does_not_depend_on_the_batch_size(kind: str) -> None:
    model = story_model(kind)
    one, three = (list(measure(model, ITEMS, "story", size)) for size in (1, 3))
    assert [a.loss_nats for a in one] == pytest.approx([b.loss_nats for b in three], rel=1e-5)
    assert [a.n_tokens for a in one] == [b.n_tokens for b in three]


def test_each_item_knows_its_batch() -> None:
    batches = [found.batch for found in measure(uniform("gpt2"), ITEMS, "story", 2)]
    assert batches == [0, 0, 1]
