"""Bootstrap intervals."""

from __future__ import annotations

import numpy as np
import pytest

from lib.errors import InputError
from lib.scoring.bleu import bleu_of_sums, bleu_statistics
from lib.scoring.bootstrap import (
    Floats,
    Interval,
    difference_of_means,
    difference_of_sums,
    interval_of_mean,
    interval_of_sums,
)

SCORES = np.random.default_rng(7).normal(size=200)


def _bleu_1(sums: Floats) -> Floats:
    return bleu_of_sums(sums)[..., 0]


def test_equal_values_have_an_interval_of_no_width() -> None:
    assert interval_of_mean(np.full(9, 2.5), n_resamples=50, seed=1) == Interval(2.5, 2.5, 2.5, 9)


def test_one_item_has_an_interval_of_no_width() -> None:
    assert interval_of_mean(np.array([3.0]), n_resamples=50, seed=1) == Interval(3.0, 3.0, 3.0, 1)


def test_the_interval_of_a_share_is_two_standard_errors_wide_each_side() -> None:
    # 50 of 100: standard error √(0.5 · 0.5 / 100) = 0.05.
    interval = interval_of_mean(np.repeat([0.0, 1.0], 50), n_resamples=4000, seed=1)
    assert interval.value == 0.5
    assert interval.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.015)
    assert interval.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.015)


def test_a_seed_gives_one_interval_and_another_seed_another() -> None:
    first, again, other = (
        interval_of_mean(SCORES, n_resamples=100, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again
    assert (other.value, other.n) == (first.value, first.n)
    assert other.low != first.low


def test_corpus_bleu_is_resampled_by_image() -> None:
    # One image right, one wrong: a resample draws 0, 1 or 2 right, so BLEU-1 is 0, 1/2 or 1.
    statistics = bleu_statistics([["a b"], ["c d"]], ["a b", "x y"])
    interval = interval_of_sums(statistics, _bleu_1, n_resamples=500, seed=1)
    assert interval.value == pytest.approx(0.5)
    assert (interval.low, interval.high) == pytest.approx((0, 1), abs=1e-6)


def test_a_system_does_not_differ_from_itself() -> None:
    same = difference_of_means(SCORES, SCORES, n_resamples=100, seed=1)
    assert same == Interval(0.0, 0.0, 0.0, 200)


def test_a_constant_gain_is_certain_however_much_items_vary() -> None:
    gain = difference_of_means(SCORES + 0.25, SCORES, n_resamples=100, seed=1)
    assert (gain.value, gain.low, gain.high) == pytest.approx((0.25, 0.25, 0.25))


def test_two_systems_corpus_bleu_differ_on_the_same_resamples() -> None:
    references = [["a b"], ["c d"]]
    first = bleu_statistics(references, ["a b", "c d"])
    second = bleu_statistics(references, ["a x", "c y"])
    # Every draw has BLEU-1 of 1 for the first and 1/2 for the second.
    gain = difference_of_sums(first, second, _bleu_1, n_resamples=100, seed=1)
    assert (gain.value, gain.low, gain.high) == pytest.approx((0.5, 0.5, 0.5))


def test_no_item_is_an_error() -> None:
    with pytest.raises(InputError, match="no item"):
        interval_of_mean(np.array([]), n_resamples=10, seed=1)


def test_a_missing_score_is_an_error_that_names_the_item() -> None:
    with pytest.raises(InputError, match="item 1 is nan"):
        interval_of_mean(np.array([1.0, np.nan]), n_resamples=10, seed=1)


def test_systems_on_different_items_are_an_error() -> None:
    with pytest.raises(InputError, match="the same items"):
        difference_of_means(SCORES, SCORES[1:], n_resamples=10, seed=1)
