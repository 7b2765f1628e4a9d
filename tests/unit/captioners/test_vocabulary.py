"""Which words a captioner from scratch knows, and their numbers."""

import pytest
from transformers import PreTrainedTokenizerFast

from lib.captioners.vocabulary import build_tokenizer, count_words


def words(tokenizer: PreTrainedTokenizerFast) -> list[str]:
    """The vocabulary in the order of the ids."""
    vocabulary = tokenizer.get_vocab()
    return sorted(vocabulary, key=lambda word: vocabulary[word])


def test_words_are_lower_case_and_without_punctuation() -> None:
    counts = count_words(["A dog's Ball, red-hot!", "the  DOGS\tball\n.", "snake_case 42"])
    assert counts == {
        "a": 1,
        "dogs": 2,  # dog's and DOGS: what is no word character goes, without a gap
        "ball": 2,
        "redhot": 1,
        "the": 1,
        "snake_case": 1,
        "42": 1,
    }


def test_letters_of_every_script_are_word_characters() -> None:
    assert count_words(["Ein MÄDCHEN – 犬 !"]) == {"ein": 1, "mädchen": 1, "犬": 1}


def test_the_special_tokens_have_the_first_four_ids() -> None:
    tokenizer = build_tokenizer(["a"], max_words=10, min_count=1)
    assert words(tokenizer) == ["[pad]", "[unk]", "[start]", "[end]", "a"]
    assert (tokenizer.pad_token_id, tokenizer.unk_token_id) == (0, 1)
    assert (tokenizer.bos_token_id, tokenizer.eos_token_id) == (2, 3)


def test_frequent_words_come_first_and_ties_go_by_the_alphabet() -> None:
    tokenizer = build_tokenizer(["zebra cat zebra", "dog bee cat ant zebra"], 10, 1)
    assert words(tokenizer)[4:] == ["zebra", "cat", "ant", "bee", "dog"]


def test_the_order_of_the_captions_does_not_matter() -> None:
    captions = ["a dog", "the cat sat", "a bird on the mat"]
    assert words(build_tokenizer(captions, 10, 1)) == words(build_tokenizer(captions[::-1], 10, 1))


def test_max_words_keeps_the_most_frequent_and_does_not_count_special_tokens() -> None:
    tokenizer = build_tokenizer(["c c c b b a"], max_words=2, min_count=1)
    assert words(tokenizer)[4:] == ["c", "b"]
    assert len(tokenizer) == 6


@pytest.mark.parametrize(("min_count", "kept"), [(1, ["c", "b", "a"]), (2, ["c", "b"]), (4, [])])
def test_min_count_itself_is_enough(min_count: int, kept: list[str]) -> None:
    assert words(build_tokenizer(["c c c b b a"], 10, min_count))[4:] == kept


def test_a_caption_becomes_its_words_ids_and_back() -> None:
    tokenizer = build_tokenizer(["a dog runs"], 10, 1)
    assert tokenizer.encode("A dog RUNS, a cat.", add_special_tokens=False) == [4, 5, 6, 4, 1]
    assert tokenizer.decode([2, 4, 5, 6, 3, 0], skip_special_tokens=True) == "a dog runs"


def test_encoding_and_counting_see_the_same_words() -> None:
    caption = 'Two  men\'s bikes -- one "red", one blue; (parked).'
    tokenizer = build_tokenizer([caption], 100, 1)
    ids = tokenizer.encode(caption, add_special_tokens=False)
    assert tokenizer.unk_token_id not in ids
    assert len(ids) == sum(count_words([caption]).values()) == 8
