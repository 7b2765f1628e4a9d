"""Grids of a Keras image network: the only module that imports TensorFlow."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from lib.errors import InputError

NETWORKS = {"InceptionV3": keras.applications.InceptionV3, "VGG16": keras.applications.VGG16}
PREPROCESS = {
    "InceptionV3": keras.applications.inception_v3.preprocess_input,  # to [-1, 1]
    "VGG16": keras.applications.vgg16.preprocess_input,  # BGR, minus ImageNet's means
}


@dataclass(frozen=True)
class Grid:
    """A network cut off at one layer."""

    call: Any  # compiled: (B, h, w, 3) float32 -> (B, rows, columns, c)
    architecture: str
    size_px: int

    def pixels(self, picture: Image.Image) -> np.ndarray:
        """A PIL RGB picture of any size -> (size_px, size_px, 3) uint8, its sides stretched."""
        size = (self.size_px, self.size_px)
        return np.asarray(picture.resize(size, Image.Resampling.BILINEAR))

    def encode_pictures(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        """(B, h, w, 3) uint8 -> `tokens` (B, t, c) float32, t = rows x columns of the layer."""
        batch = PREPROCESS[self.architecture](pixels.astype(np.float32))
        grid = self.call(batch).numpy()
        return {"tokens": grid.reshape(len(grid), -1, grid.shape[-1])}


def load_grid(architecture: str, weights: Path | None, seed: int, layer: str, size_px: int) -> Grid:
    """The network up to `layer`, with the weights of a Keras file or (None) seeded at random."""
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    build = NETWORKS[architecture]
    try:
        network = build(weights=None, include_top=False, input_shape=(size_px, size_px, 3))
        if weights is not None:
            network.load_weights(weights)
        output = network.get_layer(layer).output
    except ValueError as error:
        raise InputError(
            f"encoders.grid: {architecture} at {size_px} px with layer {layer!r} "
            f"and weights {weights or 'untrained'}: {str(error).splitlines()[0]}"
        ) from None
    cut = keras.Model(network.input, output)
    return Grid(tf.function(lambda x: cut(x, training=False)), architecture, size_px)
