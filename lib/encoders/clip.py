"""CLIP by open_clip: load any model from a folder, embed pictures and texts."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import torch
from open_clip.timm_model import TimmModel
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional
from torchvision.transforms import Compose

from lib.errors import InputError

WEIGHTS = (".safetensors", ".bin", ".pth", ".pt")


@dataclass(frozen=True)
class Clip:
    """A CLIP in eval mode with its own picture transform and tokeniser."""

    model: Any  # open_clip's CLIP or CustomTextCLIP: one interface, no common class
    transform: Compose  # PIL RGB -> (3, h, w) float32, normalised
    tokenize: Any  # list of str -> (n, context) int64
    device: torch.device
    dtype: torch.dtype

    def pixels(self, picture: Image.Image) -> np.ndarray:
        """A PIL RGB picture of any size -> (3, h, w) float32."""
        return np.asarray(self.transform(picture))

    @torch.inference_mode()
    def encode_pictures(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        """(B, 3, h, w) float32 -> `embedding` (B, d), not normalised, and `tokens` (B, t, c)."""
        batch = torch.from_numpy(pixels).to(self.device, self.dtype)
        # channels_last: four times faster convolutions on processors
        embedding, tokens = embed(
            self.model.visual, batch.contiguous(memory_format=torch.channels_last)
        )
        return {"embedding": to_numpy(embedding), "tokens": to_numpy(tokens)}

    @torch.inference_mode()
    def encode_texts(self, texts: list[str]) -> np.ndarray:
        """n texts -> L2-normalised (n, d) float32."""
        features = self.model.encode_text(self.tokenize(texts).to(self.device))
        return to_numpy(functional.normalize(features.float(), dim=-1))


def to_numpy(tensor: Tensor) -> np.ndarray:
    return tensor.float().cpu().numpy()


def embed(visual: nn.Module, pixels: Tensor) -> tuple[Tensor, Tensor]:
    """An image tower's embedding (B, d) and the tokens (B, t, c) that it is pooled from."""
    if isinstance(visual, TimmModel):
        grid = visual.trunk.forward_features(pixels)
        embedding = visual.head(visual.trunk.forward_head(grid))
    else:
        output = visual.forward_intermediates(pixels, indices=1)  # type: ignore[operator]
        embedding, grid = output["image_features"], output["image_intermediates"][-1]
    return embedding, as_tokens(grid)


def as_tokens(grid: Tensor) -> Tensor:
    """A grid (B, c, h, w) -> (B, h w, c); tokens stay as they are."""
    return grid.flatten(2).transpose(1, 2) if grid.ndim == 4 else grid


def load_clip(
    folder: Path, architecture: str | None, dtype: torch.dtype, device: torch.device
) -> Clip:
    """The CLIP in `folder`.

    Either open_clip's own layout (open_clip_config.json beside the weights, what a hub repository
    and tune_clip hold), or one weights file (.pt, .safetensors) of the named architecture.
    """
    files = sorted(path for path in folder.glob("*") if path.suffix in WEIGHTS)
    if not files:
        raise InputError(f"{folder}: holds no weights ({', '.join(WEIGHTS)}); run `dvc repro`")
    name, weights = f"local-dir:{folder}", None
    if not (folder / "open_clip_config.json").is_file():
        if architecture is None or len(files) > 1:
            raise InputError(
                f"{folder}: no open_clip_config.json, so there must be one weights file (found "
                f"{len(files)}) and encoders.clip.architecture must name its network (found "
                f"{architecture}; see open_clip.list_models())"
            )
        name, weights = architecture, str(files[0])
    try:
        model, _, transform = open_clip.create_model_and_transforms(name, weights, device=device)
    except (RuntimeError, ValueError, FileNotFoundError) as error:
        raise InputError(f"{folder}: not a CLIP for {name}: {str(error).splitlines()[0]}") from None
    model.eval()
    model.visual.to(dtype=dtype, memory_format=torch.channels_last)
    return Clip(model, transform, open_clip.get_tokenizer(name), device, dtype)


def write_config(folder: Path, model_config: dict[str, Any], preprocess: dict[str, Any]) -> None:
    """open_clip_config.json, so that `load_clip` and open_clip itself can read the folder."""
    text = json.dumps({"model_cfg": model_config, "preprocess_cfg": preprocess}, indent=2)
    (folder / "open_clip_config.json").write_text(text + "\n", encoding="utf-8")
