"""n-gram counts over captions."""

from __future__ import annotations

from lib.scoring.ngrams import caption_lengths, count_ngrams


def test_each_caption_counts_its_own_ngrams() -> None:
    unigrams, bigrams = count_ngrams(["a b a", "", "b a"], 2)
    # Numbers by first sight: a = 0, b = 1; the bigrams "a b" and "b a" sort the same way.
    assert unigrams.caption.tolist() == [0, 0, 2, 2]
    assert unigrams.ngram.tolist() == [0, 1, 0, 1]
    assert unigrams.count.tolist() == [2, 1, 1, 1]
    assert bigrams.caption.tolist() == [0, 0, 2]
    assert bigrams.ngram.tolist() == [0, 1, 1]
    assert bigrams.count.tolist() == [1, 1, 1]


def test_an_ngram_does_not_cross_from_one_caption_to_the_next() -> None:
    _, bigrams, trigrams = count_ngrams(["a b", "c d"], 3)
    assert (bigrams.n_ngrams, trigrams.n_ngrams) == (2, 0)


def test_captions_without_tokens_have_no_ngrams() -> None:
    assert [counts.n_ngrams for counts in count_ngrams(["", ""], 4)] == [0, 0, 0, 0]


def test_a_captions_length_is_its_number_of_tokens() -> None:
    assert caption_lengths(["a dog runs", ""]).tolist() == [3, 0]
