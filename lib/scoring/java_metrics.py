"""METEOR and SPICE, which exist in Java only: run where they can run, else a reason, never a 0."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pycocoevalcap  # type: ignore[import-untyped]
from pycocoevalcap.meteor.meteor import Meteor  # type: ignore[import-untyped]
from pycocoevalcap.spice.spice import Spice  # type: ignore[import-untyped]

_NO_JAVA = "not run: no java on this machine"
# Named in pycocoevalcap/spice/get_stanford_models.py, which would download them.
_SPICE_MODELS = ("stanford-corenlp-3.6.0.jar", "stanford-corenlp-3.6.0-models.jar")


@dataclass(frozen=True, eq=False)
class JavaScore:
    """A metric's result, or why there is none."""

    score: float | None  # in [0, 1]
    per_image: npt.NDArray[np.float64] | None  # (n_images,)
    note: str  # "" or "not run: why"


def meteor(references: Sequence[Sequence[str]], candidates: Sequence[str]) -> JavaScore:
    """Return METEOR 1.5 of tokenised captions.

    The score is METEOR's own, from the matches of the whole corpus; the mean of the images differs
    a little. Source: Denkowski and Lavie 2014, through pycocoevalcap (exact, stem, synonym and
    paraphrase matches of English).
    """
    if not shutil.which("java"):
        return _not_run(_NO_JAVA)
    scorer = Meteor()
    try:
        score, per_image = scorer.compute_score(*_by_number(references, candidates))
    except (OSError, ValueError):  # Java ended early: a closed pipe, or no number to read
        _dismiss(scorer)
        return _not_run("not run: METEOR's java ended early; it asks for 2 GB of memory")
    return JavaScore(score, np.array(per_image, dtype=np.float64), "")


def spice(references: Sequence[Sequence[str]], candidates: Sequence[str]) -> JavaScore:
    """Return SPICE of tokenised captions; the score is the mean of the images' F-scores.

    Source: Anderson et al. 2016, through pycocoevalcap. Its parser's models are not fetched here.
    """
    if not shutil.which("java"):
        return _not_run(_NO_JAVA)
    missing = missing_spice_models(Path(pycocoevalcap.__path__[0]))
    if missing:
        return _not_run(f"not run: pycocoevalcap/spice/lib lacks {', '.join(missing)}")
    try:
        score, details = Spice().compute_score(*_by_number(references, candidates))
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        return _not_run(f"not run: SPICE failed ({error}); it needs Java 8")
    per_image = np.array([detail["All"]["f"] for detail in details], dtype=np.float64)
    return JavaScore(float(score), per_image, "")


def missing_spice_models(package: Path) -> list[str]:
    """Name the files of SPICE's parser that a pycocoevalcap folder lacks."""
    return [name for name in _SPICE_MODELS if not (package / "spice" / "lib" / name).exists()]


def _dismiss(scorer: Meteor) -> None:
    """Let a scorer whose java has ended go: its own farewell would wait for ever, then complain."""
    scorer.lock.release()
    with contextlib.suppress(OSError):
        scorer.meteor_p.stdin.close()


def _not_run(note: str) -> JavaScore:
    return JavaScore(None, None, note)


def _by_number(
    references: Sequence[Sequence[str]], candidates: Sequence[str]
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return references and candidates as pycocoevalcap wants them, by number of image."""
    return (
        {number: list(group) for number, group in enumerate(references)},
        {number: [caption] for number, caption in enumerate(candidates)},
    )
