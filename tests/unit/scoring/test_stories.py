"""Story metrics, worked by hand."""

from __future__ import annotations

import pytest

from lib.scoring.stories import (
    StoryScores,
    complexity,
    content_stems,
    distinct,
    flesch_kincaid_grade,
    moving_average_ttr,
    reference_complexity,
    reference_worlap,
    repetition,
    score_story,
    story_words,
    type_token_ratio,
    worlap,
    worlap_least_covered,
)

CAPTIONS = ["A dog runs .", "Two men riding horses .", "A red kite"]


def test_reference_worlap_counts_every_word_of_the_captions() -> None:
    # a, dog, runs, "." , two, men, riding, horses, red, kite: the story has a, dog and ".".
    assert reference_worlap(CAPTIONS, "A Dog sleeps .") == pytest.approx(3 / 10)


def test_punctuation_sticks_to_words_under_the_reference_rule() -> None:
    assert reference_worlap(["a dog"], "the dog.") == 0


def test_worlap_counts_stems_of_content_words() -> None:
    # dog, run, two, men, ride, hors, red, kite: dogs, running and rides are covered.
    assert worlap(CAPTIONS, "The dogs were running. He rides!") == pytest.approx(3 / 8)


def test_the_least_covered_picture_is_the_one_the_story_forgets() -> None:
    assert worlap_least_covered(CAPTIONS, "A dog runs by two men on horses.") == 0
    # 2 of 2, 2 of 4, 1 of 2.
    assert worlap_least_covered(CAPTIONS, "A dog runs, two men, a kite") == pytest.approx(1 / 2)


def test_a_caption_without_content_cannot_be_least_covered() -> None:
    assert worlap_least_covered(["A", "a dog"], "dogs") == 1
    assert worlap_least_covered(["A", ""], "dogs") == 0


def test_content_is_neither_function_words_nor_punctuation() -> None:
    assert content_stems("I can't see the man's 2 dogs -- (nor him) !") == {
        "see",
        "man",
        "2",
        "dog",
    }


def test_words_are_tokens_with_a_letter_or_digit() -> None:
    assert story_words("He didn't (ever) pay $5 -- why?!") == [
        "he", "did", "n't", "ever", "pay", "5", "why"
    ]  # fmt: skip


def test_type_token_ratio_is_distinct_words_over_words() -> None:
    assert type_token_ratio(["the", "dog", "the", "cat"]) == 0.75


def test_moving_average_ttr_is_the_mean_of_all_windows() -> None:
    # "a b", "b a", "a a": 1, 1, 1/2.
    assert moving_average_ttr(["a", "b", "a", "a"], 2) == pytest.approx(2.5 / 3)


def test_moving_average_ttr_does_not_fall_with_length() -> None:
    words = [f"w{i}" for i in range(50)]
    assert moving_average_ttr(words * 4, 50) == 1
    assert type_token_ratio(words * 4) == 0.25


def test_a_text_shorter_than_the_window_has_its_plain_ratio() -> None:
    assert moving_average_ttr(["a", "a", "b"], 50) == pytest.approx(2 / 3)


def test_distinct_and_repetition_count_ngrams() -> None:
    words = ["a", "b", "a", "b", "a"]
    # Bigrams ab, ba, ab, ba: 2 of 4; trigrams aba, bab, aba: 2 of 3; 4-grams abab, baba: 2 of 2.
    assert (distinct(words, 1), distinct(words, 2)) == (2 / 5, 2 / 4)
    assert (repetition(words, 2), repetition(words, 4)) == (1 / 2, 0)
    assert repetition(words, 3) == pytest.approx(1 / 3)


def test_a_text_too_short_for_an_ngram_repeats_nothing() -> None:
    assert (distinct(["a"], 2), repetition(["a"], 2)) == (0, 0)


def test_flesch_kincaid_grade_of_a_text_counted_by_hand() -> None:
    # 11 words in 2 sentences; syllables: the 1 hap-py 2 child 1 o-pened 2 the 1 win-dow 2,
    # a 1 yel-low 2 bird 1 was 1 sing-ing 2: 16. 0.39 · 5.5 + 11.8 · 16/11 - 15.59.
    text = "The happy child opened the window. A yellow bird was singing."
    assert flesch_kincaid_grade(text) == pytest.approx(3.718636, abs=1e-6)


def test_reference_complexity_is_longest_minus_shortest_between_full_stops() -> None:
    # 5 words, 1 word; what follows the last full stop is no sentence.
    assert reference_complexity("He ran home very fast. Yes.") == 4
    # A full stop inside a number splits too.
    assert reference_complexity("It took 3.5 hours") == 1


def test_complexity_is_the_standard_deviation_of_sentence_length() -> None:
    # Lengths 4, 2: mean 3, deviations 1 and 1.
    assert complexity(["He ran very fast.", "It rained!"]) == pytest.approx(1)


def test_diversity_is_the_product_over_two_three_and_four_grams() -> None:
    scores = score_story(CAPTIONS, "a b a b a", 50)
    assert scores.diversity == pytest.approx((1 / 2) * (2 / 3) * 1)


def test_a_story_is_scored_under_both_rules() -> None:
    scores = score_story(["A dog runs .", "A kite", "a man"], "The dog ran. The Kite flew!", 50)
    assert (scores.n_words, scores.n_sentences) == (6, 2)
    # a, dog, runs, ".", kite, man: dog and kite.
    assert scores.reference_worlap == pytest.approx(2 / 6)
    # dog, run, kite, man: dog and kite; "ran" is no stem of "run".
    assert scores.worlap == pytest.approx(2 / 4)
    assert scores.worlap_least_covered == 0
    # The, dog, ran., The, Kite, flew!: 5 of 6; the, dog, ran, the, kite, flew: 5 of 6.
    assert scores.reference_ttr == scores.moving_average_ttr == pytest.approx(5 / 6)
    # Pieces between full stops: 3 and 3 words.
    assert scores.reference_complexity_words == 0


@pytest.mark.parametrize("story", ["", " \n "])
def test_an_empty_story_scores_zero_but_repeats_nothing(story: str) -> None:
    nothing = dict.fromkeys(StoryScores.__annotations__, 0) | {"diversity": 1}
    assert score_story(CAPTIONS, story, 50) == StoryScores(**nothing)
