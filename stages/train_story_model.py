"""Fine-tune one story model on prompts and their stories."""

from dataclasses import replace
from functools import partial

import torch
from transformers import PreTrainedModel

from lib.commands import content_hash, entry, run, scratch
from lib.devices import pick_device
from lib.params import Params
from lib.paths import Paths
from lib.schemas.stories import STORIES
from lib.stories.examples import Stories, collate, encode
from lib.stories.models import load_story_model, save_story_model
from lib.stories.tuning import tune_lora, tune_whole
from lib.tables import read_table
from lib.training import Schedule, fit, write_curve

LORA = {"method", "lora_rank", "lora_alpha", "loss_on"}


def main(params: Params, paths: Paths, key: str) -> None:
    settings = entry(params.story_models, key, "story_models")
    tuning, folder = settings.train, paths.story_model(f"base/{key}")
    device = pick_device(params.runtime.device)
    dtype = torch.bfloat16 if tuning.method == "lora" and tuning.bf16 else torch.float32
    base = load_story_model(folder, dtype, device)
    stories = read_table(paths.stories, STORIES)

    limit = settings.max_tokens

    def pairs(split: str) -> Stories:
        rows = stories[stories["split"] == split]
        return Stories(
            [
                encode(prompt, story, base.prompting, base.tokenizer, base.family, limit)
                for prompt, story in zip(rows["prompt"], rows["story"], strict=True)
            ]
        )

    batches = partial(
        collate, family=base.family, loss_on=tuning.loss_on, pad_id=base.tokenizer.pad_token_id
    )
    schedule = Schedule(**tuning.model_dump(exclude=LORA))
    inputs = (key, settings, content_hash(folder, paths.stories))
    with scratch("train_story_model", *inputs) as place:

        def train(network: PreTrainedModel) -> None:
            curve = fit(
                network, pairs("train"), pairs("validation"), batches, schedule, device, place
            )
            write_curve(curve, paths.curve("stories", key))

        if tuning.method == "lora":
            rank, alpha = tuning.lora_rank, tuning.lora_alpha
            model = tune_lora(base.model, base.family, rank, alpha, tuning.seed, train)
        else:
            model = tune_whole(base.model, train)
    save_story_model(replace(base, model=model), paths.story_model(f"tuned/{key}"))


if __name__ == "__main__":
    run(main)
