"""Recall at k of image-text retrieval, both ways, from paired embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.errors import InputError

Floats = npt.NDArray[np.float64]

_NORM_TOLERANCE = 1e-2  # half precision leaves norms within about 0.001 of 1
_DECIMALS = 6  # closer similarities are a tie: beyond the precision of float32 embeddings


@dataclass(frozen=True, eq=False)
class Recall:
    """Recall at each of ``ks`` per query, in [0, 1]; the score is the mean over queries."""

    ks: tuple[int, ...]
    image_to_text: Floats  # (n, len(ks)): each image's own text among the k nearest texts
    text_to_image: Floats  # (n, len(ks)): each text's own image among the k nearest images


def recall_at_k(
    images: npt.NDArray[np.floating], texts: npt.NDArray[np.floating], ks: Sequence[int]
) -> Recall:
    """Compare row i of ``images`` with row i of ``texts``, both ``(n, d)`` and L2-normalised.

    Of t equally near answers, g being nearer, the own one is among the first k with probability
    (k - g) / t; that is what a tie counts, so that embeddings all alike score chance, k / n.
    Raises ``InputError`` where the shapes differ or a row is not of length 1.
    """
    _check(images, texts)
    similarity = images.astype(np.float64) @ texts.astype(np.float64).T  # (n images, n texts)
    similarity = similarity.round(_DECIMALS)
    return Recall(tuple(ks), _hits(similarity, ks), _hits(similarity.T, ks))


def _hits(similarity: Floats, ks: Sequence[int]) -> Floats:
    """Return, per row, the chance that the diagonal's entry is among the k largest, ``(n, K)``."""
    own = similarity.diagonal()[:, None]
    n_nearer = (similarity > own).sum(axis=1)
    n_tied = (similarity == own).sum(axis=1)
    chances = [np.clip((k - n_nearer) / n_tied, 0.0, 1.0) for k in ks]
    return np.stack(chances, axis=1)


def _check(images: npt.NDArray[np.floating], texts: npt.NDArray[np.floating]) -> None:
    if images.shape != texts.shape or images.ndim != 2 or not len(images):
        raise InputError(
            f"retrieval: embeddings of shapes {images.shape} and {texts.shape}; expected two "
            "equal (n, d) with n at least 1; embed one caption an image"
        )
    for side, rows in (("image", images), ("text", texts)):
        norms = np.linalg.norm(rows.astype(np.float64), axis=1)
        bad = np.flatnonzero(~(np.abs(norms - 1) <= _NORM_TOLERANCE))
        if len(bad):
            raise InputError(
                f"retrieval: {side} embedding {bad[0]} has length {norms[bad[0]]:.4g}; expected 1; "
                "L2-normalise the embeddings"
            )
