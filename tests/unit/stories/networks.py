"""Story models small enough to follow with a pencil."""

import math
from typing import Any

import torch
from torch import nn
from transformers import PreTrainedTokenizerBase

from lib.stories.models import StoryModel, new_model, new_tokenizer
from lib.stories.prompting import Prompting

TEXTS = [
    "Once upon a time a small dog ran over the green grass.",
    "The small dog was happy, and the green grass was wet.",
    "A cat sat on the wall and watched the dog run.",
]
PLAIN = Prompting("plain", "", "{prompt}")
NETWORKS: dict[str, dict[str, Any]] = {  # without dropout
    "gpt2": {
        "n_layer": 2,
        "n_head": 2,
        "n_embd": 16,
        "n_positions": 64,
        "attn_pdrop": 0.0,
        "embd_pdrop": 0.0,
        "resid_pdrop": 0.0,
    },
    "bart": {
        "d_model": 16,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 16,
        "decoder_ffn_dim": 16,
        "max_position_embeddings": 64,
        "dropout": 0.0,
    },
    "t5": {
        "d_model": 16,
        "d_kv": 8,
        "num_heads": 2,
        "d_ff": 16,
        "num_layers": 1,
        "dropout_rate": 0.0,
    },
}


def network(kind: str) -> dict[str, Any]:
    """The sizes of a new model, as params.yaml gives them."""
    return {"model_type": kind, "vocab_size": 300, **NETWORKS[kind]}


def tokenizer() -> PreTrainedTokenizerBase:
    return new_tokenizer(TEXTS, 300)


def story_model(kind: str, seed: int = 0) -> StoryModel:
    """A model whose texts differ from prompt to prompt: matrices wide, norms left alone."""
    family = "causal" if kind == "gpt2" else "seq2seq"
    model, reader = new_model(family, network(kind), TEXTS, seed)
    reader.padding_side = "left"
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.copy_(torch.randn(parameter.shape, generator=generator))
    return StoryModel(model.eval(), reader, family, PLAIN)


def fixed(chances: dict[str, float]) -> StoryModel:
    """A causal model that draws every token from the same `chances`, whatever stands before it."""
    sizes = network("gpt2") | {"tie_word_embeddings": False}
    model, reader = new_model("causal", sizes, TEXTS, seed=0)
    reader.padding_side = "left"
    logits = torch.full((len(reader),), -100.0)
    for token, chance in chances.items():
        logits[reader.convert_tokens_to_ids(token)] = math.log(chance)
    nn.init.zeros_(model.transformer.ln_f.weight)  # so that the last layer is the bias: (1, 0, …)
    nn.init.zeros_(model.lm_head.weight)
    with torch.no_grad():
        model.transformer.ln_f.bias.copy_(torch.eye(16)[0])
        model.lm_head.weight[:, 0] = logits
    return StoryModel(model.eval(), reader, "causal", PLAIN)
