"""The neural captioner: a CNN's grid, a one-layer encoder and a transformer decoder.

The network of the reference work's InceptionV3 captioner (a Keras tutorial's design), with every
size a parameter. Each attention head is `head_width` wide, so the inner width is heads x width.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import GenerationMixin, PreTrainedConfig, PreTrainedModel
from transformers.cache_utils import EncoderDecoderCache
from transformers.modeling_outputs import BaseModelOutput, Seq2SeqLMOutput

from lib.captioners.normalization import FeatureNorm, Rule


class NeuralConfig(PreTrainedConfig):
    """The sizes of the network and the identity of the encoder it was trained on."""

    model_type = "triptych-neural"
    attribute_map = {"num_hidden_layers": "n_decoder_layers", "hidden_size": "d_model"}

    def __init__(
        self,
        feature_dim: int = 1,
        n_feature_tokens: int = 1,
        d_model: int = 8,
        units: int = 8,
        head_width: int = 8,
        n_encoder_heads: int = 1,
        n_decoder_heads: int = 1,
        n_decoder_layers: int = 1,
        dropout_attention: float = 0.1,
        dropout_feed_forward: float = 0.3,
        dropout_output: float = 0.5,
        normalize: Rule = "none",
        image_positions: bool = False,
        max_tokens: int = 40,
        vocab_size: int = 4,
        encoder: str = "",
        **kwargs: Any,
    ) -> None:
        self.feature_dim = feature_dim
        self.n_feature_tokens = n_feature_tokens
        self.d_model = d_model
        self.units = units
        self.head_width = head_width
        self.n_encoder_heads = n_encoder_heads
        self.n_decoder_heads = n_decoder_heads
        self.n_decoder_layers = n_decoder_layers
        self.dropout_attention = dropout_attention
        self.dropout_feed_forward = dropout_feed_forward
        self.dropout_output = dropout_output
        self.normalize = normalize
        self.image_positions = image_positions
        self.max_tokens = max_tokens
        self.vocab_size = vocab_size
        self.encoder = encoder
        super().__init__(**{"is_encoder_decoder": True, **kwargs})


class WideAttention(nn.Module):
    """Multi-head attention whose heads are `head_width` wide each (Keras' `key_dim`)."""

    def __init__(self, dim: int, n_heads: int, head_width: int, dropout: float) -> None:
        super().__init__()
        self.n_heads, self.dropout = n_heads, dropout
        self.queries = nn.Linear(dim, n_heads * head_width)
        self.keys = nn.Linear(dim, n_heads * head_width)
        self.values = nn.Linear(dim, n_heads * head_width)
        self.output = nn.Linear(n_heads * head_width, dim)

    def split(self, x: Tensor) -> Tensor:
        return x.view(*x.shape[:2], self.n_heads, -1).transpose(1, 2)  # (B, h, n, w)

    def attend(self, x: Tensor, keys: Tensor, values: Tensor, causal: bool) -> Tensor:
        """x (B, m, d) over keys and values (B, h, n, w) -> (B, m, d)."""
        mixed = functional.scaled_dot_product_attention(
            self.split(self.queries(x)),
            keys,
            values,
            is_causal=causal,
            dropout_p=self.dropout if self.training else 0.0,
        )
        return self.output(mixed.transpose(1, 2).flatten(2))  # (B, m, d)

    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        return self.attend(x, self.split(self.keys(memory)), self.split(self.values(memory)), False)


class Encoder(nn.Module):
    """LayerNorm, Dense relu, self-attention with residual, LayerNorm: (B, t, c) -> (B, t, d)."""

    main_input_name = "features"

    def __init__(self, config: NeuralConfig) -> None:
        super().__init__()
        d = config.d_model
        self.normalize = FeatureNorm(config.normalize, config.feature_dim)
        self.norm_in = nn.LayerNorm(config.feature_dim)
        self.dense = nn.Linear(config.feature_dim, d)
        shape = (config.n_feature_tokens, d)
        self.positions = nn.Parameter(0.02 * torch.randn(shape)) if config.image_positions else None
        self.attention = WideAttention(d, config.n_encoder_heads, config.head_width, 0.0)
        self.norm_out = nn.LayerNorm(d)

    def forward(self, features: Tensor, **_: Any) -> BaseModelOutput:
        features = self.normalize(features.to(self.dense.weight.dtype))
        x = functional.relu(self.dense(self.norm_in(features)))
        if self.positions is not None:
            x = x + self.positions
        x = self.norm_out(x + self.attention(x, x))
        return BaseModelOutput(last_hidden_state=x)


class DecoderLayer(nn.Module):
    """Masked self-attention, cross-attention, feed-forward; a residual and LayerNorm after each."""

    def __init__(self, config: NeuralConfig, index: int) -> None:
        super().__init__()
        d, heads, width = config.d_model, config.n_decoder_heads, config.head_width
        self.index = index
        self.self_attention = WideAttention(d, heads, width, config.dropout_attention)
        self.cross_attention = WideAttention(d, heads, width, config.dropout_attention)
        self.feed_forward = nn.Sequential(
            nn.Linear(d, config.units),
            nn.ReLU(),
            nn.Dropout(config.dropout_feed_forward),
            nn.Linear(config.units, d),
        )
        self.norms = nn.ModuleList(nn.LayerNorm(d) for _ in range(3))

    def image_keys_values(
        self, memory: Tensor, cache: EncoderDecoderCache | None
    ) -> tuple[Tensor, Tensor]:
        """Each (B, h, t, w): computed for a caption's first token, then from the cache."""
        cross = self.cross_attention
        if cache is not None and cache.is_updated.get(self.index):
            layer: Any = cache.cross_attention_cache.layers[self.index]
            return layer.keys, layer.values
        keys, values = cross.split(cross.keys(memory)), cross.split(cross.values(memory))
        if cache is not None:
            cache.cross_attention_cache.update(keys, values, self.index)
            cache.is_updated[self.index] = True
        return keys, values

    def forward(self, x: Tensor, memory: Tensor, cache: EncoderDecoderCache | None) -> Tensor:
        own, cross = self.self_attention, self.cross_attention
        keys, values = own.split(own.keys(x)), own.split(own.values(x))
        if cache is not None:
            keys, values = cache.self_attention_cache.update(keys, values, self.index)
        image = self.image_keys_values(memory, cache)
        x = self.norms[0](x + own.attend(x, keys, values, causal=x.shape[1] > 1))
        x = self.norms[1](x + cross.attend(x, *image, causal=False))
        return self.norms[2](x + self.feed_forward(x))


class NeuralCaptioner(PreTrainedModel, GenerationMixin):
    """Features (B, t, c) -> caption, as an encoder-decoder that `generate` can decode."""

    config_class = NeuralConfig
    main_input_name = "features"
    _tied_weights_keys: dict[str, str] = {}

    def __init__(self, config: NeuralConfig) -> None:
        super().__init__(config)
        d = config.d_model
        self.encoder = Encoder(config)
        self.words = nn.Embedding(config.vocab_size, d)
        self.positions = nn.Embedding(config.max_tokens, d)
        self.layers = nn.ModuleList(
            DecoderLayer(config, index) for index in range(config.n_decoder_layers)
        )
        self.dropout = nn.Dropout(config.dropout_output)
        self.vocabulary = nn.Linear(d, config.vocab_size)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Keras' defaults: Glorot-uniform matrices, zero biases, embeddings uniform in ±0.05."""
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            nn.init.uniform_(module.weight, -0.05, 0.05)

    def get_encoder(self, *_: Any, **__: Any) -> Encoder:
        return self.encoder

    def get_output_embeddings(self) -> nn.Linear:
        return self.vocabulary

    def forward(
        self,
        features: Tensor | None = None,
        decoder_input_ids: Any = None,
        labels: Tensor | None = None,
        image_index: Tensor | None = None,
        encoder_outputs: Any = None,
        past_key_values: EncoderDecoderCache | None = None,
        **_: Any,
    ) -> Seq2SeqLMOutput:
        """Next-token logits, and their cross-entropy where labels are given.

        features (B, t, c) or encoder_outputs; decoder_input_ids (N, L); labels (N, L), -100 at
        padding; image_index (N,) says whose caption each row is (left out when N = B).
        """
        if encoder_outputs is None:
            encoder_outputs = self.encoder(features)
        memory = encoder_outputs.last_hidden_state  # (B, t, d)
        if image_index is not None:
            memory = memory[image_index]  # (N, t, d)
        start = past_key_values.get_seq_length() if past_key_values is not None else 0
        n_tokens = decoder_input_ids.shape[1]
        position = torch.arange(start, start + n_tokens, device=decoder_input_ids.device)
        x = self.words(decoder_input_ids) + self.positions(position)  # (N, L, d)
        for layer in self.layers:
            x = layer(x, memory, past_key_values)
        logits = self.vocabulary(self.dropout(x))  # (N, L, V)
        loss = None
        if labels is not None:
            loss = functional.cross_entropy(logits.transpose(1, 2), labels, ignore_index=-100)
        return Seq2SeqLMOutput(loss=loss, logits=logits, past_key_values=past_key_values)

    @torch.inference_mode()
    def generate_captions(self, features: Tensor, **decoding: Any) -> Tensor:
        """Token ids (B, L), the start token first; `decoding` goes to `generate`."""
        model: Any = self
        ids: Tensor = model.generate(features=features, **decoding)
        return ids
