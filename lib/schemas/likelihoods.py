"""likelihoods.parquet: one row is how likely a model finds one story, before or after tuning."""

import pyarrow as pa

from lib.tables import column

LIKELIHOODS = pa.schema(
    [
        column("story_id", pa.int64(), "the story, as in stories.parquet"),
        column("model", pa.string(), "base or tuned"),
        column("scope", pa.string(), "story: the story's tokens; all: prompt and story"),
        column("loss_nats", pa.float64(), "summed negative log likelihood of the scored tokens"),
        column("n_tokens", pa.int64(), "scored tokens"),
        column("n_words", pa.int64(), "white-space words of the scored text"),
        column("n_bytes", pa.int64(), "UTF-8 bytes of the scored text"),
        column("batch", pa.int64(), "number of the batch that it was scored in"),
    ],
    metadata={"key": "model scope story_id"},
)
