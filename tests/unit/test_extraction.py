"""From pictures to the cache: the same bytes however the work is cut and broken off."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from lib.extraction import Encoder, extract
from lib.features import read_features
from lib.pictures import BrokenPicture

N_IMAGES = 7
Encode = Callable[[np.ndarray], dict[str, np.ndarray]]


class PowerCut(Exception):
    """What ends a run in the middle."""


def png(number: int) -> bytes:
    pixels = np.random.default_rng(number).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def images(tmp_path: Path) -> pd.DataFrame:
    """Seven pictures, four in a zip and three in a folder, under tmp_path/raw."""
    root = tmp_path / "raw"
    (root / "loose").mkdir(parents=True)
    rows = []
    with zipfile.ZipFile(root / "some.zip", "w") as archive:
        for number in range(N_IMAGES):
            name = f"{number}.png"
            if number % 2 == 0:
                archive.writestr(name, png(number))
            else:
                (root / "loose" / name).write_bytes(png(number))
            place = "loose" if number % 2 else "some.zip"
            rows.append({"image_id": str(number), "archive": place, "member": name})
    return pd.DataFrame(rows)


def mean_and_half(pixels: np.ndarray) -> dict[str, np.ndarray]:
    """A pooled embedding (B, 3) and a grid of two tokens (B, 2, 3)."""
    values = pixels.astype(np.float32)
    halves = np.stack([values[:, :3].mean((1, 2)), values[:, 3:].mean((1, 2))], 1)
    return {"embedding": values.mean((1, 2)), "tokens": halves}


def run(root: Path, images: pd.DataFrame, encode: Encode, workers: int = 1) -> dict[str, bytes]:
    """Extract to root/out with shards of three and batches of two; the shards' bytes by name."""
    scratch, folder = root / "scratch", root / "out"
    scratch.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(np.asarray, encode, "mean of halves")
    raw = root.parent / "raw"
    extract(raw, images, encoder, 2, 3, 10_000, workers, scratch, folder)
    assert not list(scratch.iterdir())
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_picture_has_its_features_in_order(tmp_path: Path, images: pd.DataFrame) -> None:
    shards = run(tmp_path / "a", images, mean_and_half)
    assert sorted(shards) == ["shard-00000.parquet", "shard-00001.parquet", "shard-00002.parquet"]
    found = read_features(tmp_path / "a" / "out", "tokens", "mean of halves")
    assert found.image_ids == images["image_id"].tolist()
    for number in range(N_IMAGES):
        pixels = np.asarray(Image.open(io.BytesIO(png(number))), np.float32)
        halves = np.stack([pixels[:3].mean((0, 1)), pixels[3:].mean((0, 1))])
        assert np.allclose(found.values[number], halves, atol=0.1)  # float16 of up to 255


def test_the_number_of_workers_does_not_change_a_byte(tmp_path: Path, images: pd.DataFrame) -> None:
    one = run(tmp_path / "one", images, mean_and_half, workers=1)
    three = run(tmp_path / "three", images, mean_and_half, workers=3)
    assert one == three


def test_batches_do_not_cross_shards(tmp_path: Path, images: pd.DataFrame) -> None:
    sizes: list[int] = []

    def noted(pixels: np.ndarray) -> dict[str, np.ndarray]:
        sizes.append(len(pixels))
        return mean_and_half(pixels)

    run(tmp_path / "a", images, noted)
    assert sizes == [2, 1, 2, 1, 1]  # shards of 3, 3 and 1


def test_a_run_that_was_broken_off_goes_on_to_the_same_bytes(
    tmp_path: Path, images: pd.DataFrame
) -> None:
    undisturbed = run(tmp_path / "whole", images, mean_and_half)
    seen: list[int] = []

    def breaks(pixels: np.ndarray) -> dict[str, np.ndarray]:
        seen.append(len(pixels))
        if len(seen) == 4:  # the second batch of the second shard
            raise PowerCut
        return mean_and_half(pixels)

    with pytest.raises(PowerCut):
        run(tmp_path / "broken", images, breaks)
    kept = [path.name for path in (tmp_path / "broken" / "scratch").iterdir()]
    assert kept == ["shard-00000.parquet"]
    assert not (tmp_path / "broken" / "out").exists()  # nothing half-done where others look

    later: list[int] = []

    def goes_on(pixels: np.ndarray) -> dict[str, np.ndarray]:
        later.append(len(pixels))
        return mean_and_half(pixels)

    assert run(tmp_path / "broken", images, goes_on) == undisturbed
    assert sum(later) == 4  # the first three pictures were not encoded again


def test_a_picture_damaged_after_preparation_is_named(tmp_path: Path, images: pd.DataFrame) -> None:
    broken = tmp_path / "raw" / "loose" / "5.png"
    broken.write_bytes(broken.read_bytes()[:60])
    with pytest.raises(BrokenPicture, match=r"^5\.png: is damaged"):
        run(tmp_path / "a", images, mean_and_half)
    assert not (tmp_path / "a" / "out").exists()


def test_the_tables_index_does_not_matter(tmp_path: Path, images: pd.DataFrame) -> None:
    shuffled = images.set_index(pd.Index([5, 5, 1, 0, 9, 9, 2]))
    plain = run(tmp_path / "a", images, mean_and_half)
    assert run(tmp_path / "b", shuffled, mean_and_half) == plain
