"""What every captioning dataset is read into, and the checks of its pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from PIL import Image
from tqdm import tqdm

from lib.errors import InputError
from lib.pictures import BrokenPicture, find_member, list_members, map_pictures

FACTS = ("place", "subject", "action", "second_thing", "colour")


@dataclass(frozen=True)
class CaptionSet:
    """Pictures with captions, as tables of `lib.schemas`, in the order of the source.

    `images` has no width_px and height_px before `drop_broken`, and no split before one is given;
    write_table refuses it until then. Every image has a caption.
    """

    images: pd.DataFrame
    captions: pd.DataFrame
    skipped: pd.DataFrame


def build_caption_set(
    folder: Path,
    archive: str,
    files: Mapping[str, str],
    captions: Sequence[tuple[int, str, str]],
    skipped: Sequence[tuple[str, str]],
) -> CaptionSet:
    """Join `files` (image_id → file name) and `captions` (caption_id, image_id, text).

    Finds each picture in `folder`/`archive` by its base name; one that is not there keeps its
    file name as member, and drop_broken lists it. Empty captions, then images without any, go to
    `skipped`. `folder`/scenes.jsonl, if there, gives the facts of rendered pictures.
    """
    texts = [(number, image_id, collapse_space(text)) for number, image_id, text in captions]
    empty = [
        (f"caption {number} of {files[image_id]}", "is empty")
        for number, image_id, text in texts
        if not text
    ]
    captioned = {image_id for _, image_id, text in texts if text}
    bare = [(name, "has no caption") for key, name in files.items() if key not in captioned]
    used = {image_id: name for image_id, name in files.items() if image_id in captioned}
    return CaptionSet(
        images=_image_rows(folder, archive, used),
        captions=pd.DataFrame(
            [row for row in texts if row[2]], columns=["caption_id", "image_id", "caption"]
        ),
        skipped=skipped_rows([*skipped, *empty, *bare]),
    )


def drop_broken(
    found: CaptionSet, folder: Path, *, max_pixels: int, max_broken_share: float, workers: int
) -> CaptionSet:
    """Decode every picture; measure the good ones, drop and list the missing and broken ones.

    Raises InputError when none is good or more than `max_broken_share` (0…1) of all are not.
    """
    sizes: dict[str, tuple[int, int]] = {}
    broken: dict[str, BrokenPicture] = {}
    results = map_pictures(folder, found.images, _size_px, max_pixels=max_pixels, workers=workers)
    total = len(found.images)
    for image_id, result in tqdm(results, total=total, desc="checking pictures", unit="picture"):
        if isinstance(result, BrokenPicture):
            broken[image_id] = result
        else:
            sizes[image_id] = result
    _refuse_too_many(list(broken.values()), total, folder, max_broken_share)
    good = without_images(found, {key: (bad.name, bad.reason) for key, bad in broken.items()})
    widths, heights = zip(*(sizes[image_id] for image_id in good.images["image_id"]), strict=True)
    images = good.images.assign(width_px=widths, height_px=heights)
    return CaptionSet(images, good.captions, good.skipped)


def without_images(found: CaptionSet, reasons: Mapping[str, tuple[str, str]]) -> CaptionSet:
    """Drop the images in `reasons` (image_id → (item, reason)) with their captions; list them."""
    return CaptionSet(
        images=found.images[~found.images["image_id"].isin(reasons)].reset_index(drop=True),
        captions=found.captions[~found.captions["image_id"].isin(reasons)].reset_index(drop=True),
        skipped=pd.concat([found.skipped, skipped_rows(list(reasons.values()))], ignore_index=True),
    )


def skipped_rows(rows: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The skipped table of (item, reason) rows."""
    return pd.DataFrame(rows, columns=["item", "reason"], dtype="str")


def collapse_space(text: str) -> str:
    """`text` without white space at its ends, every other run of it, newlines too, one space."""
    return " ".join(text.split())


def read_text(path: Path) -> str:
    """The UTF-8 text of a file. Raises InputError where there is none."""
    if not path.is_file():
        raise InputError(f"{path}: no such file; put it there or correct the dataset's settings")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start} is not UTF-8, expected UTF-8 text; save it as UTF-8"
        ) from error


def _image_rows(folder: Path, archive: str, files: Mapping[str, str]) -> pd.DataFrame:
    members = list_members(folder / archive)
    facts = _read_facts(folder / "scenes.jsonl")
    unknown = dict.fromkeys(FACTS)
    rows = [
        {
            "image_id": image_id,
            "archive": archive,
            "member": find_member(members, file_name) or file_name,
            **facts.get(file_name, unknown),
        }
        for image_id, file_name in files.items()
    ]
    if not rows:
        raise InputError(f"{folder}: no image has a caption, expected at least one")
    return pd.DataFrame(rows)


def _read_facts(path: Path) -> dict[str, dict[str, str | None]]:
    """What the renderer knows to be true of each picture, by file name; {} without such a file."""
    if not path.exists():
        return {}
    facts: dict[str, dict[str, str | None]] = {}
    for number, line in enumerate(read_text(path).strip().split("\n"), start=1):
        try:
            scene = json.loads(line)
            facts[scene["file_name"]] = {fact: scene[fact] for fact in FACTS}
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(
                f"{path}: line {number} is {line[:60]!r}, expected a JSON object with file_name, "
                f"{', '.join(FACTS)}; render the scenes again"
            ) from error
    return facts


def _size_px(image: Image.Image) -> tuple[int, int]:
    return image.size


def _refuse_too_many(
    broken: Sequence[BrokenPicture], total: int, folder: Path, max_broken_share: float
) -> None:
    if len(broken) < total and len(broken) <= max_broken_share * total:
        return
    examples = ", ".join(f"{bad.name} {bad.reason.partition(';')[0]}" for bad in broken[:3])
    raise InputError(
        f"{folder}: {len(broken)} of {total} pictures ({len(broken) / total:.1%}) are missing or "
        f"broken, max_broken_share allows {max_broken_share:.1%}; mend them or raise it; the "
        f"first: {examples}"
    )
