"""Pairing predictions with references, their tokens, and the variety of captions."""

from __future__ import annotations

import pytest

from lib.errors import InputError
from lib.scoring.captions import (
    CaptionPairs,
    CaptionVariety,
    Coverage,
    caption_variety,
    check_coverage,
    pair_captions,
    score_captions,
    tokenize_pairs,
)


def test_coverage_names_the_images_that_one_side_lacks() -> None:
    assert check_coverage(["3", "1", "2"], ["1", "9"]) == Coverage(("3", "2"), ("9",))


def test_pairs_follow_the_order_of_the_references() -> None:
    pairs = pair_captions({"2": ["x", "y"], "1": ["z"]}, {"1": "one", "2": "two"})
    assert pairs == CaptionPairs(("2", "1"), (("x", "y"), ("z",)), ("two", "one"))


def test_a_missing_prediction_is_an_error_that_names_the_image() -> None:
    with pytest.raises(InputError, match=r"lack 1 of the 2 images.*'2'"):
        pair_captions({"1": ["a"], "2": ["b"]}, {"1": "a"})


def test_a_prediction_for_an_unknown_image_is_an_error() -> None:
    with pytest.raises(InputError, match=r"unknown 1.*'7'"):
        pair_captions({"1": ["a"]}, {"1": "a", "7": "b"})


def test_an_image_without_references_is_an_error() -> None:
    with pytest.raises(InputError, match="image '1' has none"):
        pair_captions({"1": []}, {"1": "a"})


def test_no_image_is_an_error() -> None:
    with pytest.raises(InputError, match="no image"):
        pair_captions({}, {})


def test_tokens_keep_the_shape_of_the_pairs() -> None:
    pairs = CaptionPairs(("1", "2"), (("A dog.", "Dogs!"), ("It's me",)), ("A dog", "..."))
    assert tokenize_pairs(pairs) == CaptionPairs(
        ("1", "2"), (("a dog", "dogs"), ("it 's me",)), ("a dog", "")
    )


def test_case_and_punctuation_do_not_matter() -> None:
    references = {"1": ["A dog, running on grass."], "2": ["Two cats asleep in bed"]}
    predictions = {"1": "a dog running on grass", "2": "two cats asleep in bed!"}
    scores = score_captions(tokenize_pairs(pair_captions(references, predictions)))
    assert scores.bleu.corpus == pytest.approx((1, 1, 1, 1))
    assert scores.rouge_l == pytest.approx([1, 1])
    assert scores.cider == pytest.approx([10, 10])


def test_captions_of_only_punctuation_score_zero() -> None:
    pairs = pair_captions({"1": ["a dog"], "2": ["a cat"]}, {"1": "...", "2": ""})
    scores = score_captions(tokenize_pairs(pairs))
    assert scores.bleu.corpus == pytest.approx((0, 0, 0, 0))
    assert (scores.rouge_l.tolist(), scores.cider.tolist()) == ([0, 0], [0, 0])


def test_variety_counts_lengths_words_repeats_and_novel_captions() -> None:
    captions = ["a dog", "a dog", "a cat sleeps", ""]
    # Lengths 2, 2, 3, 0; words a, dog, cat, sleeps; 3 distinct of 4; all but "a dog" are new.
    assert caption_variety(captions, ["a dog", "a bird"]) == CaptionVariety(4, 1.75, 4, 0.75, 0.5)


def test_variety_of_no_caption_is_an_error() -> None:
    with pytest.raises(InputError, match="none given"):
        caption_variety([], [])
