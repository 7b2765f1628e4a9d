"""The score tables on the terminal."""

import json
from pathlib import Path

import pytest

from lib.errors import InputError
from lib.params import Params, load_params
from lib.paths import Paths
from lib.report.scores import main

PARAMS = Path(__file__).parents[3] / "params.yaml"
PATHS = Paths("sample")


@pytest.fixture
def params(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Params:
    """The sample's parameters, in an empty folder."""
    params = load_params(PARAMS)
    monkeypatch.chdir(tmp_path)
    return params


def write(path: Path, **scores: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(scores))


def lines_with(text: str, word: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.split()[:1] == [word]]


def test_a_run_without_scores_says_how_to_get_them(params: Params) -> None:
    with pytest.raises(InputError, match=r"^metrics/sample: no scores yet; run `make run`"):
        main(params, PATHS)


def test_every_subject_has_its_table(params: Params, capsys: pytest.CaptureFixture[str]) -> None:
    captioner, model, system = (
        next(iter(group)) for group in (params.captioners, params.story_models, params.systems)
    )
    write(PATHS.retrieval_scores, image_to_text_r1=0.855, text_to_image_r1=0.9, n_images=200)
    write(PATHS.caption_scores(captioner), cider=2.026, bleu_4=0.47, colour_right=0.6)
    write(PATHS.perplexity_scores(model), before=39.04, after=24.0)
    write(PATHS.story_scores(system), worlap=0.4, n_words=118.6)
    main(params, PATHS)
    printed = capsys.readouterr().out
    assert lines_with(printed, "CLIP") == [["CLIP", "86%", "90%", "200"]]
    dash = "–"
    assert lines_with(printed, captioner) == [
        [captioner, "2.03", "0.470", dash, dash, dash, dash, "60%"]
    ]
    assert lines_with(printed, model) == [[model, "39.0", "24.0", dash, dash, dash]]
    assert lines_with(printed, system) == [[system, "0.40", *[dash] * 5, "119"]]


def test_what_was_not_scored_has_no_row(params: Params, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, *_ = params.captioners
    write(PATHS.caption_scores(second), cider=2.5)
    main(params, PATHS)
    printed = capsys.readouterr().out
    assert lines_with(printed, second) and not lines_with(printed, first)
    assert "perplexity" not in printed


def test_no_line_of_a_table_is_longer_than_a_hundred_characters(
    params: Params, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in params.systems:
        write(PATHS.story_scores(name), complexity=100.0, rep_4=0.123, n_words=1000)
    main(params, PATHS)
    printed = capsys.readouterr().out
    table = printed[: printed.index("data/")]
    assert max(map(len, table.splitlines())) <= 100
    assert all(lines_with(table, name) for name in params.systems)  # no name is broken in two


def test_the_page_is_named_with_its_address(
    params: Params, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(PATHS.retrieval_scores, image_to_text_r1=0.855)
    main(params, PATHS)
    assert "data/sample/gallery.html is not here yet: `make run`" in capsys.readouterr().out
    PATHS.gallery.parent.mkdir(parents=True)
    PATHS.gallery.touch()
    main(params, PATHS)
    printed = capsys.readouterr().out
    assert "Gallery: data/sample/gallery.html\n" in printed
    assert (tmp_path / "data/sample/gallery.html").as_uri() in printed
