"""n-grams of tokenised captions as integer arrays: what BLEU and CIDEr count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class NgramCounts:
    """How often each n-gram of one order occurs in each caption; one entry a pair, sorted."""

    caption: Ints  # (n_entries,) caption index, ascending
    ngram: Ints  # (n_entries,) n-gram number, ascending within a caption
    count: Ints  # (n_entries,) at least 1
    n_ngrams: int  # n-gram numbers lie in [0, n_ngrams)


def count_ngrams(captions: Sequence[str], max_order: int) -> Iterator[NgramCounts]:
    """Yield the counts of 1-grams, 2-grams, … ``max_order``-grams over all ``captions``.

    A caption is a string of tokens parted by white space; its number is its place in ``captions``.
    The same n-gram has the same number in every caption.
    """
    token, caption = _number_tokens(captions)
    n_tokens = int(token.max(initial=-1)) + 1
    ngram, start = token, np.arange(len(token))
    for order in range(1, max_order + 1):
        if order > 1:
            ngram, start = _extend(ngram, start, order, token, caption, n_tokens)
        yield _count(caption[start], ngram)


def caption_lengths(captions: Sequence[str]) -> Ints:
    """Return the number of tokens of each caption, ``(n_captions,)``."""
    return np.array([len(caption.split()) for caption in captions], dtype=np.int64)


def _number_tokens(captions: Sequence[str]) -> tuple[Ints, Ints]:
    """Return every token's number and its caption, both ``(n_tokens,)``."""
    numbers: dict[str, int] = {}
    words = [caption.split() for caption in captions]
    token = [numbers.setdefault(word, len(numbers)) for tokens in words for word in tokens]
    lengths = np.array([len(tokens) for tokens in words], dtype=np.int64)
    return np.array(token, dtype=np.int64), np.repeat(np.arange(len(captions)), lengths)


def _extend(
    ngram: Ints, start: Ints, order: int, token: Ints, caption: Ints, n_tokens: int
) -> tuple[Ints, Ints]:
    """Grow the (order-1)-grams that begin at ``start`` by their next token, within a caption."""
    end = start + order - 1
    inside = end < len(token)
    inside[inside] = caption[start[inside]] == caption[end[inside]]
    # Renumbering keeps the product of both numbers far from the limit of 64 bits.
    pairs = ngram[inside] * n_tokens + token[end[inside]]
    return np.unique(pairs, return_inverse=True)[1].astype(np.int64), start[inside]


def _count(caption: Ints, ngram: Ints) -> NgramCounts:
    n_ngrams = int(ngram.max(initial=-1)) + 1
    keys, count = np.unique(caption * n_ngrams + ngram, return_counts=True)
    divisor = max(n_ngrams, 1)
    return NgramCounts(keys // divisor, keys % divisor, count.astype(np.int64), n_ngrams)
