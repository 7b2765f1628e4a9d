"""Story models: imported from weights of any kind into one layout, and loaded from it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import ByteLevelBPETokenizer
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForSeq2SeqLM,
    AutoTokenizer,
    GenerationConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
)

from lib.errors import InputError
from lib.stories.prompting import Family, Prompting
from lib.weights import is_untrained, only_file

AUTO: dict[str, Any] = {"causal": AutoModelForCausalLM, "seq2seq": AutoModelForSeq2SeqLM}
ASKING = "asking.json"
PAD, START, END, UNKNOWN = "<pad>", "<s>", "</s>", "<unk>"


def import_model(
    weights: Path, family: Family, network: dict[str, Any] | None, texts: list[str], seed: int
) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """A model and its tokeniser from a folder of weights.

    The folder holds a Hugging Face model, or one .gguf file, or a card that says `untrained`:
    then `network` gives the sizes of a new model, and its tokeniser is made from `texts`.
    """
    if is_untrained(weights):
        if network is None:
            raise InputError(f"{weights}: untrained, so story_models.*.network must give its sizes")
        return new_model(family, network, texts, seed)
    if list(weights.glob("*.gguf")):
        return from_gguf(only_file(weights, "*.gguf"), family)
    try:
        model = AUTO[family].from_pretrained(weights, dtype=torch.float32)
        return model, AutoTokenizer.from_pretrained(weights)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{weights}: not a {family} Hugging Face model: {str(error).splitlines()[0]}"
        ) from None


def from_gguf(file: Path, family: Family) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """De-quantise a GGUF file to float32.

    A model that came from GGUF refuses to be saved, so its weights move into a fresh one.
    """
    found = AUTO[family].from_pretrained(file.parent, gguf_file=file.name, dtype=torch.float32)
    config = found.config.to_dict()
    config.pop("quantization_config", None)
    config.pop("_name_or_path", None)
    fresh = AUTO[family].from_config(AutoConfig.for_model(**config))
    fresh.load_state_dict(found.state_dict())
    fresh.generation_config = GenerationConfig(
        bos_token_id=found.config.bos_token_id, eos_token_id=found.config.eos_token_id
    )
    return fresh, AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)


def new_model(
    family: Family, network: dict[str, Any], texts: list[str], seed: int
) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """A model with seeded random weights and a byte-pair tokeniser made from `texts`."""
    tokenizer = new_tokenizer(texts, int(network["vocab_size"]))
    ids = {
        "vocab_size": len(tokenizer),
        "pad_token_id": tokenizer.pad_token_id,
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
    }
    if family == "seq2seq":
        ids["decoder_start_token_id"] = tokenizer.pad_token_id
        ids["forced_eos_token_id"] = None
    torch.manual_seed(seed)
    try:
        config = AutoConfig.for_model(**{**network, **ids})
        return AUTO[family].from_config(config), tokenizer
    except (ValueError, TypeError, KeyError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"story_models.*.network: no {family} model: {reason}") from None


def new_tokenizer(texts: list[str], vocab_size: int) -> PreTrainedTokenizerFast:
    """Byte-level BPE: every text can be written, the frequent words are one token."""
    trained = ByteLevelBPETokenizer()
    trained.train_from_iterator(
        texts,
        vocab_size=vocab_size,
        min_frequency=2,
        special_tokens=[PAD, START, END, UNKNOWN],
        show_progress=False,
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=trained._tokenizer,
        pad_token=PAD,
        bos_token=START,
        eos_token=END,
        unk_token=UNKNOWN,
    )


@dataclass(frozen=True)
class StoryModel:
    """A model with all that is needed to ask it: these travel together from folder to folder."""

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    family: Family
    prompting: Prompting


def save_story_model(story_model: StoryModel, folder: Path) -> None:
    """Weights, configuration and tokeniser, and `asking.json`: how the model wants to be asked."""
    story_model.model.save_pretrained(folder)
    story_model.tokenizer.save_pretrained(folder)
    asking = {"family": story_model.family, "prompting": asdict(story_model.prompting)}
    (folder / ASKING).write_text(json.dumps(asking, indent=2) + "\n", encoding="utf-8")


def load_story_model(folder: Path, dtype: torch.dtype, device: torch.device) -> StoryModel:
    """What `save_story_model` wrote, in eval mode; the tokeniser pads on the left."""
    if not (folder / ASKING).is_file():
        raise InputError(f"{folder / ASKING}: missing; run `dvc repro` to make this story model")
    asking = json.loads((folder / ASKING).read_text(encoding="utf-8"))
    model = AUTO[asking["family"]].from_pretrained(folder, dtype=dtype).eval().to(device)
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return StoryModel(model, tokenizer, asking["family"], Prompting(**asking["prompting"]))
