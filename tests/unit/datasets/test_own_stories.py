"""The project's own stories in data/stories are well-formed, distinct and split without leaks."""

from pathlib import Path

import pandas as pd
import pytest

from lib.datasets.writing_prompts import read_writing_prompts

FOLDER = Path(__file__).parents[3] / "data" / "stories"
SPLITS = {"train": "train", "validation": "valid", "test": "test"}


@pytest.fixture(scope="module")
def stories() -> pd.DataFrame:
    found = read_writing_prompts(FOLDER, SPLITS, cleaning="standard", max_words=300, min_words=0)
    assert found.skipped.empty
    return found.stories


def test_there_are_96_stories_in_three_splits(stories: pd.DataFrame) -> None:
    assert stories["split"].value_counts().to_dict() == {"train": 72, "validation": 12, "test": 12}


def test_every_story_has_60_to_140_words(stories: pd.DataFrame) -> None:
    n_words = stories["story"].str.split().map(len)
    assert n_words.between(60, 140).all()


def test_no_prompt_and_no_story_occurs_twice(stories: pd.DataFrame) -> None:
    assert stories["prompt"].is_unique
    assert stories["story"].is_unique


def test_no_two_stories_begin_with_the_same_three_words(stories: pd.DataFrame) -> None:
    assert stories["story"].str.split().str[:3].str.join(" ").is_unique


def test_every_prompt_describes_three_pictures(stories: pd.DataFrame) -> None:
    captions = stories["prompt"].str.removesuffix(".").str.split(". ", regex=False)
    assert (captions.map(len) == 3).all()
    assert captions.explode().str.match(r"An? \S").all()


def test_cleaning_leaves_no_trace_of_the_tokens(stories: pd.DataFrame) -> None:
    text = stories["prompt"] + "\n" + stories["story"]
    assert not text.str.contains(r"``|''| [,.!?:;]|<newline>|\[|\bn't\b| '", regex=True).any()


def test_quotes_come_in_pairs(stories: pd.DataFrame) -> None:
    assert (stories["story"].str.count('"') % 2 == 0).all()


def test_the_files_hold_the_oddities_of_the_real_ones() -> None:
    lines = (FOLDER / "train.wp_source").read_text(encoding="utf-8").split("\n")[:-1]
    for tag in ("[ WP ] ", "[ EU ] ", "[ PI ] ", "[ wp ] ", "[ Writing Prompt ] "):
        assert any(line.startswith(tag) for line in lines)
    assert any(" . [ " in line for line in lines)
    assert any("[" not in line for line in lines)
    assert "<newline> <newline>" in (FOLDER / "train.wp_target").read_text(encoding="utf-8")
