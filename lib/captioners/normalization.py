"""Features as a captioner wants them, by a rule that is saved with the captioner."""

from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

Rule = Literal["none", "l2", "standardize"]


class FeatureNorm(nn.Module):
    """Bring features (B, t, c) to a common scale.

    `l2` divides each vector by its length (ClipCap). `standardize` subtracts each channel's mean
    and divides by its standard deviation over the training images: what an untrained backbone
    needs, whose channels differ a thousand times more than its pictures do. Both numbers are
    buffers, so the rule and its constants travel with the weights.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, rule: Rule, feature_dim: int) -> None:
        super().__init__()
        self.rule = rule
        if rule == "standardize":
            self.register_buffer("mean", torch.zeros(feature_dim))
            self.register_buffer("std", torch.ones(feature_dim))

    def fit(self, features: np.ndarray) -> None:
        """Take the constants from training features (n, t, c)."""
        if self.rule == "standardize":
            flat = features.reshape(-1, features.shape[-1])
            # float32 sums over strided samples: enough for two moments, and a tenth of the memory
            sample = flat[:: max(1, len(flat) // 50_000)].astype(np.float32)
            self.mean.copy_(torch.from_numpy(sample.mean(0)))
            self.std.copy_(torch.from_numpy(sample.std(0) + 1e-6))

    def forward(self, features: Tensor) -> Tensor:
        if self.rule == "l2":
            return functional.normalize(features, dim=-1)
        if self.rule == "standardize":
            return ((features - self.mean) / self.std).clamp(-8, 8)
        return features
