"""The files of the rendered picture book."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from lib.datasets.scenes.dataset import draw_pages, write_world
from lib.datasets.scenes.specification import specification_key

N_TRAIN, N_TEST = 40, 6


def written(folder: Path, workers: int) -> Path:
    write_world(
        folder,
        n_train_images=N_TRAIN,
        n_test_images=N_TEST,
        captions_per_image=5,
        size_px=32,
        jpeg_quality=90,
        seed=7,
        workers=workers,
    )
    return folder


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("world"), workers=1)


def test_the_same_bytes_come_out_whatever_the_number_of_workers(
    world: Path, tmp_path: Path
) -> None:
    again = written(tmp_path, workers=2)
    files = [path.relative_to(world) for path in sorted(world.rglob("*")) if path.is_file()]
    assert len(files) == 9
    for file in files:
        assert (world / file).read_bytes() == (again / file).read_bytes()


def test_coco_names_every_image_and_every_caption_of_an_image(world: Path) -> None:
    document = json.loads((world / "coco/annotations/captions_train2017.json").read_text())
    assert set(document) == {"info", "licenses", "images", "annotations"}
    assert document["images"][0] == {
        "id": 1, "file_name": "000000000001.jpg", "width": 32, "height": 32,
    }  # fmt: skip
    assert [a["id"] for a in document["annotations"]] == list(range(1, 5 * N_TRAIN + 1))
    assert [a["image_id"] for a in document["annotations"]] == [
        i for i in range(1, N_TRAIN + 1) for _ in range(5)
    ]


def test_some_coco_captions_have_stray_white_space_and_one_a_line_break(world: Path) -> None:
    document = json.loads((world / "coco/annotations/captions_train2017.json").read_text())
    captions = [annotation["caption"] for annotation in document["annotations"]]
    # 200 annotations: 28 multiples of 7, 2 of 67 (67, 134), 1 of 149, none of two of them
    assert sum(caption.endswith(". ") for caption in captions) == 28
    assert sum(caption.startswith(" ") for caption in captions) == 2
    assert sum(caption.endswith("\n") for caption in captions) == 1


def test_images_lie_stored_in_the_zips_under_the_original_folder_names(world: Path) -> None:
    for path, first, n_images in (
        ("coco/train2017.zip", "train2017/000000000001.jpg", N_TRAIN),
        ("flickr8k/Flicker8k_Dataset.zip", "Flicker8k_Dataset/picturebook_000001.jpg", N_TEST),
    ):
        with zipfile.ZipFile(world / path) as archive:
            members = archive.infolist()
            assert (len(members), members[0].filename) == (n_images, first)
            assert {member.compress_type for member in members} == {zipfile.ZIP_STORED}
            image = Image.open(io.BytesIO(archive.read(first)))
            assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (32, 32))


def test_flickr8k_captions_are_numbered_from_zero_and_end_in_space_full_stop(world: Path) -> None:
    rows = (world / "flickr8k/Flickr8k.token.txt").read_text().splitlines()
    assert len(rows) == 5 * N_TEST
    keys = [row.split("\t")[0] for row in rows]
    captions = [row.split("\t")[1] for row in rows]
    assert keys[:5] == [f"picturebook_000001.jpg#{n}" for n in range(5)]
    assert keys[5] == "picturebook_000002.jpg#0"
    assert all(c.endswith(" .") and not c.endswith(". .") for c in captions)


def test_all_flickr8k_images_are_test_images(world: Path) -> None:
    lists = {
        split: (world / f"flickr8k/Flickr_8k.{split}Images.txt").read_text().splitlines()
        for split in ("train", "dev", "test")
    }
    names = [f"picturebook_{i:06d}.jpg" for i in range(1, N_TEST + 1)]
    assert lists == {"train": [], "dev": [], "test": names}


def test_the_truth_of_every_image_is_written_with_its_five_words(world: Path) -> None:
    for path, n_images in (("coco", N_TRAIN), ("flickr8k", N_TEST)):
        rows = [json.loads(row) for row in (world / path / "scenes.jsonl").open()]
        assert len({row["file_name"] for row in rows}) == n_images
        for row in rows:
            assert list(row) == [
                "file_name", "place", "subject", "action", "second_thing", "colour",
            ]  # fmt: skip


def test_no_specification_of_the_test_occurs_in_training() -> None:
    test = draw_pages("t{}", 300, 1, seed=3, held_out=frozenset())
    held_out = {specification_key(page.scene) for page in test}
    free = draw_pages("{}", 1500, 1, seed=3, held_out=frozenset())
    train = draw_pages("{}", 1500, 1, seed=3, held_out=held_out)
    clashes = [specification_key(page.scene) in held_out for page in free]
    assert sum(clashes) > 20  # without rejection there would be many
    assert not any(specification_key(page.scene) in held_out for page in train)
    # pages that clash with nothing are the same, with and without rejection
    assert all(a == b for a, b, clash in zip(free, train, clashes, strict=True) if not clash)
