"""Corpus BLEU-1 to BLEU-4 as coco-caption computes it, from statistics that a bootstrap can sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.scoring.ngrams import NgramCounts, caption_lengths, count_ngrams

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MAX_ORDER = 4
# coco-caption's guards against division by zero: no n-gram at all still gives 0.
_TINY = 1e-15
_SMALL = 1e-9


@dataclass(frozen=True, eq=False)
class BleuScores:
    """BLEU-1…4 of a corpus, of each image alone, and what both come from."""

    corpus: tuple[float, float, float, float]  # in [0, 1]
    per_image: Floats  # (n_images, 4), in [0, 1]
    statistics: Ints  # (n_images, 10): 4 matches, 4 totals, candidate length, reference length


def bleu(references: Sequence[Sequence[str]], candidates: Sequence[str]) -> BleuScores:
    """Score tokenised ``candidates`` against their tokenised ``references``, image by image.

    Source: Papineni et al. 2002; ``pycocoevalcap/bleu/bleu_scorer.py`` (option "closest").
    """
    statistics = bleu_statistics(references, candidates)
    first, second, third, fourth = bleu_of_sums(statistics.sum(axis=0)).tolist()
    return BleuScores((first, second, third, fourth), bleu_of_sums(statistics), statistics)


def bleu_of_sums(sums: npt.NDArray[np.int64 | np.float64]) -> Floats:
    """Return BLEU-1…4, ``(…, 4)`` in [0, 1], of summed statistics ``(…, 10)``.

    BLEU-n = min(1, exp(1 - r/c)) · (∏ over k ≤ n of matches_k / totals_k)^(1/n), where c is the
    candidates' length and r the sum of the closest references' lengths.
    """
    matches, totals = sums[..., :MAX_ORDER], sums[..., MAX_ORDER : 2 * MAX_ORDER]
    precisions = np.cumprod((matches + _TINY) / (totals + _SMALL), axis=-1)
    ratio = (sums[..., -2] + _TINY) / (sums[..., -1] + _SMALL)
    brevity = np.where(ratio < 1, np.exp(1 - 1 / np.minimum(ratio, 1)), 1.0)
    scores: Floats = precisions ** (1 / np.arange(1, MAX_ORDER + 1)) * brevity[..., None]
    return scores


def bleu_statistics(references: Sequence[Sequence[str]], candidates: Sequence[str]) -> Ints:
    """Return per image 4 clipped matches, 4 totals, candidate and reference length, ``(n, 10)``.

    An n-gram of the candidate matches as often as it occurs in the reference that has it most.
    """
    flat = [reference for group in references for reference in group]
    image = np.repeat(np.arange(len(candidates)), [len(group) for group in references])
    image = np.concatenate([image, np.arange(len(candidates))])
    lengths = caption_lengths(candidates)
    matches = [
        _matches(counts, image, len(flat), len(candidates))
        for counts in count_ngrams([*flat, *candidates], MAX_ORDER)
    ]
    totals = [np.maximum(lengths - order, 0) for order in range(MAX_ORDER)]
    closest = _closest_lengths(caption_lengths(flat), lengths, image[: len(flat)])
    return np.stack([*matches, *totals, lengths, closest], axis=1)


def _matches(counts: NgramCounts, image: Ints, n_references: int, n_images: int) -> Ints:
    keys = image[counts.caption] * counts.n_ngrams + counts.ngram
    is_candidate = counts.caption >= n_references
    known, place = np.unique(keys[~is_candidate], return_inverse=True)
    most = np.zeros(len(known) + 1, dtype=np.int64)  # the last: n-grams that no reference has
    np.maximum.at(most, place, counts.count[~is_candidate])
    wanted = keys[is_candidate]
    found = np.searchsorted(known, wanted)
    found[~np.isin(wanted, known)] = len(known)
    clipped = np.minimum(counts.count[is_candidate], most[found])
    matches = np.zeros(n_images, dtype=np.int64)
    np.add.at(matches, wanted // max(counts.n_ngrams, 1), clipped)
    return matches


def _closest_lengths(reference_lengths: Ints, lengths: Ints, image: Ints) -> Ints:
    """Of each image's references, the length nearest to the candidate's; of two, the shorter."""
    distance = np.abs(reference_lengths - lengths[image])
    order = np.lexsort((reference_lengths, distance, image))
    first = np.unique(image[order], return_index=True)[1]
    return reference_lengths[order][first]
