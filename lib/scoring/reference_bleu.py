"""The reference work's BLEU: NLTK's smoothed sentence BLEU-4, averaged over images."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from nltk.translate.bleu_score import (  # type: ignore[import-untyped]
    SmoothingFunction,
    sentence_bleu,
)


def sentence_bleu_per_image(
    references: Sequence[Sequence[str]], candidates: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Return sentence BLEU-4 of each caption, ``(n_images,)`` in [0, 1]; the score is the mean.

    Captions as written: tokens are parted by white space and keep their case and punctuation. All
    of an image's references count; an n-gram order without a match counts as 0.1 matches
    (smoothing method 1 of Chen and Cherry 2014). An empty caption, or one that shares no word with
    a reference, scores 0. Not comparable to corpus BLEU.
    """
    smoothing = SmoothingFunction().method1
    scores = [
        sentence_bleu([one.split() for one in group], caption.split(), smoothing_function=smoothing)
        for group, caption in zip(references, candidates, strict=True)
    ]
    return np.array(scores, dtype=np.float64)
