"""The neural captioner against its definition, and what decoding it must hold to."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.testing import assert_close
from transformers.cache_utils import DynamicCache, EncoderDecoderCache
from transformers.modeling_outputs import BaseModelOutput

from lib.captioners.neural import DecoderLayer, NeuralCaptioner, WideAttention
from tests.unit.captioners.networks import (
    END,
    MAX_TOKENS,
    PAD,
    START,
    VOCAB_SIZE,
    images,
    neural,
    until_end,
)

CAPTION = [START, 4, 5, 6, 7]


def plain_attention(attention: WideAttention, x: Tensor, memory: Tensor, causal: bool) -> Tensor:
    """From x (m, d) to memory (n, d), head by head; each head is as wide as `head_width`."""
    queries, keys, values = attention.queries(x), attention.keys(memory), attention.values(memory)
    width = queries.shape[1] // attention.n_heads
    heads = []
    for head in range(attention.n_heads):
        columns = slice(head * width, (head + 1) * width)
        scores = queries[:, columns] @ keys[:, columns].T / math.sqrt(width)
        if causal:
            later = torch.ones_like(scores, dtype=torch.bool).triu(1)
            scores = scores.masked_fill(later, -math.inf)
        heads.append(scores.softmax(1) @ values[:, columns])
    return attention.output(torch.cat(heads, 1))


def plain_encoder(model: NeuralCaptioner, grid: Tensor) -> Tensor:
    """LayerNorm, Dense relu (and positions), attention with residual, LayerNorm; grid (t, c)."""
    encoder = model.encoder
    x = encoder.dense(encoder.norm_in(grid)).clamp(min=0)
    if encoder.positions is not None:
        x = x + encoder.positions
    return encoder.norm_out(x + plain_attention(encoder.attention, x, x, causal=False))


def plain_layer(layer: DecoderLayer, x: Tensor, memory: Tensor) -> Tensor:
    x = layer.norms[0](x + plain_attention(layer.self_attention, x, x, causal=True))
    x = layer.norms[1](x + plain_attention(layer.cross_attention, x, memory, causal=False))
    inner, outer = (m for m in layer.feed_forward if isinstance(m, nn.Linear))
    return layer.norms[2](x + outer(inner(x).clamp(min=0)))


def plain_logits(model: NeuralCaptioner, grid: Tensor, ids: list[int]) -> Tensor:
    """Next-token logits (L, V) of one image (t, c), every layer in its order, no cache."""
    memory = plain_encoder(model, grid)
    x = model.words.weight[ids] + model.positions.weight[: len(ids)]
    for layer in model.layers:
        x = plain_layer(layer, x, memory)
    return x @ model.vocabulary.weight.T + model.vocabulary.bias


def n_parameters(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize("image_positions", [True, False])
def test_the_network_is_the_published_design(image_positions: bool) -> None:
    model = neural(image_positions=image_positions)
    grids = images(2, 2)
    ids = torch.tensor([CAPTION, [START, 9, 9, 4, 8]])
    logits = model(features=grids, decoder_input_ids=ids).logits
    wanted = [plain_logits(model, grid, row) for grid, row in zip(grids, ids.tolist(), strict=True)]
    assert_close(logits, torch.stack(wanted))


def test_the_number_of_weights_is_what_the_sizes_say() -> None:
    # c = 3, d = 4, units 5, heads 3 wide: one in the encoder, two in the decoder; 12 words, 9 steps
    model = neural(n_decoder_layers=1, image_positions=False)
    # LayerNorm 2 * 3; Dense 3 * 4 + 4; q, k, v 4 * 3 + 3 each; output 3 * 4 + 4; LayerNorm 2 * 4
    assert n_parameters(model.encoder) == 6 + 16 + 3 * 15 + 16 + 8
    # two attentions of inner width 2 * 3 = 6: q, k, v 4 * 6 + 6 each, output 6 * 4 + 4;
    # feed-forward 4 * 5 + 5 and 5 * 4 + 4; three LayerNorms
    assert n_parameters(model.layers) == 2 * (3 * 30 + 28) + 25 + 24 + 3 * 8
    rest = 12 * 4 + 9 * 4 + (4 * 12 + 12)  # words, positions, vocabulary
    assert n_parameters(model) == 91 + 309 + rest
    # a position for each of the grid's two tokens
    assert n_parameters(neural(n_decoder_layers=1)) == n_parameters(model) + 2 * 4


def test_heads_are_as_wide_as_asked_whatever_the_models_width() -> None:
    attention = WideAttention(dim=8, n_heads=3, head_width=8, dropout=0.0)  # the paper's: d wide
    assert attention.queries.weight.shape == (24, 8)
    assert attention.output.weight.shape == (8, 24)


def test_dropout_stands_where_the_design_has_it() -> None:
    model = neural(dropout_attention=0.1, dropout_feed_forward=0.3, dropout_output=0.5)
    assert model.dropout.p == 0.5
    assert model.encoder.attention.dropout == 0.0
    for layer in model.layers:
        assert layer.self_attention.dropout == layer.cross_attention.dropout == 0.1
        kinds = [type(module) for module in layer.feed_forward]
        assert kinds == [nn.Linear, nn.ReLU, nn.Dropout, nn.Linear]
        assert layer.feed_forward[2].p == 0.3


def test_new_weights_are_drawn_as_keras_draws_them() -> None:
    torch.manual_seed(0)
    model = NeuralCaptioner(neural(d_model=64, units=32).config)
    dense = model.layers[0].feed_forward[0]
    limit = math.sqrt(6 / (64 + 32))  # Glorot
    assert 0.95 * limit < float(dense.weight.detach().abs().max()) <= limit
    assert not dense.bias.any()
    assert 0.045 < float(model.words.weight.detach().abs().max()) <= 0.05


def test_a_later_token_does_not_change_earlier_logits() -> None:
    model, grid = neural(), images(1, 2)
    first = model(features=grid, decoder_input_ids=torch.tensor([CAPTION])).logits[0]
    other = model(features=grid, decoder_input_ids=torch.tensor([[*CAPTION[:3], 9, 10]])).logits[0]
    assert_close(other[:3], first[:3])
    assert not torch.allclose(other[3], first[3])


def test_the_loss_is_the_mean_over_real_tokens() -> None:
    model, grid = neural(), images(1, 2)
    ids = torch.tensor([CAPTION, [START, 9, PAD, PAD, PAD]])
    labels = torch.tensor([[4, 5, 6, 7, END], [9, END, -100, -100, -100]])
    both = torch.tensor([0, 0])  # two captions of one image
    loss = model(features=grid, decoder_input_ids=ids, labels=labels, image_index=both).loss
    losses = [
        -plain_logits(model, grid[0], row)[place].log_softmax(0)[label]
        for row, wanted in zip(ids.tolist(), labels.tolist(), strict=True)
        for place, label in enumerate(wanted)
        if label != -100
    ]
    assert len(losses) == 7
    assert_close(loss, torch.stack(losses).mean())


def test_each_caption_reads_its_own_image() -> None:
    model, grids = neural(), images(2, 2)
    ids = torch.tensor([CAPTION] * 3)
    logits = model(grids, ids, image_index=torch.tensor([1, 0, 1])).logits
    for row, image in enumerate([1, 0, 1]):
        assert_close(logits[row], plain_logits(model, grids[image], CAPTION))


def test_step_by_step_with_a_cache_gives_the_logits_of_the_whole() -> None:
    model, grids = neural(), images(2, 2)
    memory = BaseModelOutput(last_hidden_state=model.encoder(grids).last_hidden_state)
    ids = torch.tensor([CAPTION, [START, 9, 9, 4, 8]])
    whole = model(features=grids, decoder_input_ids=ids).logits
    cache = EncoderDecoderCache(DynamicCache(), DynamicCache())
    for step in range(ids.shape[1]):
        read = ids[:, step : step + 1]
        output = model(decoder_input_ids=read, encoder_outputs=memory, past_key_values=cache)
        assert_close(output.logits[:, 0], whole[:, step])
    assert cache.cross_attention_cache.get_seq_length() == 2  # the image's tokens, stored once


def test_greedy_captions_take_the_likeliest_token_each_time() -> None:
    model, grids = neural(), images(8, 2)
    wanted = []
    for grid in grids:
        ids = [START]
        while len(ids) < MAX_TOKENS and END not in ids:
            ids.append(int(plain_logits(model, grid, ids)[-1].argmax()))
        wanted.append(ids)
    found = model.generate_captions(
        grids,
        num_beams=1,
        do_sample=False,
        max_new_tokens=MAX_TOKENS - 1,
        eos_token_id=END,
        pad_token_id=PAD,
    ).tolist()
    assert [until_end(ids) for ids in found] == wanted
    # the pictures are told apart, and both ways to end occur
    assert len(set(map(tuple, wanted))) > 2
    assert 0 < sum(END in ids for ids in wanted) < len(wanted)


@pytest.mark.parametrize("length_penalty", [0.0, 1.0, 2.0])
def test_a_beam_as_wide_as_the_vocabulary_finds_the_best_caption(length_penalty: float) -> None:
    """Of all captions of at most two tokens, by log likelihood / length ** length_penalty."""
    model, grids = neural(), images(4, 2)
    found = model.generate_captions(
        grids,
        num_beams=VOCAB_SIZE,
        do_sample=False,
        length_penalty=length_penalty,
        max_new_tokens=2,
        eos_token_id=END,
        pad_token_id=PAD,
    ).tolist()
    for grid, ids in zip(grids, found, strict=True):
        first = plain_logits(model, grid, [START])[-1].log_softmax(0)
        scores = {(END,): first[END].item()}
        for a in set(range(VOCAB_SIZE)) - {END}:
            second = plain_logits(model, grid, [START, a])[-1].log_softmax(0)
            likelihoods = (first[a] + second).tolist()
            scores |= {(a, b): likelihoods[b] / 2**length_penalty for b in range(VOCAB_SIZE)}
        assert tuple(until_end(ids)[1:]) == max(scores, key=lambda caption: scores[caption])


def test_a_beam_finds_no_less_likely_captions_than_greedy() -> None:
    model, grids = neural(), images(8, 2)

    def likelihoods(num_beams: int) -> list[float]:
        """Log likelihood of each image's caption."""
        found = model.generate_captions(
            grids,
            num_beams=num_beams,
            do_sample=False,
            length_penalty=0.0 if num_beams > 1 else None,
            max_new_tokens=4,
            eos_token_id=END,
            pad_token_id=PAD,
        ).tolist()
        sums = []
        for grid, row in zip(grids, found, strict=True):
            ids = until_end(row)
            steps = plain_logits(model, grid, ids[:-1]).log_softmax(1)
            sums.append(sum(steps[place, ids[place + 1]].item() for place in range(len(ids) - 1)))
        return sums

    greedy, beam = np.array(likelihoods(1)), np.array(likelihoods(5))
    assert (beam >= greedy - 1e-5).all()
    assert (beam > greedy + 1e-3).any()


def test_a_saved_captioner_comes_back_the_same(tmp_path: Path) -> None:
    model = neural(normalize="standardize", encoder="InceptionV3 x")
    model.encoder.normalize.fit(np.random.default_rng(0).normal(2, 3, (20, 2, 3)))
    model.save_pretrained(tmp_path)
    again = NeuralCaptioner.from_pretrained(tmp_path).eval()
    grids, ids = images(2, 2), torch.tensor([CAPTION] * 2)
    assert torch.equal(again(grids, ids).logits, model(grids, ids).logits)
    assert (again.config.normalize, again.config.encoder) == ("standardize", "InceptionV3 x")
    told = [m.generate_captions(grids, max_new_tokens=8).tolist() for m in (model, again)]
    assert told[0] == told[1]
