"""The prefix captioner: image features become a prefix of a causal language model (ClipCap)."""

from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedConfig, PreTrainedModel

from lib.captioners.mappers import GridMapper, MlpMapper, TransformerMapper
from lib.captioners.normalization import FeatureNorm, Rule

Mapper = Literal["mlp", "transformer", "grid"]


class PrefixConfig(PreTrainedConfig):
    """Everything that a saved prefix captioner needs to be used again.

    `normalize` says how features are scaled before the mapper: it travels with the model,
    because a mismatch between training and use is ClipCap's best-known way to fail.
    `encoder` is the identity of the feature cache that the model was trained on.
    """

    model_type = "triptych-prefix"

    def __init__(
        self,
        mapper: Mapper = "transformer",
        feature_dim: int = 1,
        n_feature_tokens: int = 1,
        prefix_length: int = 1,
        n_image_tokens: int = 1,
        n_layers: int = 1,
        n_heads: int = 1,
        mlp_ratio: float = 2.0,
        normalize: Rule = "l2",
        freeze_language_model: bool = False,
        encoder: str = "",
        language_model: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.mapper = mapper
        self.feature_dim = feature_dim
        self.n_feature_tokens = n_feature_tokens
        self.prefix_length = prefix_length
        self.n_image_tokens = n_image_tokens
        self.n_layers = n_layers
        self.n_heads = n_heads
        self.mlp_ratio = mlp_ratio
        self.normalize = normalize
        self.freeze_language_model = freeze_language_model
        self.encoder = encoder
        self.language_model = language_model or {"model_type": "gpt2"}
        super().__init__(**kwargs)


def build_mapper(config: PrefixConfig, embedding_dim: int) -> nn.Module:
    """The mapper that `config.mapper` names, into a space of `embedding_dim`."""
    if config.mapper == "mlp":
        return MlpMapper(config.feature_dim, embedding_dim, config.prefix_length)
    kind = TransformerMapper if config.mapper == "transformer" else GridMapper
    return kind(
        config.feature_dim,
        embedding_dim,
        config.prefix_length,
        config.n_image_tokens if config.mapper == "transformer" else config.n_feature_tokens,
        config.n_layers,
        config.n_heads,
        config.mlp_ratio,
    )


class PrefixCaptioner(PreTrainedModel):
    """A mapper (`clip_project`) and a causal language model (`gpt`), named in ClipCap's terms."""

    config_class = PrefixConfig
    main_input_name = "features"
    _tied_weights_keys: dict[str, str] = {}  # what the language model ties, it ties itself

    def __init__(self, config: PrefixConfig) -> None:
        super().__init__(config)
        inner = dict(config.language_model)
        self.gpt = AutoModelForCausalLM.from_config(AutoConfig.for_model(**inner))
        embedding_dim = self.gpt.get_input_embeddings().embedding_dim
        self.normalize = FeatureNorm(config.normalize, config.feature_dim)
        self.clip_project = build_mapper(config, embedding_dim)
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Keep each layer's own initialisation: PyTorch's, as in the published code."""

    def train(self, mode: bool = True) -> "PrefixCaptioner":
        """A frozen language model stays in eval mode: no dropout, as published."""
        super().train(mode)
        if self.config.freeze_language_model:
            self.gpt.eval().requires_grad_(False)
        return self

    def prefix(self, features: Tensor) -> Tensor:
        """Features (B, t, c) of any float dtype -> prefix (B, k, d) in the model's dtype."""
        return self.clip_project(self.normalize(features.to(self.dtype)))

    def forward(
        self, features: Tensor, input_ids: Tensor, labels: Tensor, image_index: Tensor
    ) -> dict[str, Tensor]:
        """Cross-entropy on the caption's tokens only.

        features (B, t, c); input_ids, labels (N, L) for N captions, labels -100 at padding;
        image_index (N,) says whose caption each row is. Returns the loss and logits (N, L, V).
        """
        prefix = self.prefix(features)[image_index]  # (N, k, d)
        words = self.gpt.get_input_embeddings()(input_ids)  # (N, L, d)
        # padding lies on the right: causal attention never sees it from a real token
        output = self.gpt(
            inputs_embeds=torch.cat([prefix, words], 1), logits_to_keep=words.shape[1] + 1
        )
        logits = output.logits[:, :-1]  # the position before a token predicts it
        loss = functional.cross_entropy(logits.transpose(1, 2), labels, ignore_index=-100)
        return {"loss": loss, "logits": logits}

    @torch.inference_mode()
    def generate_captions(self, features: Tensor, **decoding: Any) -> Tensor:
        """Token ids (B, L) that follow the prefix; `decoding` goes to `generate`."""
        prefix = self.prefix(features)
        mask = torch.ones(prefix.shape[:2], dtype=torch.long, device=prefix.device)
        return self.gpt.generate(inputs_embeds=prefix, attention_mask=mask, **decoding)
