"""ROUGE-L as coco-caption computes it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_BETA_SQUARED = 1.2**2  # coco-caption's weight of recall


def rouge_l(
    references: Sequence[Sequence[str]], candidates: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Return ROUGE-L of each tokenised candidate, ``(n_images,)`` in [0, 1].

    F = (1 + β²) P R / (R + β² P), β = 1.2, where P and R are the longest common subsequence over
    the candidate's and over the reference's length, each the best of all references, not
    necessarily of the same. Source: Lin 2004; ``pycocoevalcap/rouge/rouge.py``.

    As there, an empty caption is one empty token: two empty captions agree and score 1.
    """
    scores = [_score(group, one) for group, one in zip(references, candidates, strict=True)]
    return np.array(scores, dtype=np.float64)


def _score(references: Sequence[str], candidate: str) -> float:
    tokens = candidate.split(" ")
    others = [reference.split(" ") for reference in references]
    common = _longest_common_subsequences(tokens, others)
    precision = max(common) / len(tokens)
    recall = max(length / len(other) for length, other in zip(common, others, strict=True))
    if precision == 0:
        return 0.0
    return (1 + _BETA_SQUARED) * precision * recall / (recall + _BETA_SQUARED * precision)


def _longest_common_subsequences(tokens: list[str], others: list[list[str]]) -> list[int]:
    """Return the length of the longest common subsequence of ``tokens`` with each of ``others``.

    One bit a token of ``tokens``, one addition a token of the other: Hyyrö 2004, "Bit-parallel LCS
    length computation revisited".
    """
    places: dict[str, int] = {}
    for place, token in enumerate(tokens):
        places[token] = places.get(token, 0) | 1 << place
    everything = (1 << len(tokens)) - 1
    lengths = []
    for other in others:
        unmatched = everything
        for token in other:
            hit = unmatched & places.get(token, 0)
            unmatched = (unmatched + hit) | (unmatched - hit)
        lengths.append(len(tokens) - (unmatched & everything).bit_count())
    return lengths
