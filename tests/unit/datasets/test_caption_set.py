"""Broken pictures are dropped and listed, too many stop the run; rendered scenes bring facts."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from lib.datasets.caption_set import CaptionSet, build_caption_set, collapse_space, drop_broken
from lib.errors import InputError

SCENE = {
    "place": "beach",
    "subject": "dog",
    "action": "runs",
    "second_thing": None,
    "colour": "red",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten pictures, 0.jpg to 9.jpg, 20 to 29 px wide and 16 px high."""
    (tmp_path / "photos").mkdir()
    for i in range(10):
        Image.new("RGB", (20 + i, 16), (9 * i, 0, 0)).save(tmp_path / "photos" / f"{i}.jpg")
    return tmp_path


def ten_images(folder: Path) -> CaptionSet:
    files = {f"id{i}": f"{i}.jpg" for i in range(10)}
    captions = [(i, f"id{i}", f"picture {i}") for i in range(10)]
    return build_caption_set(folder, "photos", files, captions, [("row 7", "is odd")])


def checked(folder: Path, share: float) -> CaptionSet:
    return drop_broken(
        ten_images(folder), folder, max_pixels=10_000, max_broken_share=share, workers=2
    )


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_whole_pictures_are_measured_and_all_kept(folder: Path) -> None:
    found = checked(folder, 0.0)
    assert found.images["width_px"].tolist() == list(range(20, 30))
    assert found.images["height_px"].tolist() == [16] * 10
    assert rows(found.skipped) == [("row 7", "is odd")]


def test_missing_and_truncated_pictures_are_dropped_with_their_captions_and_listed(
    folder: Path,
) -> None:
    (folder / "photos" / "3.jpg").unlink()
    whole = (folder / "photos" / "5.jpg").read_bytes()
    (folder / "photos" / "5.jpg").write_bytes(whole[:-60])
    found = checked(folder, 0.2)  # two of ten are just allowed
    kept = ["id0", "id1", "id2", "id4", "id6", "id7", "id8", "id9"]
    assert found.images["image_id"].tolist() == found.captions["image_id"].tolist() == kept
    assert found.images["width_px"].tolist() == [20, 21, 22, 24, 26, 27, 28, 29]
    assert found.skipped["item"].tolist() == ["row 7", "3.jpg", "5.jpg"]
    assert found.skipped["reason"][1] == "is not in photos"
    assert found.skipped["reason"][2].startswith("is damaged")


def test_more_than_the_allowed_share_stops_with_count_share_limit_and_three_names(
    folder: Path,
) -> None:
    for i in (1, 4, 6, 8):
        (folder / "photos" / f"{i}.jpg").write_text("404")
    line = (
        f"{folder}: 4 of 10 pictures (40.0%) are missing or broken, max_broken_share allows 39.0%; "
        "mend them or raise it; the first: 1.jpg is text, not a picture, 4.jpg is text, not a "
        "picture, 6.jpg is text, not a picture"
    )
    with pytest.raises(InputError, match=f"^{re.escape(line)}$"):
        checked(folder, 0.39)


def test_a_set_without_one_good_picture_stops_whatever_the_share(folder: Path) -> None:
    for picture in (folder / "photos").iterdir():
        picture.unlink()
    with pytest.raises(InputError, match="10 of 10 pictures"):
        checked(folder, 1.0)


def test_empty_captions_and_images_left_without_any_are_listed(folder: Path) -> None:
    files = {"a": "0.jpg", "b": "1.jpg"}
    captions = [(1, "a", " A  dog\nruns. "), (2, "a", "\n"), (3, "b", "  ")]
    found = build_caption_set(folder, "photos", files, captions, [])
    assert rows(found.captions) == [(1, "a", "A dog runs.")]
    assert found.images["image_id"].tolist() == ["a"]
    assert rows(found.skipped) == [
        ("caption 2 of 0.jpg", "is empty"),
        ("caption 3 of 1.jpg", "is empty"),
        ("1.jpg", "has no caption"),
    ]


def test_nothing_left_is_an_error(folder: Path) -> None:
    with pytest.raises(InputError, match="no image has a caption, expected at least one"):
        build_caption_set(folder, "photos", {"a": "0.jpg"}, [(1, "a", "")], [])


def test_rendered_scenes_bring_their_facts_and_photographs_have_none(folder: Path) -> None:
    scene = {"file_name": "4.jpg", "seed": 1, **SCENE}
    (folder / "scenes.jsonl").write_text(json.dumps(scene) + "\n")
    images = ten_images(folder).images.set_index("image_id")
    assert dict(images[list(SCENE)].loc["id4"]) == SCENE
    assert images[list(SCENE)].loc["id5"].isna().all()


@pytest.mark.parametrize("line", ["{", "[]", json.dumps({"file_name": "4.jpg", "place": "x"})])
def test_a_damaged_line_of_scenes_is_named(folder: Path, line: str) -> None:
    scene = json.dumps({"file_name": "4.jpg", **SCENE})
    (folder / "scenes.jsonl").write_text(f"{scene}\n{line}\n")
    with pytest.raises(InputError, match=r"scenes.jsonl: line 2 is .*, expected a JSON object"):
        ten_images(folder)


def test_white_space_of_every_kind_collapses() -> None:
    assert collapse_space("\t A  dog\r\nand\u00a0a cat .\n") == "A dog and a cat ."
