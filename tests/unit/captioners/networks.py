"""Captioners small enough to follow with a pencil."""

from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedTokenizerFast

from lib.captioners.neural import NeuralCaptioner, NeuralConfig
from lib.captioners.prefix import PrefixCaptioner, PrefixConfig
from lib.captioners.vocabulary import build_tokenizer

PAD, UNKNOWN, START, END = range(4)  # the vocabulary's first ids
SPECIAL = {"pad_token_id": PAD, "bos_token_id": START, "eos_token_id": END}
WORDS = ["a", "black", "dog", "runs", "on", "the", "grass", "today"]
VOCAB_SIZE = len(WORDS) + len(range(4))
FEATURE_DIM = 3
MAX_TOKENS = 9


def tokenizer() -> PreTrainedTokenizerFast:
    return build_tokenizer([" ".join(WORDS)], max_words=100, min_count=1)


def spread(model: nn.Module, seed: int) -> None:
    """Weights so wide that captions differ from image to image and from word to word."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.ndim > 1:
                parameter.copy_(noise)
            else:  # a bias, or a norm's scale
                parameter.copy_(0.3 * noise + name.endswith("weight"))


def neural(seed: int = 8, **changes: Any) -> NeuralCaptioner:
    sizes: dict[str, Any] = {
        "feature_dim": FEATURE_DIM,
        "n_feature_tokens": 2,
        "d_model": 4,
        "units": 5,
        "head_width": 3,
        "n_encoder_heads": 1,
        "n_decoder_heads": 2,
        "n_decoder_layers": 2,
        "image_positions": True,
        "max_tokens": MAX_TOKENS,
        "vocab_size": VOCAB_SIZE,
        "decoder_start_token_id": START,
        **SPECIAL,
    }
    model = NeuralCaptioner(NeuralConfig(**(sizes | changes)))
    spread(model, seed)
    return model.eval()


def prefix(seed: int = 5, **changes: Any) -> PrefixCaptioner:
    language_model = {
        "model_type": "gpt2",
        "n_layer": 2,
        "n_head": 2,
        "n_embd": 8,
        "n_positions": 32,
        "vocab_size": VOCAB_SIZE,
        **SPECIAL,
    }
    sizes: dict[str, Any] = {
        "mapper": "mlp",
        "feature_dim": FEATURE_DIM,
        "n_feature_tokens": 1,
        "prefix_length": 2,
        "n_image_tokens": 3,
        "n_layers": 1,
        "n_heads": 2,
        "normalize": "l2",
        "language_model": language_model,
    }
    model = PrefixCaptioner(PrefixConfig(**(sizes | changes)))
    spread(model, seed)
    return model.eval()


def images(n: int, n_tokens: int, seed: int = 5) -> Tensor:
    """Features (n, n_tokens, FEATURE_DIM)."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(n, n_tokens, FEATURE_DIM, generator=generator)


def until_end(ids: list[int]) -> list[int]:
    """The ids up to and with the end token."""
    return ids[: ids.index(END) + 1] if END in ids else ids
