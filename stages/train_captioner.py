"""Train one captioner on cached features."""

from functools import partial

import pandas as pd
import torch
from transformers import PreTrainedTokenizerBase

from lib.captioners.build import Captioner, new_neural, new_prefix, save_captioner
from lib.captioners.examples import CaptionedImages, collate_neural, collate_prefix, token_ids
from lib.commands import content_hash, entry, run, scratch
from lib.devices import pick_device
from lib.features import Features, read_features
from lib.params import NeuralModel, Params, PrefixModel
from lib.paths import Paths
from lib.schemas.captions import CAPTIONS
from lib.schemas.images import IMAGES
from lib.tables import read_table
from lib.training import Schedule, fit, write_curve

DATASET = "train_captions"
NOT_SIZES = {"kind", "features", "input", "weights", "language_model", "max_words", "min_count"}


def build(
    model: PrefixModel | NeuralModel, captions: list[str], features: Features, paths: Paths
) -> tuple[Captioner, PreTrainedTokenizerBase]:
    """A new captioner of the kind and sizes that params.yaml asks for."""
    common = (captions, model.max_words, model.min_count, features)
    if isinstance(model, NeuralModel):
        return new_neural(model.model_dump(exclude=NOT_SIZES), *common)
    sizes = model.model_dump(exclude=NOT_SIZES | {"max_tokens"})
    return new_prefix(sizes, *common, paths.weights(model.weights), model.language_model)


def main(params: Params, paths: Paths, key: str) -> None:
    captioner = entry(params.captioners, key, "captioners")
    model_settings = captioner.model
    schedule = Schedule(**captioner.train.model_dump(exclude={"captions_per_item"}))
    cache = paths.features(model_settings.features, DATASET)
    features = read_features(cache, model_settings.input, encoder=None)
    images = read_table(paths.images(DATASET), IMAGES)
    captions = read_table(paths.captions(DATASET), CAPTIONS).merge(images[["image_id", "split"]])
    torch.manual_seed(captioner.train.seed)
    words = captions.loc[captions["split"] == "train", "caption"].tolist()
    model, tokenizer = build(model_settings, words, features, paths)
    rows = features.rows()

    def examples(split: str) -> CaptionedImages:
        chosen: pd.DataFrame = captions[captions["split"] == split]
        ids = token_ids(chosen["caption"].tolist(), tokenizer, model_settings.max_tokens)
        grouped = pd.Series(ids).groupby(chosen["image_id"].to_numpy(), sort=False)
        items = [(rows[str(image_id)], list(group)) for image_id, group in grouped]
        return CaptionedImages(features.values, items, captioner.train.captions_per_item)

    collate = collate_prefix
    if isinstance(model_settings, NeuralModel):
        collate = partial(collate_neural, start_id=tokenizer.bos_token_id)
    inputs = (key, model_settings, captioner.train, features.encoder)
    with scratch("train_captioner", *inputs, content_hash(paths.prepared(DATASET))) as place:
        curve = fit(
            model,
            examples("train"),
            examples("validation"),
            collate,
            schedule,
            pick_device(params.runtime.device),
            place,
        )
    save_captioner(model, tokenizer, paths.captioner(key))
    write_curve(curve, paths.curve("captioners", key))


if __name__ == "__main__":
    run(main)
