"""WritingPrompts in fairseq's layout: STEM.wp_source and STEM.wp_target, one pair a line."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from lib.datasets.story_text import Cleaning, clean_prompt, clean_story
from lib.errors import InputError

PROMPTS = "wp_source"
STORIES = "wp_target"


@dataclass(frozen=True)
class WritingPrompts:
    """Prompts with stories, and the pairs left out, as tables of `lib.schemas`, in file order."""

    stories: pd.DataFrame
    skipped: pd.DataFrame


@dataclass(frozen=True)
class Fault:
    """Why a pair is dropped: the suffix of the file that is at fault, and the reason."""

    suffix: str
    reason: str


CleanPair = Callable[[bytes, bytes], tuple[str, str] | Fault]


def read_writing_prompts(
    folder: Path, splits: Mapping[str, str], *, cleaning: Cleaning, max_words: int, min_words: int
) -> WritingPrompts:
    """Read the pairs of `splits` (our split → STEM of its two files in `folder`), cleaned.

    `cleaning` and `max_words` are described at `story_text.clean_story`. Lines end at \\n alone,
    so that no odd separator inside one shifts stories against prompts. A pair is left out, and
    listed as STEM.wp_target:LINE with the reason, when one of its lines is not UTF-8, holds a NUL
    byte or has nothing to read, or when its clean story has fewer than `min_words` words.
    Raises InputError, before any cleaning, for a missing file, for unequal line counts and for a
    stem that serves two splits; and for a split of which no pair is usable.
    """
    n_pairs = _count_pairs(folder, splits)
    clean = partial(_clean_pair, cleaning=cleaning, max_words=max_words, min_words=min_words)
    kept: list[tuple[int, str, str, str]] = []
    dropped: list[tuple[str, str]] = []
    for split, stem in splits.items():
        good, bad = _read_pairs(folder, stem, n_pairs[split], clean)
        kept += [(line, split, prompt, story) for line, prompt, story in good]
        dropped += bad
    return WritingPrompts(
        stories=pd.DataFrame(kept, columns=["story_id", "split", "prompt", "story"]),
        skipped=pd.DataFrame(dropped, columns=["item", "reason"], dtype="str"),
    )


def _count_pairs(folder: Path, splits: Mapping[str, str]) -> dict[str, int]:
    """The number of pairs by split, after checking that all of the files belong together."""
    _refuse_shared_stem(splits)
    n_pairs: dict[str, int] = {}
    for split, stem in splits.items():
        prompts, stories = _files(folder, stem)
        n_prompts, n_stories = _count_lines(prompts, split), _count_lines(stories, split)
        if n_prompts != n_stories:
            raise InputError(
                f"{prompts} has {n_prompts} lines and {stories} has {n_stories}, expected a story "
                "for each prompt; fetch both files again"
            )
        n_pairs[split] = n_prompts
    return n_pairs


def _refuse_shared_stem(splits: Mapping[str, str]) -> None:
    split_of: dict[str, str] = {}
    for split, stem in splits.items():
        if stem in split_of:
            raise InputError(
                f"splits: {split_of[stem]} and {split} both read {stem}.{PROMPTS}, expected files "
                "of their own; correct one of them"
            )
        split_of[stem] = split


def _files(folder: Path, stem: str) -> tuple[Path, Path]:
    return folder / f"{stem}.{PROMPTS}", folder / f"{stem}.{STORIES}"


def _count_lines(path: Path, split: str) -> int:
    if not path.is_file():
        there = sorted(found.stem for found in path.parent.glob(f"*.{PROMPTS}"))
        raise InputError(
            f"{path}: no such file, but the split {split} needs it; put it there or name another "
            f"stem (found: {', '.join(there) or 'none'})"
        )
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def _read_pairs(
    folder: Path, stem: str, n_pairs: int, clean: CleanPair
) -> tuple[list[tuple[int, str, str]], list[tuple[str, str]]]:
    """The good pairs as (line, prompt, story) and the others as (item, reason)."""
    good: list[tuple[int, str, str]] = []
    bad: list[tuple[str, str]] = []
    pairs = tqdm(_pairs(folder, stem), total=n_pairs, desc=f"reading {stem}", unit="pair")
    for line, (prompt, story) in enumerate(pairs, start=1):
        result = clean(prompt, story)
        if isinstance(result, Fault):
            bad.append((f"{stem}.{result.suffix}:{line}", result.reason))
        else:
            good.append((line, *result))
    if not good:
        first = "; the first: {} {}".format(*bad[0]) if bad else ""
        raise InputError(
            f"{folder / stem}.{STORIES}: no story of {n_pairs} is usable, expected one or more; "
            f"check the files and min_words{first}"
        )
    return good, bad


def _pairs(folder: Path, stem: str) -> Iterator[tuple[bytes, bytes]]:
    # Read as bytes, whose lines end at \n only; text would also break at \r, \x0b or U+2028.
    prompts, stories = _files(folder, stem)
    with prompts.open("rb") as prompt_lines, stories.open("rb") as story_lines:
        for prompt, story in zip(prompt_lines, story_lines, strict=True):
            yield prompt.removeprefix(BOM_UTF8), story.removeprefix(BOM_UTF8)


def _clean_pair(
    prompt: bytes, story: bytes, *, cleaning: Cleaning, max_words: int, min_words: int
) -> tuple[str, str] | Fault:
    raw = {PROMPTS: prompt, STORIES: story}
    for suffix, line in raw.items():
        if reason := _why_unreadable(line):
            return Fault(suffix, reason)
    texts = {
        PROMPTS: clean_prompt(prompt.decode(), cleaning=cleaning),
        STORIES: clean_story(story.decode(), cleaning=cleaning, max_words=max_words),
    }
    for suffix, text in texts.items():
        if not text.strip():
            return Fault(suffix, "holds only mark-up or [ removed ]")
    if len(texts[STORIES].split()) < min_words:
        return Fault(STORIES, f"has fewer than {min_words} words")
    return texts[PROMPTS], texts[STORIES]


def _why_unreadable(line: bytes) -> str | None:
    if b"\0" in line:
        return "holds a NUL byte"
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return "is not UTF-8"
    return None if text.strip() else "is empty"
