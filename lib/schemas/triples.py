"""triples.parquet: one row is three consecutive pictures of one split, told as one story."""

import pyarrow as pa

from lib.tables import column

TRIPLES = pa.schema(
    [
        column("triple_id", pa.string(), "t000, t001, …, in order"),
        column("image_ids", pa.list_(pa.string()), "the three pictures, in their listed order"),
    ],
    metadata={"key": "triple_id"},
)
