"""The reference work's sentence BLEU."""

from __future__ import annotations

import pytest

from lib.scoring.reference_bleu import sentence_bleu_per_image


def test_a_caption_equal_to_a_reference_scores_one() -> None:
    assert sentence_bleu_per_image([["x", "A dog runs ."]], ["A dog runs ."]) == pytest.approx([1])


def test_case_counts() -> None:
    # 3 of 4 words, 2 of 3, 1 of 2, 0.1 of 1.
    expected = (3 / 4 * 2 / 3 * 1 / 2 * 0.1) ** 0.25
    assert sentence_bleu_per_image([["a dog runs ."]], ["A dog runs ."]) == pytest.approx(
        [expected]
    )


def test_an_order_without_a_match_counts_a_tenth() -> None:
    # Words 2/2, bigrams 1/1, then 0.1/1 twice.
    assert sentence_bleu_per_image([["a b"]], ["a b"]) == pytest.approx([0.01**0.25])


def test_captions_without_a_common_word_score_zero() -> None:
    assert sentence_bleu_per_image([["a b"], ["a"]], ["c d", ""]).tolist() == [0, 0]
