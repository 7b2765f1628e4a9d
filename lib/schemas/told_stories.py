"""told_stories.parquet: one row is the story that one system tells of one triple."""

import pyarrow as pa

from lib.tables import column

TOLD_STORIES = pa.schema(
    [
        column("triple_id", pa.string(), "the triple, as in triples.parquet"),
        column("story", pa.string(), "the story, without instruction and captions"),
        column("n_tokens", pa.int64(), "length of the story in the model's tokens"),
        column("finish", pa.string(), "end: the model stopped; length: it was cut off"),
        column("attempts", pa.int64(), "generations until the story was not empty, from 1"),
    ],
    metadata={"key": "triple_id"},
)
