"""Scores as files: few rounded figures for `dvc metrics`, and every interval beside them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lib.scoring.bootstrap import Interval

DIGITS = 4
Score = Interval | float


def rounded(value: float) -> float:
    return round(float(value), DIGITS)


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Readable JSON, keys in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def figure(score: Score) -> float:
    """The score as one rounded number; a whole number stays whole."""
    value = score.value if isinstance(score, Interval) else score
    return value if isinstance(value, int) else rounded(value)


def described(score: Score) -> float | dict[str, float]:
    """The score with its interval and the number of items behind it, where it has them."""
    if not isinstance(score, Interval):
        return figure(score)
    return {k: v if k == "n" else rounded(v) for k, v in asdict(score).items()}


def write_scores(
    main_path: Path, detail_path: Path, scores: Mapping[str, Score], main: Sequence[str]
) -> None:
    """Two files: the few figures named in `main`, as far as there are any, for `dvc metrics`; and
    every score with its 95 % bootstrap interval.
    """
    write_json(detail_path, {name: described(score) for name, score in scores.items()})
    write_json(main_path, {name: figure(scores[name]) for name in main if name in scores})
