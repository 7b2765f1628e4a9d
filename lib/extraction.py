"""From pictures to the feature cache: decode, encode in batches, write shard by shard."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image
from tqdm import tqdm

from lib.features import write_shard
from lib.pictures import BrokenPicture, map_pictures

Encode = Callable[[np.ndarray], Mapping[str, np.ndarray]]  # a batch of pixels -> its features


@dataclass(frozen=True)
class Encoder:
    """What a cache is made by: two functions and the name under which the cache will be known."""

    pixels: Callable[[Image.Image], np.ndarray]
    encode: Encode
    identity: str


def extract(
    root: Path,
    images: pd.DataFrame,
    encoder: Encoder,
    batch_images: int,
    images_per_shard: int,
    max_pixels: int,
    workers: int,
    scratch: Path,
    folder: Path,
) -> None:
    """Write the features of all rows of `images` (image_id, archive, member) to `folder`.

    Shards gather in `scratch` and move to `folder` when all are there. A run that was broken off
    goes on after its last whole shard; batches never cross a shard, so the bytes are the same.
    Raises BrokenPicture where a picture has been damaged since it was prepared.
    """
    images = images.reset_index(drop=True)
    with tqdm(total=len(images), unit="img", desc=encoder.identity) as bar:
        for number, first in enumerate(range(0, len(images), images_per_shard)):
            rows = images.iloc[first : first + images_per_shard]
            path = scratch / f"shard-{number:05d}.parquet"
            if not path.is_file():
                pictures = map_pictures(
                    root, rows, encoder.pixels, max_pixels=max_pixels, workers=workers
                )
                encoded = encode_batches(pictures, encoder.encode, batch_images, bar)
                write_shard(list(encoded), encoder.identity, path)
            else:
                bar.update(len(rows))
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(scratch.glob("shard-*.parquet")):
        path.replace(folder / path.name)


def whole(pixels: np.ndarray | BrokenPicture) -> np.ndarray:
    """The pixels, or the reason why there are none, raised."""
    if isinstance(pixels, BrokenPicture):
        raise pixels
    return pixels


def encode_batches(
    pictures: Iterator[tuple[str, np.ndarray | BrokenPicture]],
    encode: Encode,
    batch_images: int,
    bar: Any,
) -> Iterator[tuple[str, dict[str, np.ndarray]]]:
    """(image_id, features of this image) in order."""
    while batch := list(islice(pictures, batch_images)):
        features = encode(np.stack([whole(pixels) for _, pixels in batch]))
        for row, (image_id, _) in enumerate(batch):
            yield image_id, {name: values[row] for name, values in features.items()}
        bar.update(len(batch))
