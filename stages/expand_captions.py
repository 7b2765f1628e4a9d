"""Let a zero-shot language model expand the captions of each triple, where a system wants it."""

import pandas as pd

from lib.commands import entry, run
from lib.params import Params
from lib.paths import Paths
from lib.schemas.expansions import EXPANSIONS
from lib.schemas.predicted_captions import PREDICTED_CAPTIONS
from lib.schemas.triples import TRIPLES
from lib.stories.triples import triple_captions
from lib.tables import read_table, write_table


def expand(params: Params, paths: Paths, captions: list[list[str]]) -> list[str]:
    """One expansion a triple; the language model is loaded here, where it is needed."""
    import torch

    from lib.devices import pick_device
    from lib.stories.generation import Decoding, generate
    from lib.stories.models import load_story_model
    from lib.stories.prompting import Prompting, ask, fill

    expander = params.expander
    dtype, device = getattr(torch, expander.dtype), pick_device(params.runtime.device)
    story_model = load_story_model(paths.story_model(expander.story_model), dtype, device)
    prompting = Prompting(expander.style, expander.system, "{prompt}")
    asked = [
        ask(fill(expander.instruction, group, None), prompting, story_model.tokenizer)
        for group in captions
    ]
    decoding = Decoding(**expander.decode.model_dump())
    return [telling.text for telling in generate(story_model, asked, decoding, "expansions")]


def main(params: Params, paths: Paths, key: str) -> None:
    system = entry(params.systems, key, "systems")
    triples = read_table(paths.triples, TRIPLES)
    predicted = read_table(paths.predicted_captions(system.captioner), PREDICTED_CAPTIONS)
    captions = triple_captions(triples, predicted)
    expansions = expand(params, paths, list(captions.values())) if system.expander else None
    table = pd.DataFrame({"triple_id": list(captions), "expansion": expansions})
    write_table(table, EXPANSIONS, paths.expansions(key))


if __name__ == "__main__":
    run(main)
