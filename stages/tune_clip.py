"""Make a CLIP by locked-image tuning: a frozen trunk, a new projection and text tower."""

from pathlib import Path

import numpy as np
import open_clip
import torch

from lib.commands import content_hash, entry, run, scratch
from lib.devices import pick_device
from lib.encoders import locked_image_tuning as lit
from lib.params import Params
from lib.paths import Paths
from lib.schemas.captions import CAPTIONS
from lib.schemas.images import IMAGES
from lib.tables import read_table
from lib.training import Schedule, fit, write_curve
from lib.weights import only_file

DATASET = "train_captions"


def main(params: Params, paths: Paths, key: str) -> None:
    settings = entry(params.tuned_clips, key, "tuned_clips")
    dataset = params.datasets.train_captions
    device = pick_device(params.runtime.device)
    images = read_table(paths.images(DATASET), IMAGES)
    captions = read_table(paths.captions(DATASET), CAPTIONS).groupby("image_id")["caption"]
    out = paths.tuned_clip(key)
    out.mkdir(parents=True, exist_ok=True)
    config = lit.clip_config(
        settings.trunk,
        settings.projection,
        settings.embed_dim,
        settings.size_px,
        settings.text.model_dump(),
    )
    clip = lit.new_clip(out, config, lit.preprocessing(settings.size_px), settings.train.seed)
    weights = only_file(paths.weights(settings.weights), "*.pth")
    lit.load_trunk(clip.visual.trunk, settings.trunk, weights)
    pooled = lit.pool_pictures(
        clip.visual.trunk,
        Path(dataset.path),
        images,
        size_px=settings.size_px,
        batch_images=settings.batch_images,
        dtype=getattr(torch, settings.dtype),
        device=device,
        max_pixels=dataset.max_pixels,
        workers=params.runtime.workers,
    )
    tokenize = open_clip.get_tokenizer(f"local-dir:{out}")

    def pairs(split: str) -> lit.PooledImages:
        rows = np.flatnonzero(images["split"] == split)
        names = images["image_id"].iloc[rows]
        return lit.PooledImages(
            pooled[rows], [tokenize(captions.get_group(name).tolist()) for name in names]
        )

    inputs = (key, settings, content_hash(paths.prepared(DATASET), weights))
    with scratch("tune_clip", *inputs) as place:
        schedule = Schedule(**settings.train.model_dump())
        curve = fit(
            lit.LockedImageTuning(clip),
            pairs("train"),
            pairs("validation"),
            lit.collate,
            schedule,
            device,
            place,
        )
    lit.save_clip(clip, out)
    write_curve(curve, paths.curve("clip", key))


if __name__ == "__main__":
    run(main)
