"""Perplexity from summed negative log likelihoods: per token, per word, and bits per byte."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lib.errors import InputError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Perplexity:
    """Perplexities of one model over a set of texts; all at least 1 but the last, at least 0."""

    reference: float  # the reference work's rule
    per_token: float  # depends on the tokenizer
    per_word: float  # compares across tokenizers
    bits_per_byte: float  # compares across tokenizers
    n_texts: int
    n_tokens: int


def perplexity(
    loss_nats: Floats, n_tokens: Ints, n_words: Ints, n_bytes: Ints, batch: Ints
) -> Perplexity:
    """Summarise per-text losses; all arrays ``(n_texts,)``.

    ``loss_nats`` is a text's negative log likelihood in nats, summed over its ``n_tokens`` scored
    tokens; ``n_words`` and ``n_bytes`` are the same text's length; texts of one number in ``batch``
    were scored together. Raises ``InputError`` where a count is below 1 or a loss is not finite.
    """
    _check(loss_nats, {"tokens": n_tokens, "words": n_words, "bytes": n_bytes})
    total = float(loss_nats.sum())
    return Perplexity(
        reference=float(np.exp(_batch_means(loss_nats, n_tokens, batch).mean())),
        per_token=float(np.exp(total / n_tokens.sum())),
        per_word=float(np.exp(total / n_words.sum())),
        bits_per_byte=total / float(np.log(2) * n_bytes.sum()),
        n_texts=len(loss_nats),
        n_tokens=int(n_tokens.sum()),
    )


def perplexity_of_sums(sums: Floats) -> Floats:
    """Return exp(Σ loss / Σ units) of sums ``(…, 2)``: what a bootstrap resamples."""
    values: Floats = np.exp(sums[..., 0] / sums[..., 1])
    return values


def _batch_means(loss_nats: Floats, n_tokens: Ints, batch: Ints) -> Floats:
    """Return each batch's loss per token, the number that a training library logs."""
    _, place = np.unique(batch, return_inverse=True)
    means: Floats = np.bincount(place, loss_nats) / np.bincount(place, n_tokens)
    return means


def _check(loss_nats: Floats, counts: dict[str, Ints]) -> None:
    if not len(loss_nats):
        raise InputError("perplexity: no text; expected at least one; check the split's name")
    bad = np.flatnonzero(~np.isfinite(loss_nats))
    if len(bad):
        raise InputError(
            f"perplexity: text {bad[0]} has loss {loss_nats[bad[0]]}; expected a finite number; "
            "score in float32"
        )
    for unit, count in counts.items():
        empty = np.flatnonzero(count < 1)
        if len(empty):
            raise InputError(
                f"perplexity: text {empty[0]} has {count[empty[0]]} {unit}; expected at least 1; "
                "leave empty texts out"
            )
