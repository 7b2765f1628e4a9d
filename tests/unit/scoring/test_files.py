"""Scores as files."""

import json
from pathlib import Path
from typing import Any

from lib.scoring.bootstrap import Interval
from lib.scoring.files import write_scores

SCORES = {"cider": Interval(2.123456, 2.0, 2.25, 400), "vocabulary": 111, "share": 0.123449}


def written(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    main, detail = folder / "a" / "main.json", folder / "b" / "detail.json"
    write_scores(main, detail, SCORES, ["vocabulary", "cider", "subject_right"])
    return json.loads(main.read_text()), json.loads(detail.read_text())


def test_the_main_file_holds_the_named_figures_rounded_to_four_digits(tmp_path: Path) -> None:
    assert written(tmp_path)[0] == {"vocabulary": 111, "cider": 2.1235}


def test_a_figure_that_was_not_measured_is_left_out_rather_than_zero(tmp_path: Path) -> None:
    assert "subject_right" not in written(tmp_path)[0]


def test_the_detail_file_holds_every_score_and_its_interval(tmp_path: Path) -> None:
    assert written(tmp_path)[1] == {
        "cider": {"value": 2.1235, "low": 2.0, "high": 2.25, "n": 400},
        "vocabulary": 111,
        "share": 0.1234,
    }
