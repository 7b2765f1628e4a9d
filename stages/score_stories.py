"""Score the stories of one system against the captions that they were told from."""

from dataclasses import asdict
from functools import partial

import pandas as pd

from lib.commands import entry, run
from lib.params import Params
from lib.paths import Paths
from lib.schemas.predicted_captions import PREDICTED_CAPTIONS
from lib.schemas.story_details import STORY_DETAILS
from lib.schemas.told_stories import TOLD_STORIES
from lib.schemas.triples import TRIPLES
from lib.scoring.bootstrap import interval_of_mean
from lib.scoring.files import write_scores
from lib.scoring.stories import score_story
from lib.stories.triples import triple_captions
from lib.tables import read_table, write_table

# the main figures' short names; the others keep theirs and stand among the intervals
SHORT = {
    "reference_worlap": "worlap",
    "worlap": "worlap_content",
    "reference_ttr": "ttr",
    "flesch_kincaid_grade": "readability",
    "reference_complexity_words": "complexity",
}


def main(params: Params, paths: Paths, key: str) -> None:
    system, bootstrap = entry(params.systems, key, "systems"), params.scoring.bootstrap
    predicted = read_table(paths.predicted_captions(system.captioner), PREDICTED_CAPTIONS)
    captions = triple_captions(read_table(paths.triples, TRIPLES), predicted)
    told = read_table(paths.told_stories(key), TOLD_STORIES)
    window = params.scoring.stories.ttr_window
    stories = dict(zip(told["triple_id"], told["story"], strict=True))
    rows = [
        {"triple_id": triple_id, **asdict(score_story(captions[triple_id], story, window))}
        for triple_id, story in stories.items()
    ]
    scored = pd.DataFrame(rows).rename(columns=SHORT)
    mean = partial(interval_of_mean, n_resamples=bootstrap.n_resamples, seed=bootstrap.seed)
    names = [name for name in scored.columns if name != "triple_id"]
    scores = {name: mean(scored[name].to_numpy(dtype=float)) for name in names}
    counts = {
        "n_retried": int((told["attempts"] > 1).sum()),
        "n_cut_off": int((told["finish"] == "length").sum()),
        "n_stories": len(told),
    }
    main_names = [name for name in STORY_DETAILS.names if name != "triple_id"] + ["n_stories"]
    write_table(scored[STORY_DETAILS.names], STORY_DETAILS, paths.story_details(key))
    write_scores(
        paths.story_scores(key), paths.story_intervals(key), {**scores, **counts}, main_names
    )


if __name__ == "__main__":
    run(main)
