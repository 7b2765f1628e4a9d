"""Which scores a reader sees: their keys in the metrics files, labels, forms and meanings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lib.errors import InputError

ABSENT = "–"


@dataclass(frozen=True)
class Column:
    """One score of a table. `form` is a format specification such as .2f."""

    key: str
    label: str
    form: str
    meaning: str


CAPTIONS = (
    Column("cider", "CIDEr", ".2f", "agreement with the reference captions, rare words count more"),
    Column("bleu_4", "BLEU-4", ".3f", "runs of one to four words shared with the references"),
    Column("rouge_l", "ROUGE-L", ".3f", "longest sequence of words shared with a reference"),
    Column("subject_right", "subject", ".0%", "pictures whose caption names who acts"),
    Column("action_right", "action", ".0%", "pictures whose caption names what the subject does"),
    Column("second_thing_right", "thing", ".0%", "pictures whose caption names what else is seen"),
    Column("colour_right", "colour", ".0%", "pictures whose caption names the right colour"),
)

STORIES = (
    Column("worlap", "WorLap", ".2f", "share of the captions’ words that the story uses"),
    Column("worlap_content", "content WorLap", ".2f", "the same over content words only"),
    Column("ttr", "TTR", ".2f", "type-token ratio: different words by all words"),
    Column("readability", "grade", ".1f", "Flesch–Kincaid grade: school years needed to read it"),
    Column("complexity", "complexity", ".1f", "longest minus shortest sentence, in words"),
    Column("rep_4", "rep-4", ".3f", "share of four-word runs that repeat an earlier one"),
    Column("n_words", "words", ".0f", "length of the story, in words"),
)

PERPLEXITY = (
    Column("before", "before", ".1f", "perplexity per token before fine-tuning"),
    Column("after", "after", ".1f", "perplexity per token after fine-tuning"),
    Column("word_before", "word before", ".1f", "perplexity per word before fine-tuning"),
    Column("word_after", "word after", ".1f", "perplexity per word after fine-tuning"),
    Column("n_stories", "stories", ".0f", "number of stories measured"),
)

RETRIEVAL = (
    Column("image_to_text_r1", "image → text", ".0%", "pictures that find their caption first"),
    Column("text_to_image_r1", "text → image", ".0%", "captions that find their picture first"),
    Column("n_images", "images", ".0f", "number of pictures to choose from"),
)


def cells(columns: tuple[Column, ...], scores: Mapping[str, float]) -> tuple[str, ...]:
    """The scores as text, one for each column; a dash where a score is not there."""
    return tuple(
        format(scores[column.key], column.form) if column.key in scores else ABSENT
        for column in columns
    )


def read_scores(path: Path) -> dict[str, float]:
    """One metrics file: key -> number. Raises InputError where it is missing or holds else."""
    try:
        scores = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: no such metrics file; run `make run` to make it") from None
    except ValueError as error:
        raise InputError(f"{path}: not readable as JSON ({error}); run `make run`") from None
    if not isinstance(scores, dict):
        raise InputError(f"{path}: found {type(scores).__name__}, expected scores by their keys")
    for key, value in scores.items():
        if not isinstance(value, int | float):
            raise InputError(f"{path}: {key} is {value!r}, expected a number; run `make run`")
    return scores
