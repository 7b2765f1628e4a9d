"""Bring one story model into the common layout, as it is before fine-tuning."""

from lib.commands import entry, run
from lib.params import Params
from lib.paths import Paths
from lib.schemas.stories import STORIES
from lib.stories.models import StoryModel, import_model, save_story_model
from lib.stories.prompting import Prompting
from lib.tables import read_table


def main(params: Params, paths: Paths, key: str) -> None:
    settings = entry(params.story_models, key, "story_models")
    stories = read_table(paths.stories, STORIES)
    known = stories[stories["split"] == "train"]
    texts = [*known["prompt"], *known["story"]]
    model, tokenizer = import_model(
        paths.weights(settings.weights),
        settings.family,
        settings.network,
        texts,
        settings.train.seed,
    )
    prompting = Prompting(**settings.prompt.model_dump())
    story_model = StoryModel(model, tokenizer, settings.family, prompting)
    save_story_model(story_model, paths.story_model(f"base/{key}"))


if __name__ == "__main__":
    run(main)
