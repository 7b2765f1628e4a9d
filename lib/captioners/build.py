"""New captioners from their sizes, saved ones from their folders."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
)

from lib.captioners.neural import NeuralCaptioner, NeuralConfig
from lib.captioners.prefix import PrefixCaptioner, PrefixConfig
from lib.captioners.vocabulary import build_tokenizer
from lib.errors import InputError
from lib.features import Features
from lib.weights import is_untrained

Captioner = PrefixCaptioner | NeuralCaptioner
KINDS: dict[str, type[PrefixCaptioner] | type[NeuralCaptioner]] = {
    "triptych-prefix": PrefixCaptioner,
    "triptych-neural": NeuralCaptioner,
}


def special_ids(tokenizer: PreTrainedTokenizerBase) -> dict[str, int]:
    """The vocabulary's size and special ids, under the names of Hugging Face's configurations."""
    return {
        "vocab_size": len(tokenizer),
        "pad_token_id": tokenizer.pad_token_id,
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
    }


def new_neural(
    sizes: dict[str, Any],
    captions: Sequence[str],
    max_words: int,
    min_count: int,
    features: Features,
) -> tuple[NeuralCaptioner, PreTrainedTokenizerBase]:
    """An untrained neural captioner for these features, and the words of `captions`."""
    tokenizer = build_tokenizer(captions, max_words, min_count)
    ids: dict[str, Any] = special_ids(tokenizer)
    config = NeuralConfig(
        n_feature_tokens=features.values.shape[1],
        feature_dim=features.values.shape[2],
        encoder=features.encoder,
        decoder_start_token_id=tokenizer.bos_token_id,
        **ids,
        **sizes,
    )
    model = NeuralCaptioner(config)
    model.encoder.normalize.fit(features.values)
    return model, tokenizer


def new_prefix(
    sizes: dict[str, Any],
    captions: Sequence[str],
    max_words: int,
    min_count: int,
    features: Features,
    weights: Path,
    language_model: dict[str, Any] | None,
) -> tuple[PrefixCaptioner, PreTrainedTokenizerBase]:
    """A prefix captioner with an untrained mapper.

    Its language model is the one in the folder `weights` with its own tokeniser, or, where that
    folder holds none, a new one of the sizes `language_model` with the words of `captions`.
    """
    untrained = is_untrained(weights)
    tokenizer: PreTrainedTokenizerBase
    if untrained and language_model is None:
        raise InputError(f"{weights}: untrained, so model.language_model must give its sizes")
    if untrained:
        tokenizer = build_tokenizer(captions, max_words, min_count)
        inner = {**(language_model or {}), **special_ids(tokenizer)}
    else:
        tokenizer = AutoTokenizer.from_pretrained(weights)
        inner = AutoConfig.from_pretrained(weights).to_dict()
    config = PrefixConfig(
        n_feature_tokens=features.values.shape[1],
        feature_dim=features.values.shape[2],
        encoder=features.encoder,
        language_model=inner,
        **sizes,
    )
    model = PrefixCaptioner(config)
    if not untrained:
        model.gpt = AutoModelForCausalLM.from_pretrained(weights, dtype=torch.float32)
    model.normalize.fit(features.values)
    return model, tokenizer


def save_captioner(model: Captioner, tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Weights, configuration and tokeniser in one folder."""
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def load_captioner(folder: Path, device: torch.device) -> tuple[Captioner, PreTrainedTokenizerBase]:
    """What `save_captioner` wrote, in eval mode on `device`."""
    config = folder / "config.json"
    if not config.is_file():
        raise InputError(f"{config}: missing; run `dvc repro` to train this captioner")
    kind = json.loads(config.read_text(encoding="utf-8")).get("model_type")
    if kind not in KINDS:
        raise InputError(f"{config}: model_type is {kind!r}, expected one of {', '.join(KINDS)}")
    model = KINDS[kind].from_pretrained(folder).eval().to(device)
    return model, PreTrainedTokenizerFast.from_pretrained(folder)
