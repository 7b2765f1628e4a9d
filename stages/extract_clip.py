"""Extract pooled embeddings and token grids of one data set's pictures with CLIP (PyTorch)."""

from pathlib import Path

import torch

from lib.commands import content_hash, run, scratch
from lib.devices import pick_device
from lib.encoders.clip import load_clip
from lib.extraction import Encoder, extract
from lib.params import Params, caption_dataset
from lib.paths import Paths
from lib.schemas.images import IMAGES
from lib.tables import read_table


def main(params: Params, paths: Paths, key: str) -> None:
    settings, dataset = params.encoders.clip, caption_dataset(params.datasets, key)
    folder = paths.clip(settings.checkpoint)
    clip = load_clip(
        folder,
        settings.architecture,
        getattr(torch, settings.dtype),
        pick_device(params.runtime.device),
    )
    origin = f"{Path(settings.checkpoint).name} {content_hash(folder)}"
    encoder = Encoder(clip.pixels, clip.encode_pictures, f"CLIP {origin} ({settings.dtype})")
    images = read_table(paths.images(key), IMAGES)
    with scratch("extract_clip", key, settings, origin, content_hash(paths.images(key))) as place:
        extract(
            Path(dataset.path),
            images,
            encoder,
            settings.batch_images,
            settings.images_per_shard,
            dataset.max_pixels,
            params.runtime.workers,
            place,
            paths.features("clip", key),
        )


if __name__ == "__main__":
    run(main)
