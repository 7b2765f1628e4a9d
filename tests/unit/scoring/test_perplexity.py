"""Perplexity per token, per word and bits per byte."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lib.errors import InputError
from lib.scoring.perplexity import perplexity, perplexity_of_sums


def test_a_uniform_model_over_v_tokens_has_perplexity_v() -> None:
    n_tokens = np.array([3, 10, 1])
    result = perplexity(
        n_tokens * math.log(50), n_tokens, np.array([2, 5, 1]), np.array([9, 40, 3]), np.arange(3)
    )
    assert (result.reference, result.per_token) == pytest.approx((50, 50))
    assert (result.n_texts, result.n_tokens) == (3, 14)


def test_two_tokens_a_word_square_the_perplexity_per_word() -> None:
    result = perplexity(
        np.array([8 * math.log(5)]), np.array([8]), np.array([4]), np.array([20]), np.array([0])
    )
    assert result.per_word == pytest.approx(25)


def test_one_fair_bit_a_byte_is_one_bit_per_byte() -> None:
    result = perplexity(
        np.array([6 * math.log(2)]), np.array([3]), np.array([1]), np.array([6]), np.array([0])
    )
    assert result.bits_per_byte == pytest.approx(1)


def test_the_reference_rule_averages_batches_the_standard_rule_tokens() -> None:
    # Batch 0: 2 nats over 1 token. Batch 1: two texts, 3 nats over 3 tokens. Means 2 and 1.
    result = perplexity(
        np.array([2.0, 1.0, 2.0]),
        np.array([1, 1, 2]),
        np.array([1, 1, 1]),
        np.array([1, 1, 1]),
        np.array([0, 1, 1]),
    )
    assert result.reference == pytest.approx(math.exp(1.5))
    assert result.per_token == pytest.approx(math.exp(5 / 4))


def test_stacked_sums_give_a_perplexity_each() -> None:
    sums = np.array([[2 * math.log(3), 2.0], [0.0, 4.0]])
    assert perplexity_of_sums(sums) == pytest.approx([3, 1])


def test_a_text_without_tokens_is_an_error_that_names_it() -> None:
    ones = np.array([1, 1])
    with pytest.raises(InputError, match="text 1 has 0 tokens"):
        perplexity(np.array([1.0, 0.0]), np.array([1, 0]), ones, ones, ones)


def test_an_infinite_loss_is_an_error() -> None:
    one = np.array([1])
    with pytest.raises(InputError, match="text 0 has loss inf"):
        perplexity(np.array([np.inf]), one, one, one, one)


def test_no_text_is_an_error() -> None:
    none = np.array([], dtype=np.int64)
    with pytest.raises(InputError, match="no text"):
        perplexity(np.array([]), none, none, none, none)
