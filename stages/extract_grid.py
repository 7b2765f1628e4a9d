"""Extract grid features of one data set's pictures with a Keras network (TensorFlow)."""

from pathlib import Path

from lib.commands import content_hash, run, scratch
from lib.encoders.grid import load_grid
from lib.extraction import Encoder, extract
from lib.params import Params, caption_dataset
from lib.paths import Paths
from lib.schemas.images import IMAGES
from lib.tables import read_table
from lib.weights import is_untrained, only_file


def main(params: Params, paths: Paths, key: str) -> None:
    settings, dataset = params.encoders.grid, caption_dataset(params.datasets, key)
    folder = paths.weights(settings.weights)
    untrained = is_untrained(folder)
    weights = None if untrained else only_file(folder, "*.h5")
    grid = load_grid(
        settings.architecture, weights, settings.seed, settings.layer, settings.size_px
    )
    origin = f"untrained, seed {settings.seed}" if untrained else content_hash(folder)
    encoder = Encoder(
        grid.pixels,
        grid.encode_pictures,
        f"{settings.architecture} {settings.layer} {settings.size_px} px ({origin})",
    )
    images = read_table(paths.images(key), IMAGES)
    with scratch("extract_grid", key, settings, content_hash(paths.images(key))) as place:
        extract(
            Path(dataset.path),
            images,
            encoder,
            settings.batch_images,
            settings.images_per_shard,
            dataset.max_pixels,
            params.runtime.workers,
            place,
            paths.features("grid", key),
        )


if __name__ == "__main__":
    run(main)
