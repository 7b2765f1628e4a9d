"""95 % percentile bootstrap intervals over items: of a mean, of a ratio of sums, of a difference.

Source: Efron and Tibshirani 1993, ch. 13; for BLEU and for paired differences Koehn 2004,
"Statistical significance tests for machine translation evaluation".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.errors import InputError

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.float64] | npt.NDArray[np.int64]
Score = Callable[[Floats], Floats]

_PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True)
class Interval:
    """A value with its 95 % interval over ``n`` items."""

    value: float
    low: float
    high: float
    n: int


def interval_of_mean(values: Numbers, *, n_resamples: int, seed: int) -> Interval:
    """Return the mean of ``values`` ``(n,)`` with its interval.

    Raises ``InputError`` where there is no value or one is not finite.
    """
    return interval_of_sums(_column(values), _mean, n_resamples=n_resamples, seed=seed)


def interval_of_sums(statistics: Numbers, score: Score, *, n_resamples: int, seed: int) -> Interval:
    """Return ``score`` of the items' summed ``statistics`` ``(n, k)``, with its interval.

    ``score`` maps sums ``(…, k)`` to scores ``(…)``, as corpus BLEU and perplexity are made; so no
    resample needs the captions again.
    """
    statistics = _checked(statistics)
    value = score(statistics.sum(axis=0))
    resampled = score(_resampled_sums(statistics, n_resamples, seed))
    return _interval(float(value), resampled, len(statistics))


def difference_of_means(
    first: Numbers, second: Numbers, *, n_resamples: int, seed: int
) -> Interval:
    """Return mean(first) - mean(second) of two systems on the same items, both ``(n,)``.

    The items of a resample are the same for both systems (paired bootstrap).
    """
    return difference_of_sums(
        _column(first), _column(second), _mean, n_resamples=n_resamples, seed=seed
    )


def difference_of_sums(
    first: Numbers, second: Numbers, score: Score, *, n_resamples: int, seed: int
) -> Interval:
    """Return score(first) - score(second) of two systems on the same items, both ``(n, k)``."""
    if first.shape != second.shape:
        raise InputError(
            f"paired bootstrap: shapes {first.shape} and {second.shape}; expected the same items "
            "for both systems; score both on the same images or triples"
        )
    k = first.shape[1]
    both = _checked(np.concatenate([first, second], axis=1))

    def difference(sums: Floats) -> Floats:
        return score(sums[..., :k]) - score(sums[..., k:])

    return interval_of_sums(both, difference, n_resamples=n_resamples, seed=seed)


def _column(values: Numbers) -> Floats:
    """Return each value with a 1 beside it, so that the sums hold their number too, ``(n, 2)``."""
    column = np.asarray(values, dtype=np.float64)
    return np.stack([column, np.ones_like(column)], axis=1)


def _mean(sums: Floats) -> Floats:
    mean: Floats = sums[..., 0] / sums[..., 1]
    return mean


def _checked(statistics: Numbers) -> Floats:
    if not len(statistics):
        raise InputError("bootstrap: no item; expected at least one; check that the split has rows")
    checked = np.asarray(statistics, dtype=np.float64)
    bad = np.flatnonzero(~np.isfinite(checked).all(axis=1))
    if len(bad):
        raise InputError(
            f"bootstrap: item {bad[0]} is {checked[bad[0], 0]}; expected finite numbers; "
            "leave items without a score out"
        )
    return checked


def _resampled_sums(statistics: Floats, n_resamples: int, seed: int) -> Floats:
    """Return the sums of ``n_resamples`` draws of n items with replacement, one draw a row."""
    generator = np.random.default_rng(seed)
    n = len(statistics)
    sums = np.empty((n_resamples, statistics.shape[1]))
    for row in range(n_resamples):
        times_drawn = np.bincount(generator.integers(n, size=n), minlength=n)
        sums[row] = times_drawn @ statistics
    return sums


def _interval(value: float, resampled: Floats, n: int) -> Interval:
    low, high = np.percentile(resampled, _PERCENTILES)
    return Interval(value, float(low), float(high), n)
