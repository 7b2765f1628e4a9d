"""The feature cache: parquet shards keyed by image_id, each naming the encoder that made it.

A shard has the column image_id and, beside it, one column a feature: rows of float16 of fixed
length, whose shape stands in the file's metadata together with the encoder's identity.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lib.errors import InputError

Vectors = Mapping[str, np.ndarray]  # feature name -> array of one image


@dataclass(frozen=True)
class Features:
    """One column of a cache in memory: row i of `values` (n, t, c) float16 is image_ids[i]."""

    image_ids: list[str]
    values: np.ndarray
    encoder: str

    def rows(self) -> dict[str, int]:
        """image_id -> row."""
        return {image_id: row for row, image_id in enumerate(self.image_ids)}


def write_shard(rows: list[tuple[str, Vectors]], encoder: str, path: Path) -> None:
    """One parquet file; features become fixed-size lists of float16."""
    columns: dict[str, pa.Array] = {"image_id": pa.array([image_id for image_id, _ in rows])}
    shapes = {}
    for name in rows[0][1]:
        values = np.stack([vectors[name] for _, vectors in rows]).astype(np.float16)
        shapes[name] = list(values.shape[1:])
        flat = pa.array(values.reshape(-1), type=pa.float16())
        columns[name] = pa.FixedSizeListArray.from_arrays(flat, int(np.prod(shapes[name])))
    metadata = {"encoder": encoder, "shapes": json.dumps(shapes)}
    table = pa.table(columns).replace_schema_metadata(metadata)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    # float16 hardly compresses and has no repeats: store it as it is, read it at disk speed
    pq.write_table(table, temporary, compression="none", use_dictionary=["image_id"])
    temporary.replace(path)


def read_shards(folder: Path, column: str) -> Iterator[tuple[list[str], np.ndarray, str]]:
    """image_ids, values (n, *shape) float16 and encoder identity of each shard, in order."""
    paths = sorted(folder.glob("shard-*.parquet"))
    if not paths:
        raise InputError(f"{folder}: holds no feature shards; run `dvc repro`")
    for path in paths:
        try:
            names = pq.read_schema(path).names
            wanted = [name for name in ("image_id", column) if name in names]
            table = pq.read_table(path, columns=wanted)
        except (pa.ArrowInvalid, OSError) as error:
            raise InputError(f"{path}: unreadable ({error}); run `dvc repro`") from None
        metadata = {k.decode(): v.decode() for k, v in (table.schema.metadata or {}).items()}
        if column not in table.column_names or "encoder" not in metadata:
            raise InputError(f"{path}: no column {column!r} of a named encoder; run `dvc repro`")
        shape = json.loads(metadata["shapes"])[column]
        flat = table.column(column).combine_chunks().flatten().to_numpy()
        yield table.column("image_id").to_pylist(), flat.reshape(-1, *shape), metadata["encoder"]


def read_features(folder: Path, column: str, encoder: str | None) -> Features:
    """A whole column, its values as (n, t, c): t = 1 for a pooled embedding.

    `encoder` is the identity that the cache must have (None: any, the first shard's). A cache of
    another encoder, or of several, is refused by name: its numbers would fit in shape and mean
    something else.
    """
    ids: list[str] = []
    parts: list[np.ndarray] = []
    for shard_ids, values, found in read_shards(folder, column):
        encoder = encoder or found
        if found != encoder:
            raise InputError(
                f"{folder}: features were made by {found}, expected {encoder}; "
                "run `dvc repro` so that model and cache agree"
            )
        ids += shard_ids
        parts.append(values if values.ndim == 3 else values[:, None])
    return Features(ids, np.concatenate(parts), encoder or "")
