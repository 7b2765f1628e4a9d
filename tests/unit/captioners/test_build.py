"""New captioners from features and captions, saved ones from their folders."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import ByteLevelBPETokenizer
from torch.testing import assert_close
from transformers import AutoModelForCausalLM, GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from lib.captioners.build import load_captioner, new_neural, new_prefix, save_captioner
from lib.captioners.neural import NeuralCaptioner
from lib.captioners.prefix import PrefixCaptioner
from lib.errors import InputError
from lib.features import Features
from lib.weights import write_card

CPU = torch.device("cpu")
CAPTIONS = ["A dog runs.", "a black dog", "the dog"]  # by frequency: dog, a, then the alphabet
NEURAL: dict[str, Any] = {
    "d_model": 4,
    "units": 5,
    "head_width": 3,
    "n_encoder_heads": 1,
    "n_decoder_heads": 2,
    "n_decoder_layers": 1,
    "dropout_attention": 0.1,
    "dropout_feed_forward": 0.1,
    "dropout_output": 0.1,
    "image_positions": True,
    "normalize": "standardize",
    "max_tokens": 9,
}
PREFIX: dict[str, Any] = {
    "mapper": "mlp",
    "prefix_length": 2,
    "n_image_tokens": 3,
    "n_layers": 1,
    "n_heads": 2,
    "mlp_ratio": 2.0,
    "normalize": "standardize",
    "freeze_language_model": False,
}
SIZES = {"model_type": "gpt2", "n_layer": 1, "n_head": 2, "n_embd": 8, "n_positions": 16}


@pytest.fixture
def features() -> Features:
    values = np.random.default_rng(0).normal(3, 2, (5, 2, 3)).astype(np.float16)
    return Features(list("abcde"), values, "CLIP x")


@pytest.fixture
def untrained(tmp_path: Path) -> Path:
    folder = tmp_path / "untrained"
    folder.mkdir()
    write_card(folder, {"source": "untrained"})
    return folder


@pytest.fixture
def pretrained(tmp_path: Path) -> Path:
    """A GPT-2 as the hub has it: byte-level tokens, one of them both start and end, no padding."""
    folder = tmp_path / "gpt2"
    bytes_only = ByteLevelBPETokenizer()
    end = "<|endoftext|>"
    bytes_only.train_from_iterator(CAPTIONS, 300, 2, show_progress=False, special_tokens=[end])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bytes_only._tokenizer, bos_token=end, eos_token=end
    )
    torch.manual_seed(3)
    sizes = {name: size for name, size in SIZES.items() if name != "model_type"}
    GPT2LMHeadModel(GPT2Config(vocab_size=len(tokenizer), **sizes)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_card(folder, {"source": "hub"})
    return folder


def moments(features: Features) -> tuple[torch.Tensor, torch.Tensor]:
    flat = torch.from_numpy(features.values).float().flatten(0, 1)
    return flat.mean(0), flat.std(0, correction=0)


def test_a_new_neural_captioner_fits_its_features_and_words(features: Features) -> None:
    model, tokenizer = new_neural(NEURAL, CAPTIONS, 100, 1, features)
    assert tokenizer.convert_ids_to_tokens([4, 5, 6, 7, 8]) == ["dog", "a", "black", "runs", "the"]
    config = model.config
    assert (config.n_feature_tokens, config.feature_dim, config.encoder) == (2, 3, "CLIP x")
    assert (config.vocab_size, config.pad_token_id, config.eos_token_id) == (9, 0, 3)
    assert config.decoder_start_token_id == config.bos_token_id == tokenizer.bos_token_id == 2
    mean, std = moments(features)
    assert_close(model.encoder.normalize.mean, mean)
    assert_close(model.encoder.normalize.std, std)


def test_max_words_and_min_count_reach_the_vocabulary(features: Features) -> None:
    model, tokenizer = new_neural(NEURAL, CAPTIONS, 100, 2, features)
    assert len(tokenizer) == model.config.vocab_size == 6  # dog and a occur twice
    _, tokenizer = new_neural(NEURAL, CAPTIONS, 1, 1, features)
    assert len(tokenizer) == 5


def test_the_same_seed_builds_the_same_captioner(features: Features, untrained: Path) -> None:
    def build() -> list[torch.Tensor]:
        torch.manual_seed(4)
        neural, _ = new_neural(NEURAL, CAPTIONS, 100, 1, features)
        prefix, _ = new_prefix(PREFIX, CAPTIONS, 100, 1, features, untrained, SIZES)
        return [*neural.state_dict().values(), *prefix.state_dict().values()]

    assert all(torch.equal(a, b) for a, b in zip(build(), build(), strict=True))


def test_a_new_prefix_captioner_speaks_the_captions_words(
    features: Features, untrained: Path
) -> None:
    model, tokenizer = new_prefix(PREFIX, CAPTIONS, 100, 1, features, untrained, SIZES)
    assert model.gpt.config.vocab_size == len(tokenizer) == 9
    assert (model.gpt.config.pad_token_id, model.gpt.config.eos_token_id) == (0, 3)
    assert model.gpt.config.n_layer == 1
    assert (model.config.n_feature_tokens, model.config.feature_dim) == (2, 3)
    assert model.config.encoder == "CLIP x"
    assert_close(model.normalize.mean, moments(features)[0])


def test_an_untrained_language_model_needs_its_sizes(features: Features, untrained: Path) -> None:
    with pytest.raises(InputError, match=r"model\.language_model must give its sizes"):
        new_prefix(PREFIX, CAPTIONS, 100, 1, features, untrained, None)


def test_a_pretrained_language_model_keeps_its_weights_and_tokeniser(
    features: Features, pretrained: Path
) -> None:
    model, tokenizer = new_prefix(PREFIX, CAPTIONS, 100, 1, features, pretrained, None)
    theirs = AutoModelForCausalLM.from_pretrained(pretrained).state_dict()
    ours = model.gpt.state_dict()
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)
    assert tokenizer.decode(tokenizer.encode("A Dog; it runs!")) == "A Dog; it runs!"
    assert tokenizer.pad_token_id is None


def test_a_saved_captioner_is_loaded_as_what_it_is(
    features: Features, untrained: Path, tmp_path: Path
) -> None:
    built = {
        "neural": new_neural(NEURAL, CAPTIONS, 100, 1, features),
        "prefix": new_prefix(PREFIX, CAPTIONS, 100, 1, features, untrained, SIZES),
    }
    kinds = {"neural": NeuralCaptioner, "prefix": PrefixCaptioner}
    for name, (model, tokenizer) in built.items():
        save_captioner(model.train(), tokenizer, tmp_path / name)
        again, words = load_captioner(tmp_path / name, CPU)
        assert type(again) is kinds[name]
        assert not again.training
        assert words.get_vocab() == tokenizer.get_vocab()
        assert (words.pad_token_id, words.eos_token_id) == (0, 3)
        assert words.encode("The DOG!", add_special_tokens=False) == [8, 4]
        state = model.state_dict()
        assert all(torch.equal(t, state[name]) for name, t in again.state_dict().items())


def test_a_saved_captioner_with_a_pretrained_language_model_needs_its_folder_no_more(
    features: Features, pretrained: Path, tmp_path: Path
) -> None:
    model, tokenizer = new_prefix(PREFIX, CAPTIONS, 100, 1, features, pretrained, None)
    save_captioner(model, tokenizer, tmp_path / "saved")
    for file in pretrained.iterdir():
        file.unlink()
    again, words = load_captioner(tmp_path / "saved", CPU)
    assert words.decode(words.encode("A Dog; it runs!")) == "A Dog; it runs!"
    assert words.encode("a black dog") == tokenizer.encode("a black dog")
    assert torch.equal(again.gpt.lm_head.weight, model.gpt.lm_head.weight)
    assert again.gpt.lm_head.weight is again.gpt.transformer.wte.weight  # tied, as GPT-2 has it


def test_a_folder_without_a_captioner_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"config.json: missing; run `dvc repro`"):
        load_captioner(tmp_path, CPU)


def test_another_kind_of_model_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(InputError, match="model_type is 'bert', expected one of triptych-prefix"):
        load_captioner(tmp_path, CPU)
