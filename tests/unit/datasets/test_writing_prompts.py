"""A prompt keeps its own story, whatever the files hold, and nothing is lost in silence."""

from pathlib import Path

import pandas as pd
import pytest

from lib.datasets.story_text import Cleaning
from lib.datasets.writing_prompts import WritingPrompts, read_writing_prompts
from lib.errors import InputError
from lib.schemas.skipped import SKIPPED
from lib.schemas.stories import STORIES
from lib.tables import read_table, write_table

PROMPTS = b"[ WP ] A dog .\n[ WP ] A cat .\n[ WP ] A cow .\n"


def read(
    folder: Path,
    stories: bytes,
    prompts: bytes = PROMPTS,
    cleaning: Cleaning = "standard",
    min_words: int = 0,
) -> WritingPrompts:
    (folder / "train.wp_source").write_bytes(prompts)
    (folder / "train.wp_target").write_bytes(stories)
    return read_writing_prompts(
        folder,
        {"train": "train"},
        cleaning=cleaning,
        max_words=300,
        min_words=min_words,
    )


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def pairs(found: WritingPrompts) -> list[tuple[object, ...]]:
    return rows(found.stories[["story_id", "prompt", "story"]])


def test_a_line_is_a_pair_with_its_number(tmp_path: Path) -> None:
    found = read(tmp_path, b"It barked .\nIt slept .\nIt mooed .\n")
    assert rows(found.stories) == [
        (1, "train", "A dog.", "It barked."),
        (2, "train", "A cat.", "It slept."),
        (3, "train", "A cow.", "It mooed."),
    ]
    assert rows(found.skipped) == []


def test_the_tables_follow_their_schemas(tmp_path: Path) -> None:
    found = read(tmp_path, b"It barked .\n\nIt mooed .\n")
    for frame, schema in ((found.stories, STORIES), (found.skipped, SKIPPED)):
        write_table(frame, schema, tmp_path / "table.parquet")
        assert rows(read_table(tmp_path / "table.parquet", schema)) == rows(frame)


def test_the_cleaning_is_the_one_asked_for(tmp_path: Path) -> None:
    found = read(tmp_path, b"`` Wuff . ''\nb\nc\n", cleaning="reference")
    assert pairs(found)[0] == (1, "[ WP ] A dog.", "`` Wuff. ''")


def test_each_split_reads_its_own_stem(tmp_path: Path) -> None:
    for stem in ("valid", "test"):
        (tmp_path / f"{stem}.wp_source").write_text(f"Prompt of {stem} .\n")
        (tmp_path / f"{stem}.wp_target").write_text(f"Story of {stem} .\n")
    splits = {"train": "valid", "test": "test"}
    found = read_writing_prompts(tmp_path, splits, cleaning="standard", max_words=9, min_words=0)
    assert rows(found.stories) == [
        (1, "train", "Prompt of valid.", "Story of valid."),
        (1, "test", "Prompt of test.", "Story of test."),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", "is empty"),
        (b" \t\r", "is empty"),
        (b"It \0 slept .", "holds a NUL byte"),
        (b"It \xff slept .", "is not UTF-8"),
        (b"[ removed ]", "holds only mark-up or [ removed ]"),
        (b"<newline> * * *", "holds only mark-up or [ removed ]"),
    ],
)
def test_an_unusable_story_is_dropped_with_its_prompt(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    found = read(tmp_path, b"It barked .\n" + line + b"\nIt mooed .\n")
    assert pairs(found) == [(1, "A dog.", "It barked."), (3, "A cow.", "It mooed.")]
    assert rows(found.skipped) == [("train.wp_target:2", reason)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", "is empty"),
        (b"\xc3", "is not UTF-8"),
        (b"[ WP ]", "holds only mark-up or [ removed ]"),
    ],
)
def test_an_unusable_prompt_is_dropped_with_its_story(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    prompts = b"A dog .\n" + line + b"\nA cow .\n"
    found = read(tmp_path, b"It barked .\nIt slept .\nIt mooed .\n", prompts)
    assert pairs(found) == [(1, "A dog.", "It barked."), (3, "A cow.", "It mooed.")]
    assert rows(found.skipped) == [("train.wp_source:2", reason)]


def test_a_short_story_is_dropped(tmp_path: Path) -> None:
    found = read(tmp_path, b"It barked at me .\nIt slept .\nIt mooed .\n", min_words=3)
    assert pairs(found) == [(1, "A dog.", "It barked at me.")]
    assert rows(found.skipped) == [
        ("train.wp_target:2", "has fewer than 3 words"),
        ("train.wp_target:3", "has fewer than 3 words"),
    ]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85", "\r"])
@pytest.mark.parametrize("cleaning", ["reference", "standard"])
def test_an_odd_separator_inside_a_line_shifts_nothing(
    tmp_path: Path, separator: str, cleaning: Cleaning
) -> None:
    stories = f"It{separator}barked .\nIt slept .\nIt mooed .\n".encode()
    found = read(tmp_path, stories, cleaning=cleaning)
    assert found.stories["story"].tolist() == ["It barked.", "It slept.", "It mooed."]


def test_windows_line_ends_and_byte_order_marks_leave_no_trace(tmp_path: Path) -> None:
    prompts = b"\xef\xbb\xbf" + PROMPTS.replace(b"\n", b"\r\n")
    found = read(tmp_path, b"\xef\xbb\xbfIt barked .\r\nIt slept .\r\nIt mooed .\r\n", prompts)
    assert pairs(found)[0] == (1, "A dog.", "It barked.")
    assert pairs(found)[2] == (3, "A cow.", "It mooed.")


def test_the_last_line_needs_no_line_end(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"It barked .\nIt slept .\nIt mooed .").stories) == 3


def test_unequal_line_counts_are_refused_with_both_counts(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"train\.wp_source has 3 .*train\.wp_target has 2,"):
        read(tmp_path, b"It barked .\nIt slept .\n")


def test_a_later_split_is_checked_before_the_first_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read(tmp_path, b"It barked .\nIt slept .\nIt mooed .\n")
    capsys.readouterr()
    splits = {"train": "train", "test": "dev"}
    with pytest.raises(InputError, match=r"dev\.wp_source: no such file.*test.*found: train"):
        read_writing_prompts(tmp_path, splits, cleaning="standard", max_words=9, min_words=0)
    assert capsys.readouterr().err == ""  # no progress bar: nothing was begun


def test_a_missing_story_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "train.wp_source").write_bytes(PROMPTS)
    with pytest.raises(InputError, match=r"train\.wp_target: no such file"):
        read_writing_prompts(
            tmp_path, {"train": "train"}, cleaning="standard", max_words=9, min_words=0
        )


def test_one_stem_cannot_serve_two_splits(tmp_path: Path) -> None:
    splits = {"train": "valid", "test": "valid"}
    with pytest.raises(InputError, match=r"train and test both read valid\.wp_source"):
        read_writing_prompts(tmp_path, splits, cleaning="standard", max_words=9, min_words=0)


def test_a_split_without_any_story_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no story of 3 is usable.*train\.wp_target:1 is not UTF"):
        read(tmp_path, b"\xff\n\xff\n\xff\n")
    with pytest.raises(InputError, match="no story of 0 is usable"):
        read(tmp_path, b"", b"")
