"""Metrics of one story: coverage of its captions, variety, readability, complexity, repetition.

Where the reference work and the field compute differently, both numbers are given, the former in
``reference_*``. Where nothing else is said, words are those of ``story_words``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import pstdev

import textstat  # type: ignore[import-untyped]
from nltk.stem.snowball import EnglishStemmer  # type: ignore[import-untyped]

from lib.scoring.ptb import tokenize
from lib.scoring.sentences import split_sentences
from lib.scoring.stop_words import STOP_WORDS

_STEMMER = EnglishStemmer()
_BRACKETS = frozenset({"-lrb-", "-rrb-", "-lsb-", "-rsb-", "-lcb-", "-rcb-"})


@dataclass(frozen=True)
class StoryScores:
    """The metrics of one story; all but grades and lengths in [0, 1].

    An empty story scores 0 throughout, but for ``diversity``, which is 1: nothing is repeated.
    """

    n_words: int
    n_sentences: int
    reference_worlap: float
    worlap: float
    worlap_least_covered: float
    reference_ttr: float
    moving_average_ttr: float
    distinct_1: float
    distinct_2: float
    distinct_3: float
    flesch_kincaid_grade: float  # US school grade; can be negative
    reference_complexity_words: float
    complexity_words: float
    rep_2: float
    rep_3: float
    rep_4: float
    diversity: float


def score_story(captions: Sequence[str], story: str, ttr_window: int) -> StoryScores:
    """Score ``story`` on its own and against the ``captions`` of its pictures.

    ``ttr_window`` is the moving average's width in words.
    """
    words = story_words(story)
    sentences = split_sentences(story)
    rep_2, rep_3, rep_4 = (repetition(words, n) for n in (2, 3, 4))
    return StoryScores(
        n_words=len(words),
        n_sentences=len(sentences),
        reference_worlap=reference_worlap(captions, story),
        worlap=worlap(captions, story),
        worlap_least_covered=worlap_least_covered(captions, story),
        reference_ttr=type_token_ratio(story.split()),
        moving_average_ttr=moving_average_ttr(words, ttr_window),
        distinct_1=distinct(words, 1),
        distinct_2=distinct(words, 2),
        distinct_3=distinct(words, 3),
        flesch_kincaid_grade=flesch_kincaid_grade(story),
        reference_complexity_words=reference_complexity(story),
        complexity_words=complexity(sentences),
        rep_2=rep_2,
        rep_3=rep_3,
        rep_4=rep_4,
        diversity=(1 - rep_2) * (1 - rep_3) * (1 - rep_4),
    )


def story_words(text: str) -> list[str]:
    """Return the lower-cased Penn Treebank tokens of ``text`` that hold a letter or a digit.

    Contractions are two words ("do", "n't"); brackets, which the tokeniser spells out, are none.
    """
    tokens = (token for token in tokenize(text).split() if token not in _BRACKETS)
    return [token for token in tokens if any(map(str.isalnum, token))]


def reference_worlap(captions: Sequence[str], story: str) -> float:
    """Return the share of the captions' distinct words that the story has, by the reference's rule.

    Words are lower-cased and parted by white space: punctuation sticks to them, "a" counts. 0
    where the captions have no word.
    """
    return _share_covered(set(" ".join(captions).lower().split()), set(story.lower().split()))


def worlap(captions: Sequence[str], story: str) -> float:
    """Return the share of the captions' distinct content stems that the story has."""
    wanted = set[str]().union(*map(content_stems, captions))
    return _share_covered(wanted, content_stems(story))


def worlap_least_covered(captions: Sequence[str], story: str) -> float:
    """Return ``worlap`` of the picture that the story covers least.

    A caption without a content word is passed over; 0 where every caption is.
    """
    stems = [content_stems(caption) for caption in captions]
    told = content_stems(story)
    return min((_share_covered(wanted, told) for wanted in stems if wanted), default=0.0)


def content_stems(text: str) -> set[str]:
    """Return the stems of the content words of ``text``, which are those that are no stop words.

    Snowball's English stemmer (Porter 2001) joins "dog" and "dogs", "ride" and "riding"; unlike a
    lemmatiser it does not join "ran" with "run".
    """
    return {_STEMMER.stem(word) for word in story_words(text) if word not in STOP_WORDS}


def type_token_ratio(words: Sequence[str]) -> float:
    """Return distinct words over words; 0 for none. Falls as a text grows."""
    return len(set(words)) / len(words) if words else 0.0


def moving_average_ttr(words: Sequence[str], window: int) -> float:
    """Return the mean type-token ratio of all runs of ``window`` words.

    Source: Covington and McFall 2010. A text shorter than the window is one run.
    """
    n_runs = max(len(words) - window, 0) + 1
    return sum(type_token_ratio(words[i : i + window]) for i in range(n_runs)) / n_runs


def distinct(words: Sequence[str], n: int) -> float:
    """Return distinct n-grams over n-grams (Li et al. 2016, arXiv 1510.03055); 0 for none."""
    return type_token_ratio(_ngrams(words, n))


def repetition(words: Sequence[str], n: int) -> float:
    """Return rep-n = 1 - distinct n-grams / n-grams; 0 where the text is too short for one.

    Source: Welleck et al. 2020; Su et al. 2022 (arXiv 2202.06417), whose diversity is the product
    of 1 - rep-n for n = 2, 3, 4.
    """
    return 1 - distinct(words, n) if len(words) >= n else 0.0


def flesch_kincaid_grade(text: str) -> float:
    """Return the US school grade: 0.39 words/sentence + 11.8 syllables/word - 15.59.

    Source: Kincaid et al. 1975, as textstat counts: a sentence of two words or fewer is none.
    """
    return float(textstat.flesch_kincaid_grade(text))


def reference_complexity(text: str) -> float:
    """Return the longest minus the shortest sentence in words, split on "." by the reference.

    Pieces without a word, such as after the last full stop, are no sentences.
    """
    lengths = [len(piece.split()) for piece in text.split(".") if piece.strip()]
    return float(max(lengths) - min(lengths)) if lengths else 0.0


def complexity(sentences: Sequence[str]) -> float:
    """Return the standard deviation of sentence length in words, over all sentences; 0 for none."""
    return pstdev(len(story_words(sentence)) for sentence in sentences) if sentences else 0.0


def _share_covered(wanted: set[str], given: set[str]) -> float:
    return len(wanted & given) / len(wanted) if wanted else 0.0


def _ngrams(words: Sequence[str], n: int) -> list[str]:
    return [" ".join(words[i : i + n]) for i in range(len(words) - n + 1)]
