"""skipped.parquet: one row is one thing of the raw data that is not used, and why."""

import pyarrow as pa

from lib.tables import column

SKIPPED = pa.schema(
    [
        column("item", pa.string(), "the picture, caption row or story left out"),
        column("reason", pa.string(), "why, in a few words"),
    ]
)
