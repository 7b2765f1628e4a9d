"""CIDEr as coco-caption computes it, which is the variant that its paper calls CIDEr-D."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lib.scoring.ngrams import NgramCounts, caption_lengths, count_ngrams

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_MAX_ORDER = 4
_SIGMA = 6.0


def cider(references: Sequence[Sequence[str]], candidates: Sequence[str]) -> Floats:
    """Return CIDEr of each tokenised candidate, ``(n_images,)`` in [0, 10]; the score is the mean.

    For n = 1…4, n-grams are weighed by tf · idf, where idf = ln(n_images) - ln(max(1, images whose
    references have the n-gram)). Per reference s: Σ min(candidate, reference) · reference over both
    norms, times exp(-d² / (2·6²)), d the difference in length; the mean over n and references,
    times 10. Source: Vedantam et al. 2015 (arXiv 1411.5726), eq. 4 to 6;
    ``pycocoevalcap/cider/cider_scorer.py``. As there, a length is the number of bigrams.

    The idf comes from these references: scores of different image sets do not compare, and a
    single image has idf 0 everywhere and so scores 0, however good its caption.
    """
    n_images = len(candidates)
    flat = [reference for group in references for reference in group]
    image = np.repeat(np.arange(n_images), [len(group) for group in references])
    similarity = np.zeros(len(flat))
    for counts in count_ngrams([*flat, *candidates], _MAX_ORDER):
        similarity += _similarity(counts, image, len(flat), n_images)
    n_bigrams = np.maximum(caption_lengths([*flat, *candidates]) - 1, 0)
    distance = n_bigrams[len(flat) :][image] - n_bigrams[: len(flat)]
    similarity *= np.exp(-(distance**2) / (2 * _SIGMA**2))
    n_references = np.bincount(image, minlength=n_images)
    sums = np.bincount(image, weights=similarity, minlength=n_images)
    scores: Floats = 10.0 * sums / (_MAX_ORDER * n_references)
    return scores


def _similarity(counts: NgramCounts, image: Ints, n_references: int, n_images: int) -> Floats:
    """Return each reference's clipped cosine with its image's candidate, ``(n_references,)``."""
    is_reference = counts.caption < n_references
    owner, ngram = counts.caption[is_reference], counts.ngram[is_reference]
    weight = counts.count * _idf(image[owner], ngram, counts.n_ngrams, n_images)[counts.ngram]
    norm = np.sqrt(np.bincount(counts.caption, weight**2, minlength=n_references + n_images))
    reference_weight = weight[is_reference]
    candidate_weight = _look_up(
        (counts.caption[~is_reference] - n_references) * counts.n_ngrams
        + counts.ngram[~is_reference],
        weight[~is_reference],
        image[owner] * counts.n_ngrams + ngram,
    )
    shared = np.minimum(candidate_weight, reference_weight) * reference_weight
    similarity = np.bincount(owner, shared, minlength=n_references).astype(np.float64)
    norms = norm[:n_references] * norm[n_references:][image]
    np.divide(similarity, norms, out=similarity, where=norms > 0)
    return similarity


def _idf(image: Ints, ngram: Ints, n_ngrams: int, n_images: int) -> Floats:
    """Return each n-gram's inverse document frequency; a document is one image's references."""
    pairs = np.unique(image * n_ngrams + ngram)
    frequency = np.bincount(pairs % max(n_ngrams, 1), minlength=n_ngrams)
    idf: Floats = np.log(n_images) - np.log(np.maximum(frequency, 1))
    return idf


def _look_up(keys: Ints, values: Floats, wanted: Ints) -> Floats:
    """Return the value of each wanted key, 0 where ``keys`` (ascending) lack it."""
    if not len(keys):
        return np.zeros(len(wanted))
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], 0.0)
