"""captions.parquet: one row is one reference caption of one picture."""

import pyarrow as pa

from lib.tables import column

CAPTIONS = pa.schema(
    [
        column("caption_id", pa.int64(), "COCO: the annotation's id; Flickr8k: the row, from 1"),
        column("image_id", pa.string(), "the picture, as in images.parquet"),
        column("caption", pa.string(), "the caption; white space collapsed, never empty"),
    ],
    metadata={"key": "caption_id"},
)
