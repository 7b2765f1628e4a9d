"""COCO captions (2014, 2017 and files like them): one JSON and one zip or folder of pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lib.datasets.caption_set import CaptionSet, build_caption_set, read_text
from lib.errors import InputError

Row = dict[str, Any]

# Karpathy & Fei-Fei (arXiv 1412.2306): "restval" is the rest of val2014, trained on by custom.
KARPATHY_SPLITS = {"train": "train", "restval": "train", "val": "validation", "test": "test"}

# JSON can spell half of a UTF-16 pair, which no UTF-8 file can hold.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def read_coco(folder: Path, *, captions_file: str, images: str) -> CaptionSet:
    """Read `folder`/`captions_file`, with the pictures in the zip or folder `folder`/`images`.

    Raises InputError for a file that is no COCO captions JSON: a missing key, an id that occurs
    twice, a caption of an unknown image, a value of the wrong kind.
    """
    path = folder / captions_file
    document = _read_json(path)
    files: dict[str, str] = {}
    for where, row in _rows(document, "images", path):
        image_id = _image_id(row, "id", where)
        _refuse_repeated(image_id, files, where)
        files[image_id] = _text(row, "file_name", where)
    captions: dict[int, tuple[int, str, str]] = {}
    for where, row in _rows(document, "annotations", path):
        caption = _read_annotation(row, files, where)
        _refuse_repeated(caption[0], captions, where)
        captions[caption[0]] = caption
    return build_caption_set(folder, images, files, list(captions.values()), [])


def karpathy_splits(path: Path) -> dict[str, str]:
    """Read Karpathy's dataset_coco.json: image_id → train, validation or test.

    Raises InputError for a missing key or an unknown split.
    """
    splits: dict[str, str] = {}
    for where, row in _rows(_read_json(path), "images", path):
        image_id, split = _image_id(row, "cocoid", where), _text(row, "split", where)
        _refuse_repeated(image_id, splits, where)
        if split not in KARPATHY_SPLITS:
            expected = ", ".join(KARPATHY_SPLITS)
            raise InputError(f"{where}: split is {split!r}, expected one of {expected}; mend it")
        splits[image_id] = KARPATHY_SPLITS[split]
    return splits


def _read_json(path: Path) -> Row:
    try:
        document = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path}: not JSON at line {error.lineno}, column {error.colno} ({error.msg}); "
            "fetch or write it again"
        ) from error
    if not isinstance(document, dict):
        raise InputError(f"{path}: holds a {type(document).__name__}, expected a JSON object")
    return document


def _rows(document: Row, key: str, path: Path) -> list[tuple[str, Row]]:
    """(where it stands, row) of each row of a top-level list."""
    if not isinstance(document.get(key), list):
        raise InputError(
            f"{path}: has no list {key!r} at the top, found the keys {list(document)}; "
            "give a COCO captions file"
        )
    rows = [(f"{path}: {key}[{number}]", row) for number, row in enumerate(document[key])]
    for where, row in rows:
        if not isinstance(row, dict):
            raise InputError(f"{where} is {row!r:.40}, expected a JSON object; mend or remove it")
    return rows


def _read_annotation(row: Row, files: Mapping[str, str], where: str) -> tuple[int, str, str]:
    image_id = _image_id(row, "image_id", where)
    if image_id not in files:
        raise InputError(
            f"{where}: image_id is {image_id}, expected the id of one of the file's "
            f"{len(files)} images; mend or remove it"
        )
    number = _value(row, "id", where)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**63:
        raise InputError(f"{where}: id is {number!r}, expected a whole number from 0; mend it")
    return number, image_id, _text(row, "caption", where)


def _image_id(row: Row, key: str, where: str) -> str:
    value = _value(row, key, where)
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise InputError(f"{where}: {key} is {value!r}, expected a whole number or a name; mend it")
    return str(value)


def _text(row: Row, key: str, where: str) -> str:
    value = _value(row, key, where)
    if not isinstance(value, str) or HALF_CHARACTER.search(value):
        raise InputError(f"{where}: {key} is {value!r}, expected text; mend or remove it")
    return value


def _value(row: Row, key: str, where: str) -> object:
    if key not in row:
        raise InputError(f"{where} has no {key!r}, found {list(row)}; add it or remove the entry")
    return row[key]


def _refuse_repeated(key: object, seen: Mapping[Any, object], where: str) -> None:
    if key in seen:
        raise InputError(f"{where}: id {key} occurs twice, expected each once; remove one")
