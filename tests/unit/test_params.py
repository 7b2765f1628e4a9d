"""A params file is read whole, or refused in one line that names key, value and what is allowed."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from lib.errors import InputError
from lib.params import load_params

SAMPLE = Path(__file__).parents[2] / "params.yaml"
REMOVED = object()


def refusal(path: Path) -> str:
    """What load_params says about a file, without the file's name, that comes first."""
    with pytest.raises(InputError) as error:
        load_params(path)
    message = str(error.value)
    assert "\n" not in message
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def changed(folder: Path, key: str, value: Any) -> Path:
    """The sample's params with one key set anew, or removed."""
    params = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    *groups, last = key.split(".")
    group = params
    for name in groups:
        group = group[name]
    if value is REMOVED:
        del group[last]
    else:
        group[last] = value
    path = folder / "params.yaml"
    path.write_text(yaml.safe_dump(params), encoding="utf-8")
    return path


def test_the_sample_profile_loads_as_it_stands() -> None:
    params = load_params(SAMPLE)
    written = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    assert params.model_dump() == written


def test_params_do_not_change_after_loading() -> None:
    params = load_params(SAMPLE)
    with pytest.raises(ValueError, match="frozen"):
        params.run = "full"


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("runtime.workers", 0, "greater than 0"),
        ("runtime.workers", 2.5, "integer"),
        ("runtime.workers", "2", "integer"),
        ("runtime.device", "gpu", "'auto', 'cpu' or 'cuda'"),
        ("captioners.prefix.train.epochs", -1, "greater than 0"),
        ("captioners.prefix.train.warmup_share", 1.5, "less than or equal to 1"),
        ("captioners.prefix.train.bf16", 1, "boolean"),
        ("captioners.prefix.decode.top_p", 0, "greater than 0"),
        ("captioners.prefix.model.n_layers", -1, "greater than 0"),
        ("captioners.prefix.model.mapper", "resnet", "'mlp', 'transformer' or 'grid'"),
        ("captioners.neural.model.normalize", None, "'none', 'l2' or 'standardize'"),
        ("datasets.train_captions.n_rows", "all", "integer"),
        ("encoders.grid.size_px", 74, "greater than or equal to 75"),
        ("weights.lite0.sha256", "f2bc", "[0-9a-f]{64}"),
        ("systems.final.prompt", "{caption}", r"\{captions\}"),
        ("story_models", [], "dictionary"),
        ("run", "../elsewhere", "[a-z0-9_]+"),
    ],
)
def test_a_wrong_value_is_named_with_its_key_and_what_is_allowed(
    tmp_path: Path, key: str, value: Any, allowed: str
) -> None:
    message = refusal(changed(tmp_path, key, value))
    assert message.startswith(f"{key}: "), message
    assert f"found {value!r}" in message
    assert allowed in message


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("captioners.prefix.model.kind", "clipcap", ["prefix", "neural"]),
        ("weights.lite0.source", "pip", ["untrained", "wheel", "url", "hub"]),
    ],
)
def test_an_unknown_kind_is_named_with_the_kinds_that_there_are(
    tmp_path: Path, key: str, value: str, allowed: list[str]
) -> None:
    message = refusal(changed(tmp_path, key, value))
    assert message.startswith(f"{key}: "), message
    assert f"found {value!r}" in message
    assert all(f"'{name}'" in message for name in allowed)


def test_a_number_that_yaml_reads_as_a_string_is_told_how_to_be_written(tmp_path: Path) -> None:
    # YAML 1.1 wants a point in a float: 1.0e-3 is a number, 1e-3 a string
    text = SAMPLE.read_text(encoding="utf-8")
    path = tmp_path / "params.yaml"
    path.write_text(text.replace("learning_rate: 1.0e-3", "learning_rate: 1e-3", 1), "utf-8")
    message = refusal(path)
    assert message.startswith("tuned_clips.lite0.train.learning_rate: ")
    assert "found '1e-3'" in message
    assert "1.0e-3" in message


