"""Prompts and stories as token ids and batches, worked out by hand."""

import pytest
from transformers import PreTrainedTokenizerBase

from lib.stories.examples import Stories, Tokens, collate, encode
from lib.stories.prompting import Family
from tests.unit.stories.networks import PLAIN, tokenizer

BATCH = [Tokens([7, 8, 9], [4, 2]), Tokens([7], [5, 6, 2])]
PAD_ID = 0
PROMPT, STORY = "abcdefgh", "ijklm"  # no two letters are one token: eight tokens and five


@pytest.fixture(scope="module")
def reader() -> PreTrainedTokenizerBase:
    return tokenizer()


def pair(reader: PreTrainedTokenizerBase, family: Family, max_tokens: int) -> tuple[str, str]:
    """The encoded pair as text again; the story's end token as `|`."""
    tokens = encode(PROMPT, STORY, PLAIN, reader, family, max_tokens)
    assert tokens.story[-1] == reader.eos_token_id
    return reader.decode(tokens.prompt), reader.decode(tokens.story[:-1]) + "|"


@pytest.mark.parametrize("family", ["causal", "seq2seq"])
def test_a_short_pair_stays_whole_and_gets_its_end(
    reader: PreTrainedTokenizerBase, family: Family
) -> None:
    assert pair(reader, family, max_tokens=14) == (PROMPT, STORY + "|")  # 8 + 5 + 1


@pytest.mark.parametrize(("max_tokens", "prompt"), [(13, "bcdefgh"), (9, "fgh"), (7, "h")])
def test_the_prompt_is_cut_first_and_keeps_its_end(
    reader: PreTrainedTokenizerBase, max_tokens: int, prompt: str
) -> None:
    assert pair(reader, "causal", max_tokens) == (prompt, STORY + "|")


@pytest.mark.parametrize("max_tokens", [14, 7, 6, 3])
def test_prompt_and_story_together_are_at_most_max_tokens(
    reader: PreTrainedTokenizerBase, max_tokens: int
) -> None:
    tokens = encode(PROMPT, STORY, PLAIN, reader, "causal", max_tokens)
    assert len(tokens.prompt) + len(tokens.story) <= max_tokens
    assert tokens.prompt  # without it nothing would predict the story's first token
    assert tokens.story[-1] == reader.eos_token_id


@pytest.mark.parametrize(
    ("max_tokens", "cut"), [(6, ("cdefgh", "ijklm|")), (4, ("efgh", "ijk|")), (1, ("h", "|"))]
)
def test_an_encoder_and_a_decoder_have_max_tokens_each(
    reader: PreTrainedTokenizerBase, max_tokens: int, cut: tuple[str, str]
) -> None:
    assert pair(reader, "seq2seq", max_tokens) == cut


def test_items_keep_their_order() -> None:
    stories = Stories(BATCH)
    assert [stories[i] for i in range(len(stories))] == BATCH


def test_a_causal_batch_learns_the_story_and_not_the_prompt() -> None:
    batch = collate(BATCH, "causal", "story", PAD_ID)
    assert batch["input_ids"].tolist() == [[7, 8, 9, 4, 2], [7, 5, 6, 2, 0]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]]
    assert batch["labels"].tolist() == [[-100, -100, -100, 4, 2], [-100, 5, 6, 2, -100]]


def test_a_causal_batch_learns_the_prompt_too_where_that_is_asked() -> None:
    batch = collate(BATCH, "causal", "all", PAD_ID)
    assert batch["labels"].tolist() == [[7, 8, 9, 4, 2], [7, 5, 6, 2, -100]]


def test_an_end_token_that_is_also_the_padding_is_learnt_once() -> None:
    batch = collate([Tokens([7], [4, 2]), Tokens([7], [2])], "causal", "all", pad_id=2)
    assert batch["input_ids"].tolist() == [[7, 4, 2], [7, 2, 2]]
    assert batch["labels"].tolist() == [[7, 4, 2], [7, 2, -100]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1], [1, 1, 0]]


@pytest.mark.parametrize("loss_on", ["story", "all"])
def test_a_seq2seq_batch_reads_the_prompt_and_learns_the_story(loss_on: str) -> None:
    batch = collate(BATCH, "seq2seq", loss_on, PAD_ID)
    assert batch["input_ids"].tolist() == [[7, 8, 9], [7, 0, 0]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1], [1, 0, 0]]
    assert batch["labels"].tolist() == [[4, 2, -100], [5, 6, 2]]
