"""Folders of weights and their cards."""

import json
from pathlib import Path

import pytest

from lib.errors import InputError
from lib.weights import is_untrained, only_file, write_card


def test_a_card_says_where_weights_come_from(tmp_path: Path) -> None:
    write_card(tmp_path, {"source": "wheel", "licence": "Apache-2.0", "package": "tinynet"})
    card = (tmp_path / "card.json").read_text()
    assert json.loads(card) == {
        "source": "wheel",
        "licence": "Apache-2.0",
        "package": "tinynet",
    }
    assert card.index("licence") < card.index("package") < card.index("source")  # by the alphabet


@pytest.mark.parametrize(("source", "untrained"), [("untrained", True), ("wheel", False)])
def test_only_untrained_weights_are_untrained(source: str, untrained: bool, tmp_path: Path) -> None:
    write_card(tmp_path, {"source": source})
    assert is_untrained(tmp_path) is untrained


def test_a_folder_without_a_card_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"card.json: missing; run `dvc repro`"):
        is_untrained(tmp_path)


def test_the_only_file_that_matches_is_found(tmp_path: Path) -> None:
    for name in ("net.gguf", "card.json"):
        (tmp_path / name).touch()
    assert only_file(tmp_path, "*.gguf") == tmp_path / "net.gguf"


def test_no_file_or_several_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected one file \*\.gguf, found none"):
        only_file(tmp_path, "*.gguf")
    for name in ("b.gguf", "a.gguf"):
        (tmp_path / name).touch()
    with pytest.raises(InputError, match=r"expected one file \*\.gguf, found a\.gguf, b\.gguf"):
        only_file(tmp_path, "*.gguf")
