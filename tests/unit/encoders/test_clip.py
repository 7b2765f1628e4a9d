"""Any open_clip model from a folder: pooled embeddings, the tokens below them, texts."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import nn

from lib.encoders.clip import Clip, load_clip, write_config
from lib.errors import InputError

CPU = torch.device("cpu")
TEXT = {"context_length": 8, "vocab_size": 49408, "width": 8, "heads": 2, "layers": 1}
VISION: dict[str, dict[str, Any]] = {
    "vit": {"image_size": 8, "patch_size": 4, "width": 8, "layers": 2, "head_width": 4},
    "resnet": {"image_size": 32, "layers": [1, 1, 1, 1], "width": 8, "head_width": 64},
    "timm": {
        "timm_model_name": "test_resnet",
        "timm_model_pretrained": False,
        "timm_pool": "avg",
        "timm_proj": "linear",
        "image_size": 32,
    },
}
# rows and columns of patches or of the last layer's grid, and its channels
GRIDS = {"vit": (4, 8), "resnet": (1, 256), "timm": (1, 96)}


def config(kind: str) -> dict[str, Any]:
    return {"embed_dim": 6, "vision_cfg": VISION[kind], "text_cfg": TEXT}


def preprocess(size_px: int) -> dict[str, Any]:
    return {"size": [size_px, size_px], "mean": [0.5] * 3, "std": [0.25] * 3}


def save(kind: str, folder: Path) -> nn.Module:
    """A seeded CLIP in open_clip's own layout."""
    folder.mkdir()
    write_config(folder, config(kind), preprocess(VISION[kind]["image_size"]))
    torch.manual_seed(0)
    model = open_clip.create_model(f"local-dir:{folder}", load_weights=False)
    save_file(
        {name: tensor.contiguous() for name, tensor in model.state_dict().items()},
        folder / "open_clip_model.safetensors",
    )
    return model.eval()


def noise(n: int, size_px: int) -> np.ndarray:
    return np.random.default_rng(0).normal(0, 1, (n, 3, size_px, size_px)).astype(np.float32)


def load(folder: Path, dtype: torch.dtype = torch.float32, architecture: str | None = None) -> Clip:
    return load_clip(folder, architecture, dtype, CPU)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save("vit", tmp_path / "clip")
    return tmp_path / "clip"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """One weights file whose architecture, tiny-vit, open_clip knows by name alone."""
    (tmp_path / "tiny-vit.json").write_text(json.dumps(config("vit")))
    open_clip.add_model_config(tmp_path / "tiny-vit.json")
    save("vit", tmp_path / "clip")
    (tmp_path / "clip" / "open_clip_config.json").unlink()
    return tmp_path / "clip"


@pytest.mark.parametrize("kind", VISION)
def test_the_embedding_is_open_clips_own(kind: str, tmp_path: Path) -> None:
    model = save(kind, tmp_path / "clip")
    pixels = noise(3, VISION[kind]["image_size"])
    found = load(tmp_path / "clip").encode_pictures(pixels)
    with torch.no_grad():
        wanted = model.encode_image(torch.from_numpy(pixels)).numpy()
    assert found["embedding"].shape == (3, 6)
    assert np.allclose(found["embedding"], wanted, atol=1e-5)
    assert not np.allclose(np.linalg.norm(wanted, axis=1), 1, atol=1e-2)  # not normalised


@pytest.mark.parametrize("kind", VISION)
def test_the_tokens_are_the_grid_below_the_embedding(kind: str, tmp_path: Path) -> None:
    save(kind, tmp_path / "clip")
    found = load(tmp_path / "clip").encode_pictures(noise(3, VISION[kind]["image_size"]))
    assert found["tokens"].shape == (3, *GRIDS[kind])
    assert found["tokens"].dtype == np.float32


