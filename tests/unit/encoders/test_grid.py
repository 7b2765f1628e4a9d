"""Keras grids, looked at in one TensorFlow process of their own.

TensorFlow and PyTorch abort when they meet in one process, so the networks run in a child, which
writes down what it saw; the tests read that.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[3]
LOOK = """
import json, sys
from pathlib import Path

import keras
import numpy as np
from PIL import Image

from lib.encoders.grid import PREPROCESS, load_grid
from lib.errors import InputError

place = Path(sys.argv[1])
pixels = np.random.default_rng(0).integers(0, 256, (3, 75, 75, 3), dtype=np.uint8)
small = pixels[:, :32, :32]


def inception(seed):
    return load_grid("InceptionV3", None, seed, "mixed0", 75)


def refusal(*arguments):
    try:
        load_grid(*arguments)
    except InputError as error:
        return str(error)


first = inception(1)
picture = Image.new("RGB", (80, 20), (255, 0, 0))
picture.paste((0, 0, 255), (40, 0, 80, 20))
vgg = keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
kernel, _ = vgg.get_layer("block1_conv1").get_weights()
bias = np.linspace(-20, 20, 64).astype(np.float32)
vgg.get_layer("block1_conv1").set_weights([kernel, bias])
saved = place / "vgg.weights.h5"
vgg.save_weights(saved)
np.savez(
    place / "arrays.npz",
    grid=first.encode_pictures(pixels)["tokens"],
    alone=first.encode_pictures(pixels[1:2])["tokens"],
    again=inception(1).encode_pictures(pixels)["tokens"],
    other_seed=inception(2).encode_pictures(pixels)["tokens"],
    scaled=PREPROCESS["InceptionV3"](np.array([0, 51, 255], np.float32)),
    stretched=first.pixels(picture),
    small=small,
    kernel=kernel,
    bias=bias,
    vgg=load_grid("VGG16", saved, 1, "block1_conv1", 32).encode_pictures(small)["tokens"],
)
notes = {
    "torch": "torch" in sys.modules,
    "layer": refusal("InceptionV3", None, 1, "mixed99", 75),
    "size": refusal("InceptionV3", None, 1, "mixed0", 40),
    "weights": refusal("InceptionV3", saved, 1, "mixed0", 75),
}
(place / "notes.json").write_text(json.dumps(notes))
"""


@dataclass(frozen=True)
class Seen:
    arrays: dict[str, np.ndarray]
    notes: dict[str, object]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    place = tmp_path_factory.mktemp("grid")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": ""}
    command = [sys.executable, "-c", LOOK, str(place)]
    child = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert child.returncode == 0, child.stderr[-2000:]
    with np.load(place / "arrays.npz") as arrays:
        return Seen(dict(arrays), json.loads((place / "notes.json").read_text()))


def test_the_grid_of_a_layer_is_one_token_a_place(seen: Seen) -> None:
    # 75 px leave 7 x 7 places with 256 channels after InceptionV3's first mixed layer
    assert seen.arrays["grid"].shape == (3, 49, 256)
    assert seen.arrays["grid"].dtype == np.float32
    assert seen.arrays["grid"].std() > 0


def test_an_untrained_network_follows_from_its_seed(seen: Seen) -> None:
    assert np.array_equal(seen.arrays["grid"], seen.arrays["again"])
    assert not np.allclose(seen.arrays["grid"], seen.arrays["other_seed"], rtol=0.1)


def test_each_picture_is_encoded_by_itself(seen: Seen) -> None:
    assert np.allclose(seen.arrays["alone"][0], seen.arrays["grid"][1], rtol=1e-4, atol=1e-6)


def test_inception_reads_pixels_from_minus_one_to_one(seen: Seen) -> None:
    assert np.allclose(seen.arrays["scaled"], [-1.0, -0.6, 1.0])


def test_a_picture_is_stretched_to_a_square(seen: Seen) -> None:
    stretched = seen.arrays["stretched"]
    assert (stretched.shape, stretched.dtype) == ((75, 75, 3), np.uint8)
    assert stretched[0, 0].tolist() == stretched[74, 36].tolist() == [255, 0, 0]
    assert stretched[0, 74].tolist() == stretched[74, 38].tolist() == [0, 0, 255]


def test_vgg_reads_bgr_less_imagenets_mean_with_the_weights_of_its_file(seen: Seen) -> None:
    """The first convolution, 3 x 3 with relu, worked out at a few places; tokens go row by row."""
    arrays = seen.arrays
    inputs = arrays["small"][..., ::-1] - np.array([103.939, 116.779, 123.68])
    padded = np.pad(inputs, ((0, 0), (1, 1), (1, 1), (0, 0)))
    for image, row, column in [(0, 0, 0), (1, 5, 17), (2, 31, 30)]:
        window = padded[image, row : row + 3, column : column + 3]  # (3, 3, 3)
        wanted = np.tensordot(window, arrays["kernel"], 3) + arrays["bias"]
        found = arrays["vgg"][image, 32 * row + column]
        assert np.allclose(found, wanted.clip(min=0), rtol=1e-3, atol=1e-2)


@pytest.mark.parametrize("what", ["layer", "size", "weights"])
def test_what_does_not_fit_is_refused_in_one_line(what: str, seen: Seen) -> None:
    message = str(seen.notes[what])
    assert message.startswith("encoders.grid: InceptionV3 at ")
    assert "\n" not in message
    assert "mixed99" in message or what != "layer"


def test_tensorflow_runs_without_pytorch(seen: Seen) -> None:
    assert seen.notes["torch"] is False
