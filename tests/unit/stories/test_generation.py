"""Texts from prompts: none empty, none told by its neighbours in the batch."""

from dataclasses import replace

import pytest
import torch

from lib.errors import InputError
from lib.stories.generation import Decoding, Telling, generate, generate_batch, whole_sentences
from tests.unit.stories.networks import fixed, story_model

GREEDY = Decoding(
    sample=False,
    top_p=1.0,
    top_k=0,
    temperature=1.0,
    beam=1,
    repetition_penalty=1.0,
    no_repeat_ngram=0,
    min_new_tokens=0,
    max_new_tokens=8,
    end_at_sentence=False,
    batch_stories=4,
    max_attempts=3,
    seed=0,
)
SAMPLING = replace(GREEDY, sample=True)
PROMPTS = [
    "A dog.",
    "Once upon a time a small cat sat on the wet grass and watched.",
    "The green wall was happy,",
    "x",
    "A cat ran, and the dog ran.",
]


@pytest.mark.parametrize("kind", ["gpt2", "bart", "t5"])
@pytest.mark.parametrize("beam", [1, 3])
def test_greedy_and_beam_texts_do_not_depend_on_the_batch(kind: str, beam: int) -> None:
    model = story_model(kind)
    rule = replace(GREEDY, beam=beam)
    together = generate_batch(model, PROMPTS, rule)
    alone = [generate_batch(model, [prompt], rule)[0] for prompt in PROMPTS]
    assert together == alone
    assert len({telling.text for telling in alone}) > 2  # prompts are told apart


def test_a_greedy_text_takes_the_likeliest_token_each_time() -> None:
    model = story_model("gpt2")
    for prompt in PROMPTS:
        read = model.tokenizer.encode(prompt, add_special_tokens=False)
        told: list[int] = []
        with torch.no_grad():
            while len(told) < GREEDY.max_new_tokens and model.tokenizer.eos_token_id not in told:
                logits = model.model(input_ids=torch.tensor([read + told]), use_cache=False).logits
                told.append(int(logits[0, -1].argmax()))
        (telling,) = generate_batch(model, [prompt], GREEDY)
        assert telling.text == model.tokenizer.decode(told, skip_special_tokens=True).strip()


def test_the_prompt_is_no_part_of_the_text() -> None:
    (telling,) = generate(fixed({"a": 1.0}), ["The green grass"], GREEDY, "x")
    assert telling == Telling("aaaaaaaa", n_tokens=8, finish="length", attempts=1)


def test_a_text_that_ends_by_itself_says_so() -> None:
    model = fixed({"</s>": 0.2, "a": 0.8})
    told = generate(model, ["x"] * 20, replace(SAMPLING, max_attempts=30), "x")
    assert {telling.finish for telling in told} == {"end", "length"}
    for telling in told:
        assert telling.text == "a" * telling.n_tokens  # the end token is not counted
        assert (telling.n_tokens == 8) == (telling.finish == "length")


def test_an_empty_text_is_sampled_anew_and_counted() -> None:
    # The end token is a little likelier than "a": greedy gives nothing, sampling soon gives an "a".
    model = fixed({"</s>": 0.51, "a": 0.49})
    told = generate(model, ["x"] * 6, replace(GREEDY, max_attempts=30), "x")
    assert all(set(telling.text) == {"a"} for telling in told)
    assert min(telling.attempts for telling in told) == 2  # one look, one sample
    assert max(telling.attempts for telling in told) > 2


def test_each_attempt_draws_anew() -> None:
    model = fixed({"</s>": 0.9, "a": 0.1})
    (telling,) = generate(model, ["x"], replace(GREEDY, max_attempts=100), "x")
    assert telling.attempts > 2


def test_a_text_that_is_there_is_not_touched_again() -> None:
    model = fixed({"</s>": 0.5, "a": 0.5})
    rule = replace(SAMPLING, batch_stories=9, max_attempts=30)
    torch.manual_seed(rule.seed)
    first = generate_batch(model, ["x"] * 9, rule)
    told = generate(model, ["x"] * 9, rule, "x")
    assert {bool(telling.text) for telling in first} == {True, False}
    for before, after in zip(first, told, strict=True):
        assert (after == before) == bool(before.text)
        assert (after.attempts == 1) == bool(before.text)


