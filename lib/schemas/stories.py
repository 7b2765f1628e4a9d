"""stories.parquet: one row is one writing prompt with its story, in the order of the source."""

import pyarrow as pa

from lib.tables import column

STORIES = pa.schema(
    [
        column("story_id", pa.int64(), "line number in the split's source files, from 1"),
        column("split", pa.string(), "train, validation or test"),
        column("prompt", pa.string(), "the prompt, cleaned, without its tag"),
        column("story", pa.string(), "the story, cleaned, never empty"),
    ],
    metadata={"key": "split story_id"},
)
