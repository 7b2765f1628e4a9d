"""COCO captions are read whole, and whatever is wrong with them is one line that names it."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lib.datasets.caption_set import CaptionSet
from lib.datasets.coco import karpathy_splits, read_coco
from lib.errors import InputError

Document = dict[str, Any]


def two_images() -> Document:
    return {
        "info": {"year": 2017},
        "images": [
            {"id": 9, "file_name": "000000000009.jpg", "width": 1, "height": 1},
            {"id": 25, "file_name": "000000000025.jpg"},
        ],
        "annotations": [
            {"id": 661, "image_id": 25, "caption": " A giraffe\neats. "},
            {"id": 7, "image_id": 9, "caption": "Two dogs."},
            {"id": 8, "image_id": 9, "caption": "\n"},
        ],
    }


def read(folder: Path, document: object, images: str = "photos") -> CaptionSet:
    (folder / "captions.json").write_text(json.dumps(document))
    (folder / "photos").mkdir(exist_ok=True)
    return read_coco(folder, captions_file="captions.json", images=images)


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_images_and_captions_keep_the_order_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, two_images())
    assert found.images["image_id"].tolist() == ["9", "25"]
    assert rows(found.captions) == [(661, "25", "A giraffe eats."), (7, "9", "Two dogs.")]
    assert rows(found.skipped) == [("caption 8 of 000000000009.jpg", "is empty")]


def test_pictures_are_found_in_a_zip_under_any_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "train2017.zip", "w") as archive:
        archive.writestr("train2017/000000000009.jpg", b"")
    images = read(tmp_path, two_images(), images="train2017.zip").images
    assert images["archive"].tolist() == ["train2017.zip"] * 2
    # The second is missing: it keeps its name, and drop_broken lists it.
    assert images["member"].tolist() == ["train2017/000000000009.jpg", "000000000025.jpg"]


def change(key: str, number: int, **values: object) -> Document:
    document = two_images()
    document[key][number] |= values
    return document


def without(key: str, number: int, name: str) -> Document:
    document = two_images()
    del document[key][number][name]
    return document


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ([], ": holds a list, expected a JSON object"),
        ({"images": []}, ": has no list 'annotations' at the top, found the keys ['images']"),
        ({"images": {}, "annotations": []}, ": has no list 'images' at the top"),
        ({"images": ["x"], "annotations": []}, ": images[0] is 'x', expected a JSON object"),
        (without("images", 1, "id"), ": images[1] has no 'id', found ['file_name']"),
        (without("images", 1, "file_name"), ": images[1] has no 'file_name', found ['id']"),
        (without("annotations", 1, "id"), ": annotations[1] has no 'id'"),
        (without("annotations", 1, "image_id"), ": annotations[1] has no 'image_id'"),
        (without("annotations", 1, "caption"), ": annotations[1] has no 'caption'"),
        (change("images", 1, id=9), ": images[1]: id 9 occurs twice"),
        (change("images", 1, id="9"), ": images[1]: id 9 occurs twice"),
        (change("images", 1, id=2.5), ": images[1]: id is 2.5, expected a whole number or a name"),
        (change("images", 1, file_name=25), ": images[1]: file_name is 25, expected text"),
        (change("annotations", 2, id=661), ": annotations[2]: id 661 occurs twice"),
        (change("annotations", 2, id="x"), ": annotations[2]: id is 'x', expected a whole number"),
        (change("annotations", 2, id=2**63), ": annotations[2]: id is 9223372036854775808, exp"),
        (change("annotations", 0, image_id=1), ": annotations[0]: image_id is 1, expected the id"),
        (change("annotations", 0, caption=None), ": annotations[0]: caption is None, expected te"),
        (change("annotations", 0, caption="\ud83d"), r": annotations[0]: caption is '\ud83d', exp"),
    ],
)
def test_a_fault_is_one_line_with_file_row_and_value(
    document: object, complaint: str, tmp_path: Path
) -> None:
    start = re.escape(f"{tmp_path / 'captions.json'}{complaint}")
    with pytest.raises(InputError, match=f"^{start}[^\n]*$"):
        read(tmp_path, document)


def test_what_is_no_json_names_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "captions.json").write_text('{"images": [\n  {"id": 9,]')
    with pytest.raises(InputError, match=r"captions.json: not JSON at line 2, column 12"):
        read_coco(tmp_path, captions_file="captions.json", images="photos")


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.json: no such file"):
        read_coco(tmp_path, captions_file="none.json", images="photos")
    (tmp_path / "latin.json").write_bytes(b'{"a": "\xe9"}')
    with pytest.raises(InputError, match=r"latin.json: byte 7 is not UTF-8"):
        read_coco(tmp_path, captions_file="latin.json", images="photos")


def karpathy(folder: Path, splits: dict[int, str]) -> dict[str, str]:
    path = folder / "dataset_coco.json"
    images = [{"cocoid": key, "split": split, "filepath": "x"} for key, split in splits.items()]
    path.write_text(json.dumps({"images": images, "dataset": "coco"}))
    return karpathy_splits(path)


def test_karpathys_rest_of_validation_trains(tmp_path: Path) -> None:
    splits = karpathy(tmp_path, {3: "restval", 1: "train", 2: "val", 4: "test"})
    assert splits == {"3": "train", "1": "train", "2": "validation", "4": "test"}


def test_an_unknown_split_of_karpathys_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"images\[0\]: split is 'dev', expected one of train, re"):
        karpathy(tmp_path, {3: "dev"})
