"""METEOR and SPICE run, or say why they did not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lib.scoring.java_metrics import meteor, missing_spice_models, spice


@pytest.mark.skipif(not shutil.which("java"), reason="java is not installed")
def test_meteor_of_a_caption_equal_to_its_reference_is_one() -> None:
    result = meteor([["a dog runs", "x"], ["a dog"]], ["a dog runs", ""])
    assert result.per_image is not None
    assert result.per_image.tolist() == [1, 0]
    assert result.score is not None
    assert 0 < result.score < 1
    assert result.note == ""


def test_without_java_there_is_a_reason_and_no_score(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for result in (meteor([["a"]], ["a"]), spice([["a"]], ["a"])):
        assert result.score is None
        assert result.per_image is None
        assert result.note == "not run: no java on this machine"


def test_a_java_that_ends_early_is_a_reason_and_no_score(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = meteor([["a"]], ["a"])
    assert (result.score, result.per_image) == (None, None)
    assert result.note.startswith("not run: METEOR's java ended early")


def test_the_files_that_spice_lacks_are_named(tmp_path: Path) -> None:
    library = tmp_path / "spice" / "lib"
    library.mkdir(parents=True)
    (library / "stanford-corenlp-3.6.0.jar").touch()
    assert missing_spice_models(tmp_path) == ["stanford-corenlp-3.6.0-models.jar"]
