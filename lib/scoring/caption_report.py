"""All caption scores of one captioner: the figures for the metrics file and their intervals."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from lib.datasets.scenes.world import Truth
from lib.scoring.bleu import BleuScores, bleu_of_sums
from lib.scoring.bootstrap import Floats, Interval, interval_of_mean, interval_of_sums
from lib.scoring.captions import (
    CaptionPairs,
    caption_variety,
    pair_captions,
    score_captions,
    tokenize_pairs,
)
from lib.scoring.facts import facts_right
from lib.scoring.ptb import tokenize_captions
from lib.scoring.reference_bleu import sentence_bleu_per_image

FACTS = ("subject", "action", "second_thing", "colour")


def report_captions(
    references: Mapping[str, Sequence[str]],
    predictions: Mapping[str, str],
    training: Sequence[str],
    images: pd.DataFrame,
    *,
    n_resamples: int,
    seed: int,
) -> dict[str, Interval | float]:
    """Scores of `predictions` (image_id -> caption) under both rules, with intervals of the means.

    `images` has the columns of the images table: where a renderer knew the truth, the share of
    facts that the captions get right is reported too. `training` are the captions that the
    captioner has seen, for the share of novel ones.
    """
    pairs = pair_captions(references, predictions)
    tokenized = tokenize_pairs(pairs)
    found = score_captions(tokenized)
    mean = partial(interval_of_mean, n_resamples=n_resamples, seed=seed)
    variety = caption_variety(tokenized.predictions, tokenize_captions(list(training)))
    return {
        "cider": mean(found.cider),
        **bleu_intervals(found.bleu, n_resamples, seed),
        "rouge_l": mean(found.rouge_l),
        "bleu_reference": mean(sentence_bleu_per_image(pairs.references, pairs.predictions)),
        **{name: mean(right) for name, right in facts(pairs, images).items()},
        "share_distinct": variety.share_distinct,
        "share_novel": variety.share_novel,
        "vocabulary": variety.vocabulary_size,
        "mean_length": variety.mean_length_tokens,
        "n_images": len(pairs.image_ids),
    }


def bleu_intervals(scores: BleuScores, n_resamples: int, seed: int) -> dict[str, Interval]:
    """Corpus BLEU-1 to 4, resampled through its sufficient statistics."""

    def order(n: int, sums: Floats) -> Floats:
        values: Floats = bleu_of_sums(sums)[..., n - 1]
        return values

    return {
        f"bleu_{n}": interval_of_sums(
            scores.statistics, partial(order, n), n_resamples=n_resamples, seed=seed
        )
        for n in (1, 2, 3, 4)
    }


def facts(pairs: CaptionPairs, images: pd.DataFrame) -> dict[str, Floats]:
    """`NAME_right` -> 1 or 0 for each picture to which the fact applies; no facts, no entry."""
    truths = images.set_index("image_id")[["place", *FACTS]].astype(object)
    truths = truths.where(truths.notna(), None)
    known = [
        (Truth(*truths.loc[image_id]), caption)
        for image_id, caption in zip(pairs.image_ids, pairs.predictions, strict=True)
        if truths.loc[image_id, "place"] is not None
    ]
    judged = [facts_right(truth, caption) for truth, caption in known]
    right = {
        f"{name}_right": [value for facts in judged if (value := getattr(facts, name)) is not None]
        for name in FACTS
    }
    return {name: np.array(values, dtype=np.float64) for name, values in right.items() if values}
