"""CIDEr as coco-caption computes it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pycocoevalcap.cider.cider import Cider

from lib.scoring.cider import cider


def test_captions_of_four_words_equal_to_their_references_score_ten() -> None:
    captions = ["one dog runs fast", "two cats sleep here"]
    assert cider([[one] for one in captions], captions) == pytest.approx([10, 10])


def test_orders_without_an_ngram_count_zero() -> None:
    # "a dog" has words and one bigram, both cosines 1, but no 3- or 4-gram: 10 · 2/4.
    assert cider([["a dog"], ["a cat"]], ["a dog", "a cat"]) == pytest.approx([5, 5])


def test_words_that_every_image_has_weigh_nothing() -> None:
    # "a" is in both images' references: ln 2 - ln 2 = 0.
    assert cider([["a dog"], ["a cat"]], ["a", "a"]).tolist() == [0, 0]


def test_a_length_that_differs_is_damped() -> None:
    # One of three equally rare words: cosine 1/√3, lengths 0 and 2 bigrams, 1 of 4 orders.
    expected = 10 / 4 / math.sqrt(3) * math.exp(-(2**2) / (2 * 6**2))
    scores = cider([["dog b c"], ["x y z"]], ["dog", "x y z"])
    assert scores[0] == pytest.approx(expected)


def test_a_repeated_word_gains_nothing() -> None:
    # tf 2 against 1 is clipped: 1·1 / (2·1) of unigrams, and "dog dog" is no known bigram.
    scores = cider([["dog"], ["cat"]], ["dog dog", "cat"])
    assert scores[0] == pytest.approx(10 / 4 * 0.5 * math.exp(-1 / 72))


def test_a_single_image_scores_zero_since_its_words_have_no_idf() -> None:
    assert cider([["a dog runs fast", "a dog"]], ["a dog runs fast"]).tolist() == [0]


def test_empty_captions_and_references_score_zero() -> None:
    assert cider([["a dog"], [""]], ["", ""]).tolist() == [0, 0]
    assert cider([[""], [""]], ["", ""]).tolist() == [0, 0]


def test_one_to_seven_references_agree_with_coco_caption() -> None:
    pick = np.random.default_rng(0)
    words = np.array([f"w{i}" for i in range(30)] + ["a", "é"] * 8)

    def caption() -> str:
        return " ".join(pick.choice(words, size=pick.integers(0, 12)))

    references = [[caption() for _ in range(pick.integers(1, 8))] for _ in range(60)]
    candidates = [group[0] + " " + caption() for group in references]
    _, expected = Cider().compute_score(
        dict(enumerate(references)), {i: [one] for i, one in enumerate(candidates)}
    )
    assert cider(references, candidates) == pytest.approx(expected)
