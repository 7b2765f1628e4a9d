"""From features to caption texts: batches, ends, and the ways to choose a token."""

from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, pre_tokenizers
from tokenizers.models import WordLevel
from torch import nn
from transformers import PreTrainedTokenizerFast

from lib.captioners.build import Captioner
from lib.captioners.decoding import decode_captions
from lib.captioners.prefix import PrefixCaptioner
from tests.unit.captioners.networks import images, neural, prefix, tokenizer

GREEDY: dict[str, Any] = {
    "beam": 1,
    "top_p": None,
    "length_penalty": 1.0,
    "max_tokens": 9,
    "stop_at_full_stop": False,
    "batch_images": 4,
    "seed": 0,
}
CAPTIONERS = {"prefix": (prefix, 1), "neural": (neural, 2)}  # builder, tokens of an image


def captions(model: Captioner, features: np.ndarray, **changes: Any) -> list[str]:
    return list(decode_captions(model, tokenizer(), features, **(GREEDY | changes)))


def model_and_features(kind: str) -> tuple[Captioner, np.ndarray]:
    build, n_tokens = CAPTIONERS[kind]
    return build(), images(8, n_tokens).numpy()


def reciter(words: list[str], text: str) -> tuple[PrefixCaptioner, PreTrainedTokenizerFast]:
    """A prefix captioner that says `text` whatever it sees, and its vocabulary of `words`.

    One number a word: the embedding of each place holds the word that follows there, and nothing
    else in the network adds to it.
    """
    vocabulary = {word: i for i, word in enumerate(words)}
    backend = Tokenizer(WordLevel(vocabulary, unk_token="?"))
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    reader = PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="?", eos_token="[end]")
    language_model = {
        "model_type": "gpt2",
        "n_layer": 1,
        "n_head": 1,
        "n_embd": len(words),
        "n_positions": 16,
        "vocab_size": len(words),
        "tie_word_embeddings": False,
    }
    model = prefix(language_model=language_model, prefix_length=1)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    nn.init.ones_(model.gpt.transformer.ln_f.weight)
    nn.init.eye_(model.gpt.lm_head.weight)
    with torch.no_grad():
        for place, word in enumerate(text.split()):
            model.gpt.transformer.wpe.weight[place, vocabulary[word]] = 1.0
    return model, reader


@pytest.mark.parametrize("kind", CAPTIONERS)
@pytest.mark.parametrize("beam", [1, 3])
def test_captions_do_not_depend_on_the_batch_size(kind: str, beam: int) -> None:
    model, features = model_and_features(kind)
    told = [captions(model, features, beam=beam, batch_images=size) for size in (1, 3, 8)]
    assert len(told[0]) == 8
    assert len(set(told[0])) > 2
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("kind", CAPTIONERS)
def test_captions_are_words_without_special_tokens(kind: str) -> None:
    model, features = model_and_features(kind)
    for caption in captions(model, features):
        assert "[" not in caption
        assert caption == " ".join(caption.split())
        assert len(caption.split()) <= GREEDY["max_tokens"]


WORDS = ["?", "[end]", "a", "dog", ".", "runs"]


@pytest.mark.parametrize(
    ("stop_at_full_stop", "caption"),
    [(True, "a dog ."), (False, "a dog . runs .")],
)
def test_a_caption_ends_at_its_first_full_stop_where_that_is_asked(
    stop_at_full_stop: bool, caption: str
) -> None:
    model, reader = reciter(WORDS, "a dog . runs . [end] a dog")
    settings = GREEDY | {"stop_at_full_stop": stop_at_full_stop}
    features = images(3, 1).numpy()
    assert list(decode_captions(model, reader, features, **settings)) == [caption] * 3


def test_a_caption_without_a_full_stop_still_ends_at_the_end_token() -> None:
    model, reader = reciter(WORDS, "a dog runs [end] a .")
    settings = GREEDY | {"stop_at_full_stop": True}
    assert list(decode_captions(model, reader, images(1, 1).numpy(), **settings)) == ["a dog runs"]


def test_a_caption_that_never_ends_is_cut_off() -> None:
    model, reader = reciter(WORDS, "a dog runs a dog runs a dog runs a dog runs")
    settings = GREEDY | {"max_tokens": 5}
    (caption,) = decode_captions(model, reader, images(1, 1).numpy(), **settings)
    assert caption == "a dog runs a"  # the fifth place is the end token's


@pytest.mark.parametrize("kind", CAPTIONERS)
def test_sampling_depends_on_the_seed_alone(kind: str) -> None:
    model, features = model_and_features(kind)
    first, second, other = (captions(model, features, top_p=0.95, seed=s) for s in (1, 1, 2))
    assert first == second
    assert first != other


@pytest.mark.parametrize("kind", CAPTIONERS)
def test_a_nucleus_of_one_token_is_greedy(kind: str) -> None:
    model, features = model_and_features(kind)
    assert captions(model, features, top_p=1e-6) == captions(model, features)


@pytest.mark.parametrize("kind", CAPTIONERS)
def test_where_top_p_is_given_the_beam_does_not_count(kind: str) -> None:
    model, features = model_and_features(kind)
    sampled = [captions(model, features, top_p=0.9, beam=beam, seed=1) for beam in (1, 3)]
    assert sampled[0] == sampled[1]