@pytest.mark.parametrize(
    "key", ["galery", "captioners.prefix.decode.beams", "captioners.prefix.model.prefix_len"]
)
def test_an_unknown_key_is_named_with_its_value(tmp_path: Path, key: str) -> None:
    message = refusal(changed(tmp_path, key, 3))
    assert message.startswith(f"{key}: "), message
    assert "found 3" in message


@pytest.mark.parametrize(
    "key",
    [
        "gallery",
        "captioners.prefix.decode.beam",
        "captioners.prefix.model.n_layers",
        "captioners.prefix.model.kind",
    ],
)
def test_a_missing_key_is_named_and_no_other_value_is_shown(tmp_path: Path, key: str) -> None:
    message = refusal(changed(tmp_path, key, REMOVED))
    assert message.startswith(f"{key}: "), message
    assert "required" in message
    assert "found" not in message


def test_a_misspelt_key_is_named_beside_the_one_that_is_missing(tmp_path: Path) -> None:
    message = refusal(changed(tmp_path, "scoring.stories", {"ttr_windw": 50}))
    assert "scoring.stories.ttr_windw: " in message
    assert "scoring.stories.ttr_window: " in message


def test_a_name_that_could_not_be_a_file_name_is_refused(tmp_path: Path) -> None:
    world = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["worlds"]["picturebook"]
    message = refusal(changed(tmp_path, "worlds", {"Picture Book": world}))
    assert "worlds.Picture Book" in message
    assert "[a-z0-9_]+" in message


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("encoders.grid.weights", "lite0, smollm2, untrained"),
        ("tuned_clips.lite0.weights", "lite0, smollm2, untrained"),
        ("captioners.neural.model.weights", "lite0, smollm2, untrained"),
        ("story_models.smollm2.weights", "lite0, smollm2, untrained"),
        ("systems.final.captioner", "neural, prefix, prefix_tokens"),
        ("gallery.lead_system", "baseline, final,"),
    ],
)
def test_a_name_without_an_entry_is_told_the_entries(tmp_path: Path, key: str, known: str) -> None:
    message = refusal(changed(tmp_path, key, "nobody"))
    assert message.startswith(f"{key}: no such entry 'nobody'"), message
    assert known in message


@pytest.mark.parametrize("key", ["systems.final.story_model", "expander.story_model"])
def test_a_story_model_without_an_entry_is_told_the_entries(tmp_path: Path, key: str) -> None:
    message = refusal(changed(tmp_path, key, "tuned/nobody"))
    assert message.startswith(f"{key}: no such entry 'tuned/nobody'"), message
    assert "base/smollm2" in message


def test_four_wrong_values_are_three_named_and_one_counted(tmp_path: Path) -> None:
    wrong = {"n_resamples": 0, "seed": -1, "extra": 1, "more": 2}
    message = refusal(changed(tmp_path, "scoring.bootstrap", wrong))
    assert message.count("scoring.bootstrap.") == 3
    assert message.endswith("; and 1 more")


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    text = SAMPLE.read_text(encoding="utf-8")
    path.write_text(text.replace("  workers: 2", "  workers: 2\n  workers: 3", 1), "utf-8")
    assert "workers" in refusal(path)


def test_a_file_that_is_not_yaml_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("runtime:\n  device: [auto\n", "utf-8")
    message = refusal(path)
    assert "not readable as YAML" in message
    assert "line 2" in message


@pytest.mark.parametrize("text", ["", "- runtime\n", "runtime\n"])
def test_a_file_without_keys_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(text, "utf-8")
    message = refusal(path)
    assert not message.startswith(":"), message
    assert "keys" in message


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_bytes(b"\xff\xd8\xff\xe0")  # how a JPEG begins
    assert "not readable" in refusal(path)


def test_a_missing_file_is_named_with_what_to_give_instead(tmp_path: Path) -> None:
    message = refusal(tmp_path / "parms.yaml")
    assert "no such file" in message
    assert "params.yaml" in message
