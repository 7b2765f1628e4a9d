"""Flickr8k: the original text archive (Flickr8k.token.txt) or Kaggle's CSV (captions.txt)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from lib.datasets.caption_set import CaptionSet, build_caption_set, read_text
from lib.errors import InputError

SPLIT_LISTS = {
    "train": "Flickr_8k.trainImages.txt",
    "validation": "Flickr_8k.devImages.txt",
    "test": "Flickr_8k.testImages.txt",
}

Form = Literal["flickr8k", "flickr8k_csv"]  # the original text archive, Kaggle's CSV
CaptionRow = tuple[int, str, str]  # row from 1, file name, caption


def read_flickr8k(folder: Path, *, captions_file: str, images: str, form: Form) -> CaptionSet:
    """Read `folder`/`captions_file`, with the pictures in the zip or folder `folder`/`images`.

    Images come in the order of their captions, without a split. Rows whose name is no NAME.jpg
    (the token file has five, of an image that does not exist) are skipped and listed.
    Raises InputError for rows of another form and for a repeated key.
    """
    read_rows = {"flickr8k": _token_rows, "flickr8k_csv": _csv_rows}[form]
    rows = list(read_rows(folder / captions_file))
    odd = [(f"row {row}: {name}", "is no NAME.jpg") for row, name, _ in rows if not _is_jpg(name)]
    good = [row for row in rows if _is_jpg(row[1])]
    return build_caption_set(
        folder,
        images,
        files={_image_id(name): name for _, name, _ in good},
        captions=[(row, _image_id(name), text) for row, name, text in good],
        skipped=odd,
    )


def flickr8k_splits(folder: Path) -> dict[str, str]:
    """Read the three split lists: image_id → train, validation or test, each in listed order.

    Raises InputError for a missing list, a name that is no NAME.jpg or listed twice.
    """
    splits: dict[str, str] = {}
    for split, list_name in SPLIT_LISTS.items():
        for number, line in enumerate(read_text(folder / list_name).split("\n"), start=1):
            name = line.strip()
            if name:
                _check_listed(name, splits, f"{folder / list_name}: line {number}")
                splits[_image_id(name)] = split
    return splits


def _token_rows(path: Path) -> Iterator[CaptionRow]:
    seen: set[str] = set()
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        key, tab, caption = line.partition("\t")
        name, hash_sign, which = key.rpartition("#")
        if not (tab and hash_sign and which.isdecimal()):
            raise InputError(
                f"{path}: line {number} is {line[:60]!r}, expected NAME.jpg#NUMBER, a tab and the "
                "caption; mend it"
            )
        if key in seen:
            raise InputError(f"{path}: line {number}: key {key} occurs twice; remove one")
        seen.add(key)
        yield number, name, caption


def _csv_rows(path: Path) -> Iterator[CaptionRow]:
    reader = csv.reader(io.StringIO(read_text(path)), strict=True)
    try:
        header = next(reader, [])
        if header != ["image", "caption"]:
            raise InputError(
                f"{path}: line 1 is {header}, expected the header image,caption; add it"
            )
        for number, row in enumerate(filter(None, reader), start=1):
            if len(row) != 2:
                raise InputError(
                    f"{path}: line {reader.line_num} has {len(row)} fields, expected image,caption;"
                    " put a caption that holds commas between quotes"
                )
            yield number, row[0], row[1]
    except csv.Error as error:
        raise InputError(
            f"{path}: line {reader.line_num} is no CSV ({error}); write its quotes twice"
        ) from error


def _check_listed(name: str, splits: dict[str, str], where: str) -> None:
    if not _is_jpg(name):
        raise InputError(f"{where} is {name[:60]!r}, expected NAME.jpg; mend it")
    if _image_id(name) in splits:
        earlier = splits[_image_id(name)]
        raise InputError(f"{where}: {name} is listed twice (in {earlier} too); remove one")


def _is_jpg(name: str) -> bool:
    return name.endswith(".jpg")


def _image_id(file_name: str) -> str:
    return file_name.removesuffix(".jpg")
