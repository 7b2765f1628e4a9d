"""Measure how likely one story model finds held-out stories, before and after fine-tuning."""

import pandas as pd
import torch

from lib.commands import entry, run
from lib.devices import pick_device
from lib.params import Params
from lib.paths import Paths
from lib.schemas.likelihoods import LIKELIHOODS
from lib.schemas.stories import STORIES
from lib.stories.examples import encode
from lib.stories.likelihood import Scope, measure
from lib.stories.models import load_story_model
from lib.tables import read_table, write_table


def main(params: Params, paths: Paths, key: str) -> None:
    settings, rule = entry(params.story_models, key, "story_models"), params.perplexity
    device, dtype = pick_device(params.runtime.device), getattr(torch, rule.dtype)
    stories = read_table(paths.stories, STORIES)
    stories = stories[stories["split"] == rule.split]
    rows = []
    for name in ("base", "tuned"):
        told = load_story_model(paths.story_model(f"{name}/{key}"), dtype, device)
        items = [
            encode(prompt, story, told.prompting, told.tokenizer, told.family, settings.max_tokens)
            for prompt, story in zip(stories["prompt"], stories["story"], strict=True)
        ]
        # a seq2seq model reads its prompt and writes the story: there is no likelihood of both
        scopes: tuple[Scope, ...] = ("story", "all") if told.family == "causal" else ("story",)
        for scope in scopes:
            found = measure(told, items, scope, rule.batch_stories)
            for item, story_id, likelihood in zip(items, stories["story_id"], found, strict=True):
                ids = item.story if scope == "story" else item.prompt + item.story
                text = str(told.tokenizer.decode(ids, skip_special_tokens=True))
                rows.append(
                    {
                        "story_id": story_id,
                        "model": name,
                        "scope": scope,
                        **vars(likelihood),
                        "n_words": len(text.split()),
                        "n_bytes": len(text.encode()),
                    }
                )
    table = pd.DataFrame(rows)[LIKELIHOODS.names]
    write_table(table, LIKELIHOODS, paths.likelihoods(key))


if __name__ == "__main__":
    run(main)
