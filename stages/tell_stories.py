"""Tell one story a triple with one system."""

import logging

import pandas as pd
import torch

from lib.commands import entry, run
from lib.devices import pick_device
from lib.params import Params
from lib.paths import Paths
from lib.schemas.expansions import EXPANSIONS
from lib.schemas.predicted_captions import PREDICTED_CAPTIONS
from lib.schemas.told_stories import TOLD_STORIES
from lib.schemas.triples import TRIPLES
from lib.stories.generation import Decoding, generate
from lib.stories.models import load_story_model
from lib.stories.prompting import ask, fill
from lib.stories.triples import triple_captions
from lib.tables import read_table, write_table

log = logging.getLogger("triptych")


def main(params: Params, paths: Paths, key: str) -> None:
    system = entry(params.systems, key, "systems")
    triples = read_table(paths.triples, TRIPLES)
    predicted = read_table(paths.predicted_captions(system.captioner), PREDICTED_CAPTIONS)
    expansions = read_table(paths.expansions(key), EXPANSIONS).set_index("triple_id")["expansion"]
    captions = triple_captions(triples, predicted)
    story_model = load_story_model(
        paths.story_model(system.story_model),
        getattr(torch, params.storyteller.dtype),
        pick_device(params.runtime.device),
    )
    asked = [
        ask(
            fill(system.prompt, group, expansions[triple_id]),
            story_model.prompting,
            story_model.tokenizer,
        )
        for triple_id, group in captions.items()
    ]
    decoding = Decoding(**params.storyteller.decode.model_dump())
    told = generate(story_model, asked, decoding, key)
    rows = [
        {
            "triple_id": triple_id,
            "story": telling.text,
            "n_tokens": telling.n_tokens,
            "finish": telling.finish,
            "attempts": telling.attempts,
        }
        for triple_id, telling in zip(captions, told, strict=True)
    ]
    write_table(pd.DataFrame(rows), TOLD_STORIES, paths.told_stories(key))
    log.info("%s: %d stories; the first: %.300s", key, len(told), told[0].text)


if __name__ == "__main__":
    run(main)
