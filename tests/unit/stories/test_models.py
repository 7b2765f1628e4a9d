"""Story models: new ones by seed, theirs and ours from folders."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import PreTrainedTokenizerBase

from lib.errors import InputError
from lib.stories.models import (
    StoryModel,
    import_model,
    load_story_model,
    new_tokenizer,
    save_story_model,
)
from lib.stories.prompting import Family, Prompting
from lib.weights import write_card
from tests.unit.stories.networks import PLAIN, TEXTS, network, story_model, tokenizer

CPU = torch.device("cpu")
FAMILIES: list[tuple[str, Family]] = [("gpt2", "causal"), ("bart", "seq2seq"), ("t5", "seq2seq")]
PROMPTING = Prompting("separator", "You tell stories.", "Tell of {prompt}")


@pytest.fixture
def untrained(tmp_path: Path) -> Path:
    folder = tmp_path / "untrained"
    folder.mkdir()
    write_card(folder, {"source": "untrained"})
    return folder


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A Hugging Face folder of a causal model."""
    folder = tmp_path / "theirs"
    model = story_model("gpt2")
    model.model.save_pretrained(folder)
    model.tokenizer.save_pretrained(folder)
    write_card(folder, {"source": "hub"})
    return folder


def logits(model: Any) -> torch.Tensor:
    ids = torch.tensor([[5, 6, 7, 8]])
    with torch.no_grad():
        return model(input_ids=ids, labels=ids).logits


@pytest.mark.parametrize(("kind", "family"), FAMILIES)
def test_an_untrained_network_follows_from_its_seed(
    kind: str, family: Family, untrained: Path
) -> None:
    first, second, other = (
        import_model(untrained, family, network(kind), TEXTS, seed)[0].state_dict()
        for seed in (1, 1, 2)
    )
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert not all(torch.equal(first[name], other[name]) for name in first)


@pytest.mark.parametrize(("kind", "family"), FAMILIES)
def test_an_untrained_network_knows_its_special_tokens(
    kind: str, family: Family, untrained: Path
) -> None:
    model, reader = import_model(untrained, family, network(kind), TEXTS, 1)
    assert model.config.vocab_size == len(reader)
    assert model.config.pad_token_id == reader.pad_token_id
    assert model.config.eos_token_id == reader.eos_token_id
    if family == "seq2seq":
        assert model.config.decoder_start_token_id == reader.pad_token_id


def test_an_untrained_network_needs_sizes_that_fit_its_family(untrained: Path) -> None:
    with pytest.raises(InputError, match=r"story_models\.\*\.network must give its sizes"):
        import_model(untrained, "causal", None, TEXTS, 1)
    with pytest.raises(InputError, match="network: no seq2seq model"):
        import_model(untrained, "seq2seq", network("gpt2"), TEXTS, 1)
    with pytest.raises(InputError, match="network: no causal model"):
        import_model(untrained, "causal", network("gpt2") | {"model_type": "gtp2"}, TEXTS, 1)


def test_sizes_of_another_family_are_refused_in_one_line(untrained: Path) -> None:
    with pytest.raises(InputError) as refused:
        import_model(untrained, "seq2seq", network("gpt2"), TEXTS, 1)
    assert "\n" not in str(refused.value)


def test_every_text_can_be_written_and_read_back() -> None:
    reader = tokenizer()
    text = "Zoë's 3 dogs — 犬 — ran\n\n  away…"
    assert reader.decode(reader.encode(text)) == text
    frequent = reader.encode("the small dog", add_special_tokens=False)
    assert len(frequent) < len("the small dog")


def test_the_order_of_equal_texts_gives_equal_tokens() -> None:
    assert new_tokenizer(TEXTS, 300).get_vocab() == tokenizer().get_vocab()


def test_a_hugging_face_folder_keeps_its_weights_and_tokens(theirs: Path) -> None:
    model, reader = import_model(theirs, "causal", None, [], seed=1)
    wanted = story_model("gpt2")
    assert torch.equal(logits(model), logits(wanted.model))
    assert reader.encode(TEXTS[0]) == wanted.tokenizer.encode(TEXTS[0])


def test_a_folder_of_another_family_is_refused_in_one_line(theirs: Path) -> None:
    with pytest.raises(InputError, match="not a seq2seq Hugging Face model") as refused:
        import_model(theirs, "seq2seq", None, [], seed=1)
    assert "\n" not in str(refused.value)


def test_a_folder_without_a_model_is_refused_in_one_line(tmp_path: Path) -> None:
    write_card(tmp_path, {"source": "hub"})
    with pytest.raises(InputError, match="not a causal Hugging Face model") as refused:
        import_model(tmp_path, "causal", None, [], seed=1)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("kind", "family"), FAMILIES)
def test_a_saved_model_comes_back_with_all_it_is_asked_by(
    kind: str, family: Family, tmp_path: Path
) -> None:
    made = story_model(kind)
    save_story_model(StoryModel(made.model, made.tokenizer, family, PROMPTING), tmp_path / "m")
    again = load_story_model(tmp_path / "m", torch.float32, CPU)
    assert (again.family, again.prompting) == (family, PROMPTING)
    assert torch.equal(logits(again.model), logits(made.model))
    assert again.tokenizer.encode(TEXTS[1]) == made.tokenizer.encode(TEXTS[1])
    assert not again.model.training


def test_a_model_is_loaded_in_the_asked_dtype_with_padding_on_the_left(tmp_path: Path) -> None:
    made = story_model("gpt2")
    made.tokenizer.padding_side = "right"
    save_story_model(made, tmp_path)
    again = load_story_model(tmp_path, torch.bfloat16, CPU)
    assert again.model.dtype == torch.bfloat16
    assert again.tokenizer.padding_side == "left"


def test_a_model_without_padding_pads_with_its_end_token(tmp_path: Path) -> None:
    made = story_model("gpt2")
    reader: PreTrainedTokenizerBase = made.tokenizer
    reader.pad_token = None
    save_story_model(StoryModel(made.model, reader, "causal", PLAIN), tmp_path)
    again = load_story_model(tmp_path, torch.float32, CPU)
    assert again.tokenizer.pad_token_id == again.tokenizer.eos_token_id == reader.eos_token_id


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        save_story_model(story_model("gpt2"), tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert "asking.json" in files
    for name in files:
        first, second = (tmp_path / folder / name for folder in ("first", "second"))
        assert first.read_bytes() == second.read_bytes(), name


def test_how_to_ask_is_readable_json(tmp_path: Path) -> None:
    save_story_model(story_model("gpt2"), tmp_path)
    assert json.loads((tmp_path / "asking.json").read_text()) == {
        "family": "causal",
        "prompting": {"style": "plain", "system": "", "instruction": "{prompt}"},
    }


def test_a_folder_without_a_story_model_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"asking.json: missing; run `dvc repro`"):
        load_story_model(tmp_path, torch.float32, CPU)
