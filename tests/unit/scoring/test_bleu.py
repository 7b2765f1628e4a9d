"""Corpus BLEU as coco-caption computes it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pycocoevalcap.bleu.bleu import Bleu

from lib.scoring.bleu import bleu, bleu_of_sums, bleu_statistics


def test_a_caption_equal_to_its_reference_scores_one() -> None:
    assert bleu([["a dog runs on grass"]], ["a dog runs on grass"]).corpus == pytest.approx(
        (1,) * 4
    )


def test_a_short_caption_pays_the_brevity_penalty() -> None:
    # All 3 words, 2 bigrams, 1 trigram match; 3 words for 4: exp(1 - 4/3).
    scores = bleu([["the cat sat down"]], ["the cat sat"]).corpus
    assert scores[:3] == pytest.approx((math.exp(-1 / 3),) * 3)


def test_a_caption_without_a_four_gram_keeps_a_trace_of_bleu_4() -> None:
    # The guards leave 1e-15 / 1e-9 for 0 / 0; its fourth root is 0.0316.
    assert bleu([["a b c"]], ["a b c"]).corpus[3] == pytest.approx(1e-6**0.25, rel=1e-6)


def test_a_word_matches_as_often_as_the_reference_that_has_it_most() -> None:
    # "the" is twice in the second reference: 2 of 3 words match, of length 3 as the nearest.
    statistics = bleu_statistics([["the cat", "the dog the"]], ["the the the"])
    assert statistics[0].tolist() == [2, 0, 0, 0, 3, 2, 1, 0, 3, 3]


def test_of_two_references_equally_near_the_shorter_counts() -> None:
    lengths = bleu_statistics([["a b c d e f", "a b c d"]], ["a b c d e"])[0, -2:]
    assert lengths.tolist() == [5, 4]


def test_the_corpus_score_comes_from_summed_counts() -> None:
    # 2 of 2 and 0 of 2 words match: 2 of 4, not the mean of the images' scores.
    scores = bleu([["a b"], ["c d"]], ["a b", "x y"])
    assert scores.corpus[0] == pytest.approx(0.5)
    assert scores.per_image[:, 0] == pytest.approx([1, 0], abs=1e-5)


def test_sums_may_be_stacked() -> None:
    statistics = bleu_statistics([["a b c d"], ["a b"]], ["a b c d", "b a"])
    stacked = bleu_of_sums(np.stack([statistics[0], statistics.sum(axis=0)]))
    assert stacked.shape == (2, 4)
    assert stacked[0] == pytest.approx([1, 1, 1, 1])


def test_an_empty_caption_and_an_empty_reference_score_zero() -> None:
    scores = bleu([["a dog"], [""]], ["", ""])
    assert scores.per_image == pytest.approx(np.zeros((2, 4)), abs=1e-9)


def test_one_to_seven_references_agree_with_coco_caption() -> None:
    pick = np.random.default_rng(0)
    words = np.array(["a", "dog", "runs", "on", "grass", "café"])

    def caption() -> str:
        return " ".join(pick.choice(words, size=pick.integers(0, 9)))

    references = [[caption() for _ in range(pick.integers(1, 8))] for _ in range(40)]
    candidates = [caption() for _ in range(40)]
    corpus, per_image = Bleu(4).compute_score(
        dict(enumerate(references)), {i: [one] for i, one in enumerate(candidates)}, verbose=0
    )
    scores = bleu(references, candidates)
    assert scores.corpus == pytest.approx(tuple(corpus))
    assert scores.per_image == pytest.approx(np.transpose(per_image))
