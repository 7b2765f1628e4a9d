"""Scores as a reader sees them."""

from pathlib import Path

import pytest

from lib.errors import InputError
from lib.report.columns import CAPTIONS, PERPLEXITY, STORIES, cells, read_scores


def test_each_score_has_its_own_form() -> None:
    scores = {"cider": 2.8149, "bleu_4": 0.6104, "rouge_l": 0.7, "subject_right": 0.5549}
    assert cells(CAPTIONS, scores) == ("2.81", "0.610", "0.700", "55%", "–", "–", "–")
    assert cells(STORIES, {"n_words": 118.4, "readability": -0.31})[-1] == "118"
    assert cells(STORIES, {"n_words": 118.4, "readability": -0.31})[3] == "-0.3"


def test_a_score_of_zero_is_a_score() -> None:
    assert cells(PERPLEXITY, {"before": 0})[0] == "0.0"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "not readable as JSON"),
        ("[1]", "found list"),
        ('{"cider": {"value": 1.0}}', "cider is {'value': 1.0}, expected a number"),
        ('{"cider": null}', "cider is None, expected a number"),
    ],
)
def test_a_file_that_is_no_dictionary_of_numbers_is_refused(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "neural.json"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_scores(path)
    assert str(error.value).startswith(f"{path}: {complaint}")


def test_a_missing_file_says_what_makes_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"neural\.json: no such metrics file; run `make run`"):
        read_scores(tmp_path / "neural.json")
