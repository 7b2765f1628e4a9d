"""From an image's features to k vectors in the language model's embedding space.

The three mappers take features of shape (B, t, c), t = 1 for a pooled embedding, and give a
prefix of shape (B, k, d). The first two are ClipCap's (arXiv 2111.09734, §3), with the attribute
names of its published checkpoints; the third reads a token grid, as LLaVA-like models do.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional


class MlpMapper(nn.Module):
    """c -> (k d) / 2 -> k d with tanh between: ClipCap's MLP mapper."""

    def __init__(self, feature_dim: int, embedding_dim: int, prefix_length: int) -> None:
        super().__init__()
        self.prefix_length = prefix_length
        inner, outer = prefix_length * embedding_dim // 2, prefix_length * embedding_dim
        self.model = nn.Sequential(
            nn.Linear(feature_dim, inner), nn.Tanh(), nn.Linear(inner, outer)
        )

    def forward(self, features: Tensor) -> Tensor:
        pooled = features[:, 0]  # (B, c)
        return self.model(pooled).view(len(pooled), self.prefix_length, -1)  # (B, k, d)


class Attention(nn.Module):
    """Multi-head self-attention without bias in queries, keys and values."""

    def __init__(self, dim: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.to_queries = nn.Linear(dim, dim, bias=False)
        self.to_keys_values = nn.Linear(dim, 2 * dim, bias=False)
        self.project = nn.Linear(dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        b, n, d = x.shape
        queries = self.to_queries(x).view(b, n, self.n_heads, -1).transpose(1, 2)  # (B, h, n, d/h)
        keys_values = self.to_keys_values(x).view(b, n, 2, self.n_heads, -1)
        keys, values = keys_values.permute(2, 0, 3, 1, 4)  # each (B, h, n, d/h)
        mixed = functional.scaled_dot_product_attention(queries, keys, values)
        return self.project(mixed.transpose(1, 2).reshape(b, n, d))


class FeedForward(nn.Module):
    """d -> ratio d -> d with relu."""

    def __init__(self, dim: int, ratio: float) -> None:
        super().__init__()
        self.fc1 = nn.Linear(dim, int(dim * ratio))
        self.fc2 = nn.Linear(int(dim * ratio), dim)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(functional.relu(self.fc1(x)))


class Layer(nn.Module):
    """One pre-LayerNorm block: attention, then feed-forward, each with its residual."""

    def __init__(self, dim: int, n_heads: int, ratio: float) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.attn = Attention(dim, n_heads)
        self.norm2 = nn.LayerNorm(dim)
        self.mlp = FeedForward(dim, ratio)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Transformer(nn.Module):
    """A stack of layers."""

    def __init__(self, dim: int, n_layers: int, n_heads: int, ratio: float) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(dim, n_heads, ratio) for _ in range(n_layers))

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x)
        return x


class TransformerMapper(nn.Module):
    """ClipCap's transformer mapper: the embedding unfolds into n tokens beside k constants."""

    def __init__(
        self,
        feature_dim: int,
        embedding_dim: int,
        prefix_length: int,
        n_image_tokens: int,
        n_layers: int,
        n_heads: int,
        mlp_ratio: float,
    ) -> None:
        super().__init__()
        self.n_image_tokens = n_image_tokens
        self.linear = nn.Linear(feature_dim, n_image_tokens * embedding_dim)
        self.prefix_const = nn.Parameter(torch.randn(prefix_length, embedding_dim))
        self.transformer = Transformer(embedding_dim, n_layers, n_heads, mlp_ratio)

    def forward(self, features: Tensor) -> Tensor:
        pooled = features[:, 0]  # (B, c)
        image = self.linear(pooled).view(len(pooled), self.n_image_tokens, -1)  # (B, n, d)
        constants = self.prefix_const.expand(len(pooled), -1, -1)  # (B, k, d)
        return self.transformer(torch.cat([image, constants], 1))[:, self.n_image_tokens :]


class GridMapper(nn.Module):
    """The same transformer over a grid: each of the t tokens is projected and gets a position."""

    def __init__(
        self,
        feature_dim: int,
        embedding_dim: int,
        prefix_length: int,
        n_image_tokens: int,
        n_layers: int,
        n_heads: int,
        mlp_ratio: float,
    ) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(feature_dim)
        self.linear = nn.Linear(feature_dim, embedding_dim)
        self.positions = nn.Parameter(0.02 * torch.randn(n_image_tokens, embedding_dim))
        self.prefix_const = nn.Parameter(0.02 * torch.randn(prefix_length, embedding_dim))
        self.transformer = Transformer(embedding_dim, n_layers, n_heads, mlp_ratio)

    def forward(self, features: Tensor) -> Tensor:
        image = self.linear(self.norm(features)) + self.positions  # (B, t, d)
        constants = self.prefix_const.expand(len(features), -1, -1)  # (B, k, d)
        return self.transformer(torch.cat([image, constants], 1))[:, image.shape[1] :]
