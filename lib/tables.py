"""Checked parquet tables: written whole or not at all, read only if they are what was promised."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lib.errors import InputError


def column(name: str, kind: pa.DataType, meaning: str, *, nullable: bool = False) -> pa.Field:
    """One column of a schema; `meaning` (with its unit) travels in the field's metadata."""
    return pa.field(name, kind, nullable=nullable, metadata={"meaning": meaning})


def key_columns(schema: pa.Schema) -> list[str]:
    """Columns that tell rows apart, from the schema's metadata `key`; [] where rows may repeat."""
    key: bytes = (schema.metadata or {}).get(b"key", b"")
    return key.decode().split()


def write_table(frame: pd.DataFrame, schema: pa.Schema, path: Path) -> None:
    """Write `frame` as parquet at `path`, its columns in the schema's order.

    Equal frames give equal bytes. A crash leaves no half table: the file appears when complete.
    Raises ValueError where the frame breaks the schema (columns, types, nulls, repeated key),
    which is a fault of the caller: what a user can cause is refused by the readers.
    """
    table = _checked(frame, schema, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        pq.write_table(table, partial, compression="zstd")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def read_table(path: Path, schema: pa.Schema) -> pd.DataFrame:
    """Read the table at `path`: strings as plain str, lists as lists, nulls as None.

    Raises InputError when the file is missing, is no parquet, or has other columns or types.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such table; run `dvc repro` to make it")
    try:
        table = pq.read_table(path, partitioning=None)
    except (pa.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: unreadable as parquet ({reason}); run `dvc repro`") from error
    _refuse_other_columns(table.schema, schema, path)
    return _plain(table, schema)


def _checked(frame: pd.DataFrame, schema: pa.Schema, path: Path) -> pa.Table:
    if sorted(frame.columns) != sorted(schema.names):
        found = list(frame.columns)
        raise ValueError(f"{path}: found columns {found}, expected {schema.names}")
    repeated = frame.duplicated(key_columns(schema)) if key_columns(schema) else None
    if repeated is not None and repeated.any():
        twice = frame.loc[repeated, key_columns(schema)].iloc[0].to_dict()
        raise ValueError(f"{path}: {twice} occurs more than once, expected a key")
    try:
        # Arrow refuses other types and, in columns that are not nullable, nulls.
        table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
    # Without pandas' own metadata, which names the pandas version and so changes the bytes.
    return table.replace_schema_metadata(schema.metadata)


def _refuse_other_columns(found: pa.Schema, expected: pa.Schema, path: Path) -> None:
    if found.equals(expected):
        return
    if found.names != expected.names:
        raise InputError(
            f"{path}: found columns {found.names}, expected {expected.names}; run `dvc repro`"
        )
    name = next(field.name for field in expected if not found.field(field.name).equals(field))
    raise InputError(
        f"{path}: column {name} is {_kind(found.field(name))}, "
        f"expected {_kind(expected.field(name))}; run `dvc repro`"
    )


def _kind(field: pa.Field) -> str:
    return f"{field.type}{' (nullable)' if field.nullable else ''}"


def _plain(table: pa.Table, schema: pa.Schema) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas()
    for field in schema:
        # pandas would show a null string as NaN, which is truthy, and a list as an array.
        if field.nullable or pa.types.is_list(field.type):
            frame[field.name] = pd.Series(table[field.name].to_pylist(), dtype=object)
    return frame
