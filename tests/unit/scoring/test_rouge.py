"""ROUGE-L as coco-caption computes it."""

from __future__ import annotations

import numpy as np
import pytest
from pycocoevalcap.rouge.rouge import Rouge

from lib.scoring.rouge import rouge_l


def test_a_caption_equal_to_its_reference_scores_one() -> None:
    assert rouge_l([["a dog runs"]], ["a dog runs"]) == pytest.approx([1])


def test_a_caption_without_a_common_word_scores_zero() -> None:
    assert rouge_l([["a dog"]], ["two cats"]).tolist() == [0]


def test_recall_weighs_more_than_precision() -> None:
    # "a c" is common: P = 2/3, R = 2/4, (1 + 1.44) P R / (R + 1.44 P) = 0.8133 / 1.46.
    assert rouge_l([["a x c d"]], ["a b c"]) == pytest.approx([0.557078], abs=1e-6)


def test_word_order_counts() -> None:
    # Of "b a" only one word is in order: P = R = 1/2.
    assert rouge_l([["a b"]], ["b a"]) == pytest.approx([0.5])


def test_precision_and_recall_may_come_from_different_references() -> None:
    # "a b c d" gives P = 2/2, "a" gives R = 1/1.
    assert rouge_l([["a b c d", "a"]], ["a b"]) == pytest.approx([1])


def test_an_empty_caption_scores_zero_but_agrees_with_an_empty_reference() -> None:
    assert rouge_l([["a dog"], [""]], ["", ""]).tolist() == [0, 1]


def test_repeated_words_agree_with_coco_caption() -> None:
    pick = np.random.default_rng(0)

    def caption() -> str:
        return " ".join(pick.choice(["a", "b", "c", "é"], size=pick.integers(0, 12)))

    references = [[caption() for _ in range(pick.integers(1, 8))] for _ in range(60)]
    candidates = [caption() for _ in range(60)]
    _, expected = Rouge().compute_score(
        dict(enumerate(references)), {i: [one] for i, one in enumerate(candidates)}
    )
    assert rouge_l(references, candidates) == pytest.approx(expected)
