"""Tables are written whole and checked, and come back as they were."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.errors import InputError
from lib.schemas.captions import CAPTIONS
from lib.schemas.expansions import EXPANSIONS
from lib.schemas.images import IMAGES
from lib.schemas.predicted_captions import PREDICTED_CAPTIONS
from lib.schemas.skipped import SKIPPED
from lib.schemas.stories import STORIES
from lib.schemas.told_stories import TOLD_STORIES
from lib.schemas.triples import TRIPLES
from lib.tables import key_columns, read_table, write_table

SCHEMAS = [
    IMAGES,
    CAPTIONS,
    SKIPPED,
    STORIES,
    PREDICTED_CAPTIONS,
    TRIPLES,
    EXPANSIONS,
    TOLD_STORIES,
]


def captions(**columns: list[object]) -> pd.DataFrame:
    rows = {"caption_id": [7, 3], "image_id": ["9", "9"], "caption": ["a dog .", "ein Fluß"]}
    return pd.DataFrame(rows | columns)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_column_says_what_it_means_and_every_key_is_a_column(schema: pa.Schema) -> None:
    assert all(field.metadata[b"meaning"] for field in schema)
    assert set(key_columns(schema)) <= set(schema.names)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_table_without_rows_keeps_its_types(schema: pa.Schema, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    write_table(pd.DataFrame(columns=schema.names), schema, path)
    assert pq.read_schema(path).equals(schema)
    assert read_table(path, schema).empty


def test_strings_come_back_as_plain_str_in_their_order(tmp_path: Path) -> None:
    write_table(captions(), CAPTIONS, tmp_path / "captions.parquet")
    frame = read_table(tmp_path / "captions.parquet", CAPTIONS)
    assert type(frame["caption"][1]) is str
    assert list(frame.itertuples(index=False, name=None)) == [
        (7, "9", "a dog ."),
        (3, "9", "ein Fluß"),
    ]


def test_nulls_come_back_as_none_and_lists_as_lists(tmp_path: Path) -> None:
    expansions = pd.DataFrame({"triple_id": ["t000", "t001"], "expansion": [None, "One day"]})
    write_table(expansions, EXPANSIONS, tmp_path / "e.parquet")
    assert read_table(tmp_path / "e.parquet", EXPANSIONS)["expansion"].tolist() == [None, "One day"]
    triples = pd.DataFrame({"triple_id": ["t000"], "image_ids": [["a", "b", "c"]]})
    write_table(triples, TRIPLES, tmp_path / "t.parquet")
    assert read_table(tmp_path / "t.parquet", TRIPLES)["image_ids"][0] == ["a", "b", "c"]


def test_equal_frames_give_equal_bytes_whatever_their_index_and_column_order(
    tmp_path: Path,
) -> None:
    write_table(captions(), CAPTIONS, tmp_path / "one.parquet")
    other = captions()[["caption", "caption_id", "image_id"]].set_index(pd.Index([5, 4]))
    write_table(other, CAPTIONS, tmp_path / "two.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.parquet", "two.parquet"]


@pytest.mark.parametrize(
    ("frame", "complaint"),
    [
        (captions().drop(columns="caption"), "found columns"),
        (captions(score=[1, 2]), "found columns"),
        (captions(caption_id=["7", "x"]), "x"),
        (captions(caption=[1, 2]), "int"),
        (captions(caption=["a dog .", None]), "caption: string not null> was non-nullable"),
        (captions(caption_id=[1, None]), "caption_id: int64 not null> was non-nullable"),
        (captions(caption_id=[3, 3]), "{'caption_id': 3} occurs more than once"),
    ],
)
def test_a_frame_that_breaks_its_schema_is_not_written(
    frame: pd.DataFrame, complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=complaint):
        write_table(frame, CAPTIONS, tmp_path / "captions.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_key_of_two_columns_may_repeat_in_one_of_them(tmp_path: Path) -> None:
    stories = pd.DataFrame(
        {"story_id": [1, 1], "split": ["train", "test"], "prompt": "p", "story": "s"}
    )
    write_table(stories, STORIES, tmp_path / "stories.parquet")
    assert len(read_table(tmp_path / "stories.parquet", STORIES)) == 2


def test_a_missing_or_damaged_table_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.parquet: no such table; run `dvc repro`"):
        read_table(tmp_path / "none.parquet", CAPTIONS)
    (tmp_path / "text.parquet").write_text("caption_id,caption")
    with pytest.raises(
        InputError, match=r"text.parquet: unreadable as parquet .*`dvc repro`"
    ) as it:
        read_table(tmp_path / "text.parquet", CAPTIONS)
    assert "\n" not in str(it.value)


def test_a_table_of_another_kind_names_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "captions.parquet"
    write_table(pd.DataFrame({"item": ["x"], "reason": ["y"]}), SKIPPED, path)
    with pytest.raises(InputError, match=r"found columns \['item', 'reason'\], expected"):
        read_table(path, CAPTIONS)
    pq.write_table(pa.Table.from_pandas(captions(caption_id=[1.5, 2.5])), path)
    with pytest.raises(
        InputError, match=r"column caption_id is double .nullable., expected int64;"
    ):
        read_table(path, CAPTIONS)