def test_an_average_pools_embedding_follows_from_its_tokens(tmp_path: Path) -> None:
    model = save("timm", tmp_path / "clip")
    found = load(tmp_path / "clip").encode_pictures(noise(2, 64))  # a grid of two by two
    assert found["tokens"].shape == (2, 4, 96)
    head = model.visual.head
    with torch.no_grad():
        wanted = head(torch.from_numpy(found["tokens"].mean(1))).numpy()
    assert np.allclose(found["embedding"], wanted, atol=1e-5)


def test_a_vits_tokens_go_row_by_row(folder: Path) -> None:
    """Patch by patch, with one bright patch and no attention between them."""
    clip = load(folder)
    for block in clip.model.visual.transformer.resblocks:
        nn.init.zeros_(block.attn.out_proj.weight)
        nn.init.zeros_(block.attn.out_proj.bias)
    nn.init.zeros_(clip.model.visual.positional_embedding)
    pixels = np.zeros((1, 3, 8, 8), np.float32)
    pixels[0, :, :4, 4:] = noise(1, 4)[0]  # top right: the second of four
    tokens = clip.encode_pictures(pixels)["tokens"][0]
    assert np.allclose(tokens[[2, 3]], tokens[0], atol=1e-5)
    assert not np.allclose(tokens[1], tokens[0], atol=1e-2)


def test_each_picture_is_encoded_by_itself(folder: Path) -> None:
    clip, pixels = load(folder), noise(3, 8)
    together, alone = clip.encode_pictures(pixels), clip.encode_pictures(pixels[1:2])
    for name in ("embedding", "tokens"):
        assert np.allclose(together[name][1], alone[name][0], atol=1e-5)


def test_bfloat16_is_near_float32_and_gives_float32(folder: Path) -> None:
    pixels = noise(3, 8)
    exact, short = (
        load(folder, d).encode_pictures(pixels) for d in (torch.float32, torch.bfloat16)
    )
    assert short["embedding"].dtype == np.float32
    assert not np.array_equal(short["embedding"], exact["embedding"])
    assert np.allclose(short["embedding"], exact["embedding"], atol=0.05)


def test_a_picture_becomes_pixels_as_its_configuration_says(folder: Path) -> None:
    grey = Image.new("RGB", (40, 30), (255, 127, 0))
    pixels = load(folder).pixels(grey)
    assert (pixels.shape, pixels.dtype) == ((3, 8, 8), np.float32)
    # (value / 255 - 0.5) / 0.25
    assert np.allclose(pixels[:, 0, 0], [2.0, (127 / 255 - 0.5) / 0.25, -2.0], atol=1e-6)
    assert np.allclose(pixels, pixels[:, :1, :1])


def test_texts_have_unit_vectors_of_their_own(folder: Path) -> None:
    vectors = load(folder, torch.bfloat16).encode_texts(["a dog runs", "a cat", "a dog runs"])
    assert (vectors.shape, vectors.dtype) == ((3, 6), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)


def test_a_weights_file_alone_needs_its_architectures_name(bare: Path) -> None:
    with pytest.raises(InputError, match=r"no open_clip_config.json, so .*architecture must name"):
        load(bare)


def test_a_weights_file_alone_is_loaded_by_its_architectures_name(bare: Path) -> None:
    found = load(bare, architecture="tiny-vit").encode_pictures(noise(2, 8))
    assert (found["embedding"].shape, found["tokens"].shape) == ((2, 6), (2, 4, 8))


def test_two_weights_files_are_one_too_many(bare: Path) -> None:
    (bare / "other.pt").touch()
    with pytest.raises(InputError, match=r"must be one weights file \(found 2\)"):
        load(bare, architecture="tiny-vit")


def test_weights_of_another_network_are_refused_in_one_line(folder: Path) -> None:
    write_config(folder, config("resnet"), preprocess(32))
    with pytest.raises(InputError, match="not a CLIP for local-dir:") as refused:
        load(folder)
    assert "\n" not in str(refused.value)


def test_a_folder_without_its_weights_is_refused_in_one_line(folder: Path) -> None:
    (folder / "open_clip_model.safetensors").unlink()
    with pytest.raises(InputError, match="holds no weights") as refused:
        load(folder)
    assert "\n" not in str(refused.value)
