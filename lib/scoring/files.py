"""Scores as files: few rounded figures for `dvc metrics`, and every interval beside them."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lib.scoring.bootstrap import Interval

DIGITS = 4


def rounded(value: float) -> float:
    return round(float(value), DIGITS)


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Readable JSON, keys in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def write_scores(path: Path, scores: Mapping[str, float]) -> None:
    """The main figures, rounded: whole numbers stay whole."""
    write_json(path, {k: v if isinstance(v, int) else rounded(v) for k, v in scores.items()})


def write_intervals(path: Path, intervals: Mapping[str, Interval]) -> None:
    """Each score with its 95 % bootstrap interval and the number of items behind it."""
    rows = {name: asdict(interval) for name, interval in intervals.items()}
    write_json(
        path,
        {n: {k: v if k == "n" else rounded(v) for k, v in row.items()} for n, row in rows.items()},
    )
