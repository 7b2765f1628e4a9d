"""Fine-tuning a story model: whole, or by low-rank adapters that are merged back (LoRA)."""

from collections.abc import Callable
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from transformers import PreTrainedModel

from lib.stories.prompting import Family

TASKS = {"causal": "CAUSAL_LM", "seq2seq": "SEQ_2_SEQ_LM"}
Train = Callable[[Any], None]


def tune_whole(model: PreTrainedModel, train: Train) -> PreTrainedModel:
    """Train every weight, in place."""
    train(model)
    return model


def tune_lora(
    model: PreTrainedModel, family: Family, rank: int, alpha: int, seed: int, train: Train
) -> PreTrainedModel:
    """Train adapters of `rank` on all linear layers, scaled by alpha / rank, then merge them.

    LoRA: arXiv 2106.09685; on all linear layers rather than on two of attention, as QLoRA
    (arXiv 2305.14314) found to be needed. Merged, the model is used like any other.
    """
    torch.manual_seed(seed)
    config = LoraConfig(
        r=rank, lora_alpha=alpha, target_modules="all-linear", task_type=TASKS[family]
    )
    adapted = get_peft_model(model, config)
    train(adapted)
    # the frozen weights may be bfloat16, to save time; the sum is kept in full precision
    merged: Any = adapted.float().merge_and_unload()
    return merged
