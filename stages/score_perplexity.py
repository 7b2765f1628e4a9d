"""Score one story model's perplexity on held-out stories, before and after fine-tuning."""

import numpy as np

from lib.commands import run
from lib.params import Params
from lib.paths import Paths
from lib.schemas.likelihoods import LIKELIHOODS
from lib.scoring.bootstrap import interval_of_sums
from lib.scoring.files import Score, write_scores
from lib.scoring.perplexity import perplexity, perplexity_of_sums
from lib.tables import read_table

MAIN = ("before", "after", "word_before", "word_after", "n_stories")
COUNTS = ("loss_nats", "n_tokens", "n_words", "n_bytes", "batch")


def main(params: Params, paths: Paths, key: str) -> None:
    table = read_table(paths.likelihoods(key), LIKELIHOODS)
    bootstrap = params.scoring.bootstrap
    scores: dict[str, Score] = {}
    for model, when in (("base", "before"), ("tuned", "after")):
        rows = table[table["model"] == model]
        story = rows[rows["scope"] == "story"]
        found = perplexity(*(story[name].to_numpy() for name in COUNTS))
        scores[f"word_{when}"] = found.per_word
        scores[f"bits_per_byte_{when}"] = found.bits_per_byte
        sums = story[["loss_nats", "n_tokens"]].to_numpy(dtype=np.float64)
        scores[when] = interval_of_sums(
            sums, perplexity_of_sums, n_resamples=bootstrap.n_resamples, seed=bootstrap.seed
        )
        # the reference's rule: prompt included, mean of the batches' means
        whole = rows[rows["scope"] == "all"] if "all" in set(rows["scope"]) else story
        scores[f"reference_{when}"] = perplexity(
            *(whole[name].to_numpy() for name in COUNTS)
        ).reference
    scores["n_stories"] = len(story)
    write_scores(paths.perplexity_scores(key), paths.perplexity_intervals(key), scores, MAIN)


if __name__ == "__main__":
    run(main)
