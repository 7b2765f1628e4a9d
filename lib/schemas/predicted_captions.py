"""predicted_captions.parquet: one row is the caption that one captioner gives one picture."""

import pyarrow as pa

from lib.tables import column

PREDICTED_CAPTIONS = pa.schema(
    [
        column("image_id", pa.string(), "the picture, as in images.parquet"),
        column("caption", pa.string(), "the decoded caption"),
    ],
    metadata={"key": "image_id"},
)