def test_white_space_alone_is_an_empty_text() -> None:
    space = "Ġ"  # how byte-level tokens write a space
    with pytest.raises(InputError, match="1 of 1 texts are empty"):
        generate(fixed({space: 1.0}), ["x"], GREEDY, "x")


def test_texts_that_stay_empty_are_an_error_in_one_line() -> None:
    with pytest.raises(InputError) as refused:
        generate(fixed({"</s>": 1.0}), ["first\nprompt", "second"], GREEDY, "final")
    message = str(refused.value)
    assert message.startswith("final: 2 of 2 texts are empty after 3 attempts (first prompt: 'fir")
    assert message.endswith("raise min_new_tokens or max_attempts")
    assert "\n" not in message


def test_min_new_tokens_holds_the_end_back() -> None:
    model = fixed({"</s>": 0.51, "a": 0.49})
    (telling,) = generate(model, ["x"], replace(GREEDY, min_new_tokens=5), "x")
    assert telling == Telling("aaaaa", n_tokens=5, finish="end", attempts=1)


def test_no_bigram_occurs_twice_where_that_is_asked() -> None:
    model = fixed({"a": 0.4, "b": 0.3, "c": 0.2, "d": 0.1})
    (telling,) = generate(model, ["x"], replace(GREEDY, no_repeat_ngram=2), "x")
    assert telling.text == "aabacada"  # the likeliest letter that makes no bigram again


def test_a_nucleus_leaves_unlikely_tokens_out() -> None:
    model = fixed({"a": 0.6, "b": 0.3, "c": 0.1})
    told = generate(model, ["x"] * 20, replace(SAMPLING, top_p=0.85), "x")
    assert set("".join(telling.text for telling in told)) == {"a", "b"}
    told = generate(model, ["x"] * 20, replace(SAMPLING, top_k=1), "x")
    assert {telling.text for telling in told} == {"a" * 8}


def test_sampling_depends_on_the_seed_alone() -> None:
    model = story_model("gpt2")
    first, second, other = (
        generate(model, PROMPTS, replace(SAMPLING, seed=seed), "x") for seed in (1, 1, 2)
    )
    assert first == second
    assert first != other


def test_there_is_one_text_a_prompt_in_order() -> None:
    model = story_model("gpt2")
    told = generate(model, PROMPTS, replace(GREEDY, batch_stories=2), "x")
    assert told == [generate(model, [prompt], GREEDY, "x")[0] for prompt in PROMPTS]
    assert generate(model, [], GREEDY, "x") == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("It ran. Then it sat", "It ran."),
        ("It ran. Then it sat.", "It ran. Then it sat."),
        ('"Stop!" she said. "Why?" he', '"Stop!" she said. "Why?"'),
        ("It cost 3.50 and no", "It cost 3.50 and no"),  # a point inside a number ends nothing
        ("One.\n\nTwo! Th", "One.\n\nTwo!"),
        ("no end at all", "no end at all"),
        ("", ""),
    ],
)
def test_a_cut_text_ends_at_its_last_whole_sentence(text: str, whole: str) -> None:
    assert whole_sentences(text) == whole


def test_only_a_text_that_was_cut_off_loses_its_last_words() -> None:
    rule = replace(SAMPLING, end_at_sentence=True)
    model = fixed({"a": 0.6, "Ġ": 0.2, ".": 0.2})
    full = generate(model, ["x"] * 6, replace(rule, end_at_sentence=False), "x")
    cut = generate(model, ["x"] * 6, rule, "x")
    assert [telling.text for telling in cut] == [whole_sentences(t.text) for t in full]
    assert [telling.text for telling in cut] != [telling.text for telling in full]
    ending = fixed({"a": 0.7, "</s>": 0.2, ".": 0.1})
    for telling in generate(ending, ["x"] * 20, replace(rule, max_attempts=30), "x"):
        assert telling.finish == "length" or len(telling.text) == telling.n_tokens
