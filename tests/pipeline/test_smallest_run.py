"""The pipeline runs from nothing to the gallery, and each change re-runs what depends on it."""

import json
import shutil
import time
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from tests.pipeline.smallest import (
    copy_repository,
    read_params,
    repro,
    run,
    story_model,
    write_params,
)

FIRST_LOCK = "first.lock"
TRAINING = ("tune_clip", "train_captioner", "train_story_model", "import_story_model")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which `dvc repro` has run once; the tests below change it in turn."""
    folder = copy_repository(tmp_path_factory.mktemp("first"))
    repro(folder)
    shutil.copy(folder / "dvc.lock", folder / FIRST_LOCK)
    return folder


def kinds(stages: set[str]) -> set[str]:
    return {stage.split("@")[0] for stage in stages}


def test_every_system_tells_a_story_for_every_triple(repository: Path) -> None:
    for system in ("final", "final_bart"):
        told = pd.read_parquet(repository / f"data/sample/stories/{system}.parquet")
        assert len(told) == 2
        assert told["story"].str.strip().ne("").all()


def test_the_gallery_is_one_page_without_a_link_to_another_host(repository: Path) -> None:
    page = (repository / "data/sample/gallery.html").read_text()
    assert "data:image/jpeg;base64," in page
    assert 'src="http' not in page and 'href="http' not in page


def test_scores_are_read_by_dvc(repository: Path) -> None:
    shown = json.loads(run(repository, "dvc", "metrics", "show", "--json").stdout)
    files = shown[""]["data"]
    assert "metrics/sample/captions/prefix.json" in files
    assert files["metrics/sample/stories/final.json"]["data"]["n_stories"] == 2


def test_a_second_repro_does_nothing_in_three_seconds(repository: Path) -> None:
    repro(repository)  # warm: the first one after a run hashes what the run wrote
    start = time.perf_counter()
    assert repro(repository) == set()
    assert time.perf_counter() - start < 3


def test_the_score_table_ends_with_the_gallerys_path(repository: Path) -> None:
    shown = run(repository, "python", "-m", "lib.report.scores", "params.yaml")
    assert shown.returncode == 0, shown.stderr
    assert "CIDEr" in shown.stdout
    assert "gallery.html" in shown.stdout.splitlines()[-1]


def test_a_new_beam_width_decodes_again_and_trains_nothing(repository: Path) -> None:
    params = read_params(repository)
    params["captioners"]["prefix"]["decode"]["beam"] = 2
    write_params(repository, params)
    ran = repro(repository)
    assert "caption_images@prefix" in ran
    assert not kinds(ran) & {*TRAINING, "extract_clip", "measure_likelihoods"}
    assert "caption_images@neural" not in ran


def test_a_metrics_parameter_runs_only_scoring(repository: Path) -> None:
    params = read_params(repository)
    params["scoring"]["stories"]["ttr_window"] = 10
    write_params(repository, params)
    assert repro(repository) <= {"score_stories@final", "score_stories@final_bart", "build_gallery"}


def test_a_new_story_model_runs_only_its_own_stages(repository: Path) -> None:
    params = read_params(repository)
    params["story_models"]["second"] = story_model(params, "causal")
    write_params(repository, params)
    ran = repro(repository)
    assert ran and all(stage.endswith("@second") for stage in ran), ran


def test_an_unknown_parameter_stops_before_any_work(repository: Path) -> None:
    text = (repository / "params.yaml").read_text()
    (repository / "params.yaml").write_text(text.replace("ttr_window: 10", "ttr_width: 10"))
    done = run(repository, "python", "-m", "stages.score_stories", "params.yaml", "final")
    (repository / "params.yaml").write_text(text)
    assert done.returncode == 1
    assert "scoring.stories.ttr_width" in done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1


def photographs(folder: Path) -> None:
    """Six pictures as people have them: grey, CMYK, palette, large, wide; and one cut off."""
    folder.mkdir()
    modes = ["L", "CMYK", "P", "RGB", "RGB", "RGB"]
    for number, mode in enumerate(modes):
        suffix = "png" if mode == "P" else "jpg"
        size = (1200, 800) if number == 3 else (320, 90 + 40 * number)
        Image.new("RGB", size, (40 * number, 90, 120)).convert(mode).save(
            folder / f"{number}.{suffix}"
        )
    whole = (folder / "3.jpg").read_bytes()
    (folder / "6.jpg").write_bytes(whole[: len(whole) // 2])


def test_a_folder_of_photographs_goes_through_to_the_gallery(repository: Path) -> None:
    photographs(repository / "photos")
    names = sorted(path.name for path in (repository / "photos").iterdir())
    images = [{"id": i, "file_name": name} for i, name in enumerate(names)]
    captions = [
        {"id": 10 * i + n, "image_id": i, "caption": f"A picture of a plain colour {n}."}
        for i in range(len(names))
        for n in range(2)
    ]
    described = json.dumps({"images": images, "annotations": captions})
    (repository / "photos" / "captions.json").write_text(described)
    params = read_params(repository)
    params["datasets"]["test_captions"] |= {
        "source": "directory",
        "format": "coco",
        "path": "photos",
        "captions": "captions.json",
        "images": ".",
        "splits": "test",
        "max_broken_share": 0.2,
    }
    write_params(repository, params)
    ran = repro(repository)
    skipped = pd.read_parquet(repository / "data/sample/prepared/test_captions/skipped.parquet")
    assert skipped["item"].tolist() == ["6.jpg"]
    assert not kinds(ran) & set(TRAINING)
    assert "build_gallery" in ran
    scores = json.loads((repository / "metrics/sample/captions/prefix.json").read_text())
    assert scores["n_images"] == 6
    assert "subject_right" not in scores  # nobody knows the truth of a photograph


def test_more_broken_pictures_than_allowed_stop_the_run(repository: Path) -> None:
    params = read_params(repository)
    params["datasets"]["test_captions"]["max_broken_share"] = 0.1
    write_params(repository, params)
    stage = ("python", "-m", "stages.prepare_captions", "params.yaml", "test_captions")
    done = run(repository, *stage)
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert "6.jpg" in last and "max_broken_share" in last
    assert "Traceback" not in done.stderr


def test_two_runs_from_scratch_leave_the_same_lock(repository: Path, tmp_path: Path) -> None:
    again = copy_repository(tmp_path / "again")
    repro(again)
    assert (again / "dvc.lock").read_text() == (repository / FIRST_LOCK).read_text()
