"""Predicted captions against reference captions: pairing, tokens, and the standard metrics."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.errors import InputError
from lib.scoring.bleu import BleuScores, bleu
from lib.scoring.cider import cider
from lib.scoring.ptb import tokenize_captions
from lib.scoring.rouge import rouge_l


@dataclass(frozen=True)
class Coverage:
    """Which images one side has and the other lacks."""

    missing: tuple[str, ...]  # image ids with references but without a prediction
    unknown: tuple[str, ...]  # image ids with a prediction but without references


@dataclass(frozen=True)
class CaptionPairs:
    """Predictions with their references; all three of one length, in one order."""

    image_ids: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]
    predictions: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CaptionScores:
    """The standard metrics of a set of captions; arrays in the order of ``image_ids``."""

    image_ids: tuple[str, ...]
    bleu: BleuScores
    rouge_l: npt.NDArray[np.float64]  # (n_images,), in [0, 1]; the score is the mean
    cider: npt.NDArray[np.float64]  # (n_images,), in [0, 10]; the score is the mean


@dataclass(frozen=True)
class CaptionVariety:
    """How varied a set of captions is."""

    n_captions: int
    mean_length_tokens: float
    vocabulary_size: int  # distinct tokens
    share_distinct: float  # distinct captions / captions
    share_novel: float  # captions that are no training caption / captions


def check_coverage(references: Collection[str], predictions: Collection[str]) -> Coverage:
    """Compare image ids, each in the order given."""
    wanted, given = set(references), set(predictions)
    return Coverage(
        missing=tuple(image_id for image_id in references if image_id not in given),
        unknown=tuple(image_id for image_id in predictions if image_id not in wanted),
    )


def pair_captions(
    references: Mapping[str, Sequence[str]], predictions: Mapping[str, str]
) -> CaptionPairs:
    """Align predictions with references, in the order of ``references``; captions as written.

    Raises ``InputError`` where there is no image, the image ids differ, or an image has no
    reference.
    """
    if not references:
        raise InputError("references: no image; expected at least one; check the split's name")
    coverage = check_coverage(references, predictions)
    for problem, ids in (("lack", coverage.missing), ("have unknown", coverage.unknown)):
        if ids:
            raise InputError(
                f"predictions: {problem} {len(ids)} of the {len(references)} images with "
                f"references (first: {ids[0]!r}); expected one caption for each; caption the same "
                "images that are scored"
            )
    for image_id, group in references.items():
        if not group:
            raise InputError(
                f"references: image {image_id!r} has none; expected at least one; leave the image "
                "out of both sides"
            )
    return CaptionPairs(
        tuple(references),
        tuple(tuple(group) for group in references.values()),
        tuple(predictions[image_id] for image_id in references),
    )


def tokenize_pairs(pairs: CaptionPairs) -> CaptionPairs:
    """Return ``pairs`` in coco-caption's tokens, each caption a string parted by spaces."""
    tokens = iter(tokenize_captions([caption for group in pairs.references for caption in group]))
    references = tuple(tuple(next(tokens) for _ in group) for group in pairs.references)
    return CaptionPairs(pairs.image_ids, references, tuple(tokenize_captions(pairs.predictions)))


def score_captions(tokenized: CaptionPairs) -> CaptionScores:
    """Compute BLEU-1…4, ROUGE-L and CIDEr of tokenised captions."""
    references, predictions = tokenized.references, tokenized.predictions
    return CaptionScores(
        image_ids=tokenized.image_ids,
        bleu=bleu(references, predictions),
        rouge_l=rouge_l(references, predictions),
        cider=cider(references, predictions),
    )


def caption_variety(captions: Sequence[str], training_captions: Collection[str]) -> CaptionVariety:
    """Measure the variety of tokenised ``captions``; ``training_captions`` tokenised alike.

    Raises ``InputError`` where there is no caption.
    """
    if not captions:
        raise InputError("captions: none given; expected at least one; caption some images first")
    seen = frozenset(training_captions)
    words = [caption.split() for caption in captions]
    return CaptionVariety(
        n_captions=len(captions),
        mean_length_tokens=sum(map(len, words)) / len(captions),
        vocabulary_size=len({word for tokens in words for word in tokens}),
        share_distinct=len(set(captions)) / len(captions),
        share_novel=sum(caption not in seen for caption in captions) / len(captions),
    )
