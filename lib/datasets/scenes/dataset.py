"""Writes the picture book in the files of the data sets it stands for: its training pictures as
COCO train2017, its test pictures as Flickr8k, beside each what the renderer knows to be true.
"""

import io
import itertools
import json
import multiprocessing
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path

from tqdm import tqdm

from lib.datasets.scenes.captions import draw_captions
from lib.datasets.scenes.picture import render
from lib.datasets.scenes.specification import (
    Key,
    Scene,
    draw_scene,
    specification_key,
    truth_of,
)

ZIP_DATE = (2017, 9, 1, 0, 0, 0)  # one date for all members: the same bytes from run to run
ZIP_MODE = 0o644 << 16

# COCO's captions are as people typed them: one in seven ends or begins with white space, one in
# three hundred holds a line break. Of ours, every so many-th annotation id does.
EVERY_TRAILING_SPACE = 7
EVERY_LEADING_SPACE = 67
EVERY_LINE_BREAK = 149


@dataclass(frozen=True)
class Page:
    """One picture yet to be drawn: its file name, its scene, its captions and its seed."""

    file_name: str
    scene: Scene
    captions: tuple[str, ...]
    picture_seed: int


@dataclass(frozen=True)
class _Task:
    scene: Scene
    picture_seed: int
    size_px: int
    jpeg_quality: int


def write_world(
    folder: Path,
    *,
    n_train_images: int,
    n_test_images: int,
    captions_per_image: int,
    size_px: int,
    jpeg_quality: int,
    seed: int,
    workers: int,
) -> None:
    """Renders the picture book into `folder`/coco and `folder`/flickr8k.

    No specification (see `specification_key`) of a test picture occurs among the training
    pictures: the test scenes are drawn first, and a training draw that equals one is drawn again,
    so that training scenes follow the world's distribution without those of the test. Pictures
    are JPEGs of `size_px` x `size_px`. The same arguments write the same bytes, whatever the
    number of `workers` (processes).
    """
    test = draw_pages("picturebook_{:06d}.jpg", n_test_images, captions_per_image, seed, set())
    held_out = {specification_key(page.scene) for page in test}
    train = draw_pages("{:012d}.jpg", n_train_images, captions_per_image, seed, held_out)
    for name in ("coco/annotations", "flickr8k"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    tasks = [_Task(page.scene, page.picture_seed, size_px, jpeg_quality) for page in train + test]
    jpegs = _rendered(tasks, workers)
    _write_coco(folder / "coco", train, itertools.islice(jpegs, len(train)), size_px)
    _write_flickr8k(folder / "flickr8k", test, jpegs)


def draw_pages(
    name_pattern: str, n_pages: int, n_captions: int, seed: int, held_out: Set[Key]
) -> list[Page]:
    """Pages numbered from 1, none with a specification in `held_out`. A page depends on the seed,
    its own name and `held_out` alone.
    """
    pages = []
    for number in range(1, n_pages + 1):
        file_name = name_pattern.format(number)
        rng = random.Random(f"{seed} {file_name}")
        scene = draw_scene(rng)
        while specification_key(scene) in held_out:
            scene = draw_scene(rng)
        captions = tuple(draw_captions(scene, n_captions, rng))
        pages.append(Page(file_name, scene, captions, rng.getrandbits(32)))
    return pages


def _rendered(tasks: Sequence[_Task], workers: int) -> Iterator[bytes]:
    """The JPEG of each task, in their order, with a progress bar."""
    progress = tqdm(total=len(tasks), desc="render scenes", unit="image")
    # Spawned, not forked: safe whatever libraries and threads the parent process has loaded.
    with progress, multiprocessing.get_context("spawn").Pool(workers) as pool:
        for jpeg in pool.imap(_render_jpeg, tasks, chunksize=16):
            progress.update()
            yield jpeg


def _render_jpeg(task: _Task) -> bytes:
    buffer = io.BytesIO()
    picture = render(task.scene, task.picture_seed, task.size_px)
    picture.save(buffer, format="JPEG", quality=task.jpeg_quality)
    return buffer.getvalue()


def _write_coco(folder: Path, pages: Sequence[Page], jpegs: Iterable[bytes], size_px: int) -> None:
    _write_zip(folder / "train2017.zip", "train2017", pages, jpegs)
    _write_truths(folder / "scenes.jsonl", pages)
    captions = [(i, text) for i, page in enumerate(pages, 1) for text in page.captions]
    document = {
        "info": {"description": "Picture book: rendered scenes in the format of COCO captions"},
        "licenses": [],
        "images": [
            {"id": i, "file_name": page.file_name, "width": size_px, "height": size_px}
            for i, page in enumerate(pages, 1)
        ],
        "annotations": [
            {"id": i, "image_id": image_id, "caption": _as_typed(text, i)}
            for i, (image_id, text) in enumerate(captions, 1)
        ],
    }
    path = folder / "annotations" / "captions_train2017.json"
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")


def _as_typed(caption: str, annotation_id: int) -> str:
    if annotation_id % EVERY_LINE_BREAK == 0:
        return caption + "\n"
    if annotation_id % EVERY_LEADING_SPACE == 0:
        return " " + caption
    return caption + " " if annotation_id % EVERY_TRAILING_SPACE == 0 else caption


def _write_flickr8k(folder: Path, pages: Sequence[Page], jpegs: Iterable[bytes]) -> None:
    _write_zip(folder / "Flicker8k_Dataset.zip", "Flicker8k_Dataset", pages, jpegs)
    _write_truths(folder / "scenes.jsonl", pages)
    rows = [
        f"{page.file_name}#{n}\t{caption.removesuffix('.')} ."
        for page in pages
        for n, caption in enumerate(page.captions)
    ]
    _write_lines(folder / "Flickr8k.token.txt", rows)
    _write_lines(folder / "Flickr_8k.trainImages.txt", [])
    _write_lines(folder / "Flickr_8k.devImages.txt", [])
    _write_lines(folder / "Flickr_8k.testImages.txt", [page.file_name for page in pages])


def _write_zip(path: Path, top: str, pages: Sequence[Page], jpegs: Iterable[bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for page, jpeg in zip(pages, jpegs, strict=True):
            member = zipfile.ZipInfo(f"{top}/{page.file_name}", date_time=ZIP_DATE)
            member.external_attr = ZIP_MODE
            archive.writestr(member, jpeg)


def _write_truths(path: Path, pages: Sequence[Page]) -> None:
    rows = [{"file_name": page.file_name, **asdict(truth_of(page.scene))} for page in pages]
    _write_lines(path, [json.dumps(row) for row in rows])


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
