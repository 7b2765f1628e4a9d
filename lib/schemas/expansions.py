"""expansions.parquet: one row is what a system's expander makes of one triple's captions."""

import pyarrow as pa

from lib.tables import column

EXPANSIONS = pa.schema(
    [
        column("triple_id", pa.string(), "the triple, as in triples.parquet"),
        column("expansion", pa.string(), "new text; null without an expander", nullable=True),
    ],
    metadata={"key": "triple_id"},
)
