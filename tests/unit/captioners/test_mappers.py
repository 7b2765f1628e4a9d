"""ClipCap's two mappers as published, and the one that reads a grid."""

import math

import pytest
import torch
from torch import Tensor, nn
from torch.testing import assert_close

from lib.captioners.mappers import Attention, GridMapper, Layer, MlpMapper, TransformerMapper


def fill(parameter: Tensor, values: list[list[float]] | list[float]) -> None:
    with torch.no_grad():
        parameter.copy_(torch.tensor(values))


def shapes(module: nn.Module) -> dict[str, tuple[int, ...]]:
    return {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}


def plain_attention(attention: Attention, x: Tensor, n_heads: int) -> Tensor:
    """softmax(Q K^T / sqrt(d / h)) V of each head, side by side, then projected; x (n, d)."""
    d = x.shape[1]
    queries = x @ attention.to_queries.weight.T
    keys, values = (x @ attention.to_keys_values.weight.T).split(d, dim=1)
    heads = []
    for head in range(n_heads):
        columns = slice(head * d // n_heads, (head + 1) * d // n_heads)
        scores = queries[:, columns] @ keys[:, columns].T / math.sqrt(d / n_heads)
        weights = scores.exp() / scores.exp().sum(1, keepdim=True)
        heads.append(weights @ values[:, columns])
    return torch.cat(heads, 1) @ attention.project.weight.T + attention.project.bias


def plain_layer(layer: Layer, x: Tensor, n_heads: int) -> Tensor:
    """Pre-LayerNorm: x + attention(norm(x)), then x + fc2(relu(fc1(norm(x))))."""
    x = x + plain_attention(layer.attn, layer.norm1(x), n_heads)
    return x + layer.mlp.fc2(layer.mlp.fc1(layer.norm2(x)).clamp(min=0))


def test_the_mlp_is_linear_tanh_linear() -> None:
    mapper = MlpMapper(feature_dim=2, embedding_dim=1, prefix_length=2)
    fill(mapper.model[0].weight, [[1.0, -2.0]])
    fill(mapper.model[0].bias, [0.5])
    fill(mapper.model[2].weight, [[2.0], [-4.0]])
    fill(mapper.model[2].bias, [0.0, 1.0])
    prefix = mapper(torch.tensor([[[3.0, 1.5]]]))
    # tanh(3 - 3 + 0.5) = 0.462117; twice that, and 1 minus four times that
    assert_close(prefix, torch.tensor([[[0.924234], [-0.848469]]]))


def test_the_mlps_weights_are_named_and_shaped_as_published() -> None:
    with torch.device("meta"):
        mapper = MlpMapper(feature_dim=512, embedding_dim=768, prefix_length=10)
    assert shapes(mapper) == {
        "model.0.weight": (3840, 512),  # 10 * 768 / 2
        "model.0.bias": (3840,),
        "model.2.weight": (7680, 3840),
        "model.2.bias": (7680,),
    }


def test_the_transformers_weights_are_named_and_shaped_as_published() -> None:
    with torch.device("meta"):
        mapper = TransformerMapper(640, 768, 40, 40, n_layers=8, n_heads=8, mlp_ratio=2.0)
    wanted: dict[str, tuple[int, ...]] = {
        "linear.weight": (30720, 640),  # 40 * 768
        "linear.bias": (30720,),
        "prefix_const": (40, 768),
    }
    for n in range(8):
        layer = f"transformer.layers.{n}"
        wanted |= {
            f"{layer}.{norm}.{kind}": (768,)
            for norm in ("norm1", "norm2")
            for kind in ("weight", "bias")
        }
        wanted |= {
            f"{layer}.attn.to_queries.weight": (768, 768),
            f"{layer}.attn.to_keys_values.weight": (1536, 768),
            f"{layer}.attn.project.weight": (768, 768),
            f"{layer}.attn.project.bias": (768,),
            f"{layer}.mlp.fc1.weight": (1536, 768),
            f"{layer}.mlp.fc1.bias": (1536,),
            f"{layer}.mlp.fc2.weight": (768, 1536),
            f"{layer}.mlp.fc2.bias": (768,),
        }
    assert shapes(mapper) == wanted


def test_queries_keys_and_values_have_no_bias() -> None:
    attention = Attention(dim=4, n_heads=2)
    assert attention.to_queries.bias is None
    assert attention.to_keys_values.bias is None
    assert attention.project.bias is not None


@pytest.mark.parametrize("n_heads", [1, 2, 4])
def test_attention_is_a_softmax_over_scaled_products(n_heads: int) -> None:
    torch.manual_seed(0)
    attention = Attention(dim=8, n_heads=n_heads)
    x = torch.randn(2, 5, 8)
    wanted = torch.stack([plain_attention(attention, row, n_heads) for row in x])
    assert_close(attention(x), wanted)


def test_each_layer_normalises_first_and_adds_last() -> None:
    torch.manual_seed(0)
    layer = Layer(dim=8, n_heads=2, ratio=2.0)
    x = torch.randn(5, 8)
    assert_close(layer(x[None])[0], plain_layer(layer, x, n_heads=2))


def test_the_transformers_last_outputs_are_the_prefix() -> None:
    torch.manual_seed(0)
    mapper = TransformerMapper(3, 8, 2, 4, n_layers=2, n_heads=2, mlp_ratio=2.0)
    embedding = torch.randn(3)
    image = mapper.linear(embedding).view(4, 8)  # four tokens of the embedding, then constants
    x = torch.cat([image, mapper.prefix_const])
    for layer in mapper.transformer.layers:
        x = plain_layer(layer, x, n_heads=2)
    assert_close(mapper(embedding[None, None])[0], x[4:])


def test_the_grid_mapper_reads_every_token_and_where_it_stands() -> None:
    torch.manual_seed(0)
    mapper = GridMapper(3, 8, 2, 4, n_layers=2, n_heads=2, mlp_ratio=2.0)
    grid = torch.randn(4, 3)
    image = mapper.linear(mapper.norm(grid)) + mapper.positions  # (4, 8)
    x = torch.cat([image, mapper.prefix_const])
    for layer in mapper.transformer.layers:
        x = plain_layer(layer, x, n_heads=2)
    assert_close(mapper(grid[None])[0], x[4:])


def test_without_positions_a_grid_is_a_bag_of_tokens() -> None:
    torch.manual_seed(0)
    mapper = GridMapper(3, 8, 2, 4, n_layers=1, n_heads=2, mlp_ratio=2.0)
    grid = torch.randn(1, 4, 3)
    assert not torch.allclose(mapper(grid), mapper(grid.flip(1)), atol=1e-5)
    nn.init.zeros_(mapper.positions)
    assert_close(mapper(grid), mapper(grid.flip(1)))


@pytest.mark.parametrize("batch", [1, 3])
def test_every_mapper_gives_k_vectors_of_d_an_image(batch: int) -> None:
    mappers = [
        MlpMapper(3, 8, 2),
        TransformerMapper(3, 8, 2, 4, n_layers=1, n_heads=2, mlp_ratio=2.0),
        GridMapper(3, 8, 2, 4, n_layers=1, n_heads=2, mlp_ratio=2.0),
    ]
    assert [tuple(mapper(torch.randn(batch, 4, 3)).shape) for mapper in mappers] == [
        (batch, 2, 8)
    ] * 3
