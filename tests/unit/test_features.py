"""The feature cache: what is written is read, and nothing is taken for what it is not."""

from pathlib import Path

import numpy as np
import pytest

from lib.errors import InputError
from lib.features import read_features, read_shards, write_shard

RNG = np.random.default_rng(0)
EMBEDDINGS = RNG.normal(0, 3, (5, 4)).astype(np.float32)
TOKENS = RNG.normal(0, 3, (5, 6, 2)).astype(np.float32)
IDS = ["139", "002", "Ünï.1", "9", "b"]


def write(folder: Path, number: int, rows: slice, encoder: str = "CLIP x") -> Path:
    path = folder / f"shard-{number:05d}.parquet"
    vectors = [
        (image_id, {"embedding": embedding, "tokens": tokens})
        for image_id, embedding, tokens in zip(IDS, EMBEDDINGS, TOKENS, strict=True)
    ]
    write_shard(vectors[rows], encoder, path)
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Five images in shards of two, two and one."""
    folder = tmp_path / "features" / "clip"
    for number, first in enumerate(range(0, 5, 2)):
        write(folder, number, slice(first, first + 2))
    return folder


def test_features_come_back_as_float16_in_order(cache: Path) -> None:
    found = read_features(cache, "tokens", encoder=None)
    assert found.image_ids == IDS
    assert found.values.dtype == np.float16
    assert np.array_equal(found.values, TOKENS.astype(np.float16))
    assert found.encoder == "CLIP x"


def test_a_pooled_embedding_is_a_grid_of_one_token(cache: Path) -> None:
    found = read_features(cache, "embedding", encoder="CLIP x")
    assert found.values.shape == (5, 1, 4)
    assert np.array_equal(found.values[:, 0], EMBEDDINGS.astype(np.float16))


def test_each_image_knows_its_row(cache: Path) -> None:
    found = read_features(cache, "embedding", encoder=None)
    assert found.rows() == {"139": 0, "002": 1, "Ünï.1": 2, "9": 3, "b": 4}


def test_shards_come_one_by_one(cache: Path) -> None:
    shards = list(read_shards(cache, "tokens"))
    assert [ids for ids, _, _ in shards] == [IDS[:2], IDS[2:4], IDS[4:]]
    assert [values.shape for _, values, _ in shards] == [(2, 6, 2), (2, 6, 2), (1, 6, 2)]


def test_the_same_features_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write(tmp_path / name, 0, slice(5)) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
    before = first.read_bytes()
    assert write(tmp_path / "a", 0, slice(5)).read_bytes() == before
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["shard-00000.parquet"]


def test_a_cache_of_another_encoder_is_refused_by_name(cache: Path) -> None:
    with pytest.raises(InputError, match=r"made by CLIP x, expected VGG16; run `dvc repro`"):
        read_features(cache, "tokens", encoder="VGG16")


def test_a_cache_of_two_encoders_is_refused_by_name(cache: Path) -> None:
    write(cache, 1, slice(2, 4), encoder="CLIP y")
    with pytest.raises(InputError, match="made by CLIP y, expected CLIP x"):
        read_features(cache, "tokens", encoder=None)


def test_a_damaged_shard_is_named(cache: Path) -> None:
    shard = cache / "shard-00001.parquet"
    shard.write_bytes(shard.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"shard-00001\.parquet: unreadable .*run `dvc repro`"):
        read_features(cache, "tokens", encoder=None)


def test_an_empty_folder_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no feature shards; run `dvc repro`"):
        read_features(tmp_path, "tokens", encoder=None)


def test_a_missing_column_is_named_in_one_line(cache: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_features(cache, "pooled", encoder=None)
    assert "no column 'pooled'" in str(refused.value)
    assert "\n" not in str(refused.value)
