"""Locked-image tuning (LiT, arXiv 2111.07991): a text tower learns what a frozen trunk sees.

The trunk is run once over the pictures; projection and text tower then train on its pooled
features with CLIP's symmetric contrastive loss. The result is an ordinary open_clip model.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import pandas as pd
import timm
import torch
from open_clip.loss import ClipLoss
from open_clip.transform import PreprocessCfg, image_transform_v2
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import Dataset
from tqdm import tqdm

from lib.encoders.clip import write_config
from lib.errors import InputError
from lib.extraction import encode_batches
from lib.pictures import map_pictures

IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}


def clip_config(
    trunk: str, projection: str, embed_dim: int, size_px: int, text: dict[str, int]
) -> dict[str, Any]:
    """open_clip's description of the network."""
    vision = {
        "timm_model_name": trunk,
        "timm_model_pretrained": False,
        "timm_pool": "avg",
        "timm_proj": projection,
        "image_size": size_px,
    }
    return {"embed_dim": embed_dim, "vision_cfg": vision, "text_cfg": {"vocab_size": 49408, **text}}


def preprocessing(size_px: int) -> dict[str, Any]:
    """How pictures become pixels: the shorter side to `size_px`, the centre, ImageNet's scale."""
    return {
        "size": [size_px, size_px],
        "interpolation": "bilinear",
        "resize_mode": "shortest",
        **IMAGENET,
    }


def load_trunk(model: nn.Module, trunk: str, weights: Path) -> None:
    """Put ImageNet weights into the image trunk: tensors are matched by order, shapes checked.

    The wheel's names are those of an older EfficientNet; the order of its tensors is timm's.
    """
    found = torch.load(weights, map_location="cpu", weights_only=True)
    wanted = timm.create_model(trunk, pretrained=False).state_dict()
    theirs = [name for name in found if not name.endswith("num_batches_tracked")]
    ours = [name for name in wanted if not name.endswith("num_batches_tracked")]
    misfits = [
        f"{a} {tuple(found[a].shape)} for {b} {tuple(wanted[b].shape)}"
        for a, b in zip(theirs, ours, strict=False)
        if found[a].shape != wanted[b].shape
    ]
    if len(theirs) != len(ours) or misfits:
        raise InputError(
            f"{weights.name}: not the weights of {trunk}: {len(theirs)} tensors for {len(ours)}; "
            f"first misfit: {misfits[0] if misfits else 'none'}"
        )
    renamed = {b: found[a] for a, b in zip(theirs, ours, strict=True)}
    model.load_state_dict(renamed, strict=False)  # the classifier has no place in a CLIP


def pool_pictures(
    trunk: nn.Module,
    root: Path,
    images: pd.DataFrame,
    *,
    size_px: int,
    batch_images: int,
    dtype: torch.dtype,
    device: torch.device,
    max_pixels: int,
    workers: int,
) -> np.ndarray:
    """Run the frozen trunk once over all pictures: (n, c) float32, its pooled features."""
    transform = image_transform_v2(PreprocessCfg(**preprocessing(size_px)), is_train=False)
    # a copy: the trunk itself keeps its float32 weights
    frozen = deepcopy(trunk).eval().to(device, dtype)
    frozen.to(memory_format=torch.channels_last)

    @torch.inference_mode()
    def encode(pixels: np.ndarray) -> dict[str, np.ndarray]:
        batch = torch.from_numpy(pixels).to(device, dtype)
        batch = batch.contiguous(memory_format=torch.channels_last)
        return {"pooled": frozen(batch).float().cpu().numpy()}

    pictures = map_pictures(
        root, images, lambda p: np.asarray(transform(p)), max_pixels=max_pixels, workers=workers
    )
    with tqdm(total=len(images), unit="img", desc="frozen trunk") as bar:
        encoded = encode_batches(pictures, encode, batch_images, bar)
        return np.stack([features["pooled"] for _, features in encoded])


def new_clip(folder: Path, config: dict[str, Any], preprocess: dict[str, Any], seed: int) -> Any:
    """Write open_clip's configuration into `folder` and build the network with seeded weights."""
    write_config(folder, config, preprocess)
    torch.manual_seed(seed)
    return open_clip.create_model(f"local-dir:{folder}", load_weights=False)


def save_clip(model: nn.Module, folder: Path) -> None:
    """The weights beside the configuration, as open_clip reads them."""
    save_file(
        {name: tensor.contiguous() for name, tensor in model.state_dict().items()},
        folder / "open_clip_model.safetensors",
    )


@dataclass(frozen=True)
class PooledImages(Dataset[tuple[np.ndarray, Tensor]]):
    """Each item is one image's pooled trunk features and one of its captions, drawn anew."""

    pooled: np.ndarray  # (n, c) float32
    tokens: Sequence[Tensor]  # an image's captions, each (n_captions, context) int64

    def __len__(self) -> int:
        return len(self.pooled)

    def __getitem__(self, item: int) -> tuple[np.ndarray, Tensor]:
        captions = self.tokens[item]
        return self.pooled[item], captions[int(torch.randint(len(captions), ()))]


def collate(items: Sequence[tuple[np.ndarray, Tensor]]) -> dict[str, Tensor]:
    """Pooled features (B, c) and their captions (B, context)."""
    return {
        "pooled": torch.from_numpy(np.stack([pooled for pooled, _ in items])),
        "labels": torch.stack([tokens for _, tokens in items]),
    }


class LockedImageTuning(nn.Module):
    """The trainable part of a CLIP: projection, text tower and temperature."""

    def __init__(self, clip: Any) -> None:
        super().__init__()
        clip.lock_image_tower(unlocked_groups=0, freeze_bn_stats=True)
        self.clip = clip
        self.loss = ClipLoss()

    def forward(self, pooled: Tensor, labels: Tensor) -> dict[str, Tensor]:
        """Symmetric cross-entropy over the batch's pairs; labels are the captions' tokens."""
        image = functional.normalize(self.clip.visual.head(pooled), dim=-1)  # (B, d)
        text = functional.normalize(self.clip.encode_text(labels), dim=-1)  # (B, d)
        # CLIP's own bound: a temperature under 1/100 makes training unstable
        scale = self.clip.logit_scale.clamp(0, np.log(100)).exp()
        return {"loss": self.loss(image, text, scale)}
