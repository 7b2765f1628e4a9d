"""params.yaml as strict data classes: every key named, typed and bounded, nothing defaulted."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lib.errors import InputError
from lib.refusals import UniqueKeys, describe

Count = Annotated[int, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Seed = Annotated[int, Field(ge=0)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Checksum = Annotated[str, Field(pattern=r"^(sha256:[0-9a-f]{64}|md5:[0-9a-f]{32})$")]
Dtype = Literal["float32", "bfloat16"]


class Strict(BaseModel):
    """A group of keys: unknown ones are refused, values are not coerced, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, protected_namespaces=())


class Runtime(Strict):
    device: Literal["auto", "cpu", "cuda"]
    workers: Count


class World(Strict):
    n_train_images: Count
    n_test_images: Count
    captions_per_image: Count
    size_px: Annotated[int, Field(ge=32)]
    jpeg_quality: Annotated[int, Field(ge=1, le=95)]
    seed: Seed


class Untrained(Strict):
    source: Literal["untrained"]
    licence: str


class Wheel(Strict):
    source: Literal["wheel"]
    package: str
    version: str
    sha256: Sha256
    member: str
    licence: str


class Url(Strict):
    source: Literal["url"]
    urls: Annotated[list[str], Field(min_length=1)]
    checksum: Checksum
    licence: str


class Hub(Strict):
    source: Literal["hub"]
    repository: str
    revision: Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
    files: Annotated[list[str], Field(min_length=1)]
    licence: str


Weights = Annotated[Untrained | Wheel | Url | Hub, Field(discriminator="source")]


class ArchiveFile(Strict):
    urls: Annotated[list[str], Field(min_length=1)]
    checksum: Checksum | None
    take: Annotated[list[str], Field(min_length=1)] | None


class Archive(Strict):
    licence: str
    files: Annotated[list[ArchiveFile], Field(min_length=1)]


class CaptionDataset(Strict):
    source: Literal["scenes", "directory", "archives"]
    format: Literal["coco", "flickr8k", "flickr8k_csv"]
    path: str
    captions: str
    images: str
    splits: Literal["by_image", "listed", "karpathy", "test"]
    karpathy: str | None
    n_rows: Count | None
    validation_share: Annotated[float, Field(ge=0, lt=1)]
    max_pixels: Count
    max_broken_share: Share
    seed: Seed


class StoryDataset(Strict):
    source: Literal["directory", "archives"]
    path: str
    splits: dict[str, str]
    cleaning: Literal["reference", "standard"]
    max_words: Count
    min_words: Annotated[int, Field(ge=0)]


class Datasets(Strict):
    train_captions: CaptionDataset
    test_captions: CaptionDataset
    stories: StoryDataset


def caption_dataset(datasets: Datasets, key: str) -> CaptionDataset:
    """The data set of captioned pictures that `key` names."""
    found = {"train_captions": datasets.train_captions, "test_captions": datasets.test_captions}
    if key not in found:
        raise InputError(f"datasets: no captioned pictures {key!r}; there are {', '.join(found)}")
    return found[key]


class GridEncoder(Strict):
    architecture: Literal["InceptionV3", "VGG16"]
    weights: str
    seed: Seed
    layer: str
    size_px: Annotated[int, Field(ge=75)]
    batch_images: Count
    images_per_shard: Count


class ClipEncoder(Strict):
    checkpoint: str
    architecture: str | None
    dtype: Dtype
    batch_images: Count
    images_per_shard: Count


class Encoders(Strict):
    grid: GridEncoder
    clip: ClipEncoder


class Schedule(Strict):
    epochs: Count
    batch_size: Count
    accumulate_steps: Count
    learning_rate: Annotated[float, Field(gt=0)]
    decay: Literal["linear", "cosine", "constant"]
    warmup_share: Share
    weight_decay: Annotated[float, Field(ge=0)]
    max_grad_norm: Annotated[float, Field(gt=0)]
    bf16: bool
    patience: Count | None
    curve_points: Count
    seed: Seed


class TextTower(Strict):
    context_length: Count
    width: Count
    heads: Count
    layers: Count


class TunedClip(Strict):
    weights: str
    trunk: str
    projection: Literal["linear", "mlp"]
    embed_dim: Count
    size_px: Annotated[int, Field(ge=32)]
    batch_images: Count
    dtype: Dtype
    text: TextTower
    train: Schedule


class CaptionerModel(Strict):
    features: Literal["grid", "clip"]
    input: Literal["embedding", "tokens"]
    weights: str
    normalize: Literal["none", "l2", "standardize"]
    max_words: Count
    min_count: Count
    max_tokens: Annotated[int, Field(ge=2)]


class PrefixModel(CaptionerModel):
    kind: Literal["prefix"]
    language_model: dict[str, Any] | None
    freeze_language_model: bool
    mapper: Literal["mlp", "transformer", "grid"]
    prefix_length: Count
    n_image_tokens: Count
    n_layers: Count
    n_heads: Count
    mlp_ratio: Annotated[float, Field(gt=0)]


class NeuralModel(CaptionerModel):
    kind: Literal["neural"]
    d_model: Count
    units: Count
    head_width: Count
    n_encoder_heads: Count
    n_decoder_heads: Count
    n_decoder_layers: Count
    dropout_attention: Share
    dropout_feed_forward: Share
    dropout_output: Share
    image_positions: bool


class CaptionerTraining(Schedule):
    captions_per_item: Count


class CaptionDecoding(Strict):
    beam: Count
    top_p: Annotated[float, Field(gt=0, le=1)] | None
    length_penalty: float
    max_tokens: Annotated[int, Field(ge=2)]
    stop_at_full_stop: bool
    batch_images: Count
    seed: Seed


class Captioner(Strict):
    model: Annotated[PrefixModel | NeuralModel, Field(discriminator="kind")]
    train: CaptionerTraining
    decode: CaptionDecoding


class Prompt(Strict):
    style: Literal["chat", "separator", "plain"]
    system: str
    instruction: Annotated[str, Field(pattern=r"\{prompt\}")]


class StoryTraining(Schedule):
    method: Literal["lora", "full"]
    lora_rank: Annotated[int, Field(ge=0)]
    lora_alpha: Annotated[int, Field(ge=0)]
    loss_on: Literal["story", "all"]


class StoryModel(Strict):
    weights: str
    family: Literal["causal", "seq2seq"]
    network: dict[str, Any] | None
    prompt: Prompt
    max_tokens: Count
    train: StoryTraining


class Triples(Strict):
    size: Annotated[int, Field(ge=2)]
    n_triples: Count
    order: Literal["listed"]


class StoryDecoding(Strict):
    sample: bool
    top_p: Annotated[float, Field(gt=0, le=1)]
    top_k: Annotated[int, Field(ge=0)]
    temperature: Annotated[float, Field(gt=0)]
    beam: Count
    repetition_penalty: Annotated[float, Field(gt=0)]
    no_repeat_ngram: Annotated[int, Field(ge=0)]
    min_new_tokens: Annotated[int, Field(ge=0)]
    max_new_tokens: Count
    end_at_sentence: bool
    batch_stories: Count
    max_attempts: Count
    seed: Seed


class Expander(Strict):
    story_model: Annotated[str, Field(pattern=r"^(base|tuned)/[a-z0-9_]+$")]
    instruction: Annotated[str, Field(pattern=r"\{captions\}")]
    style: Literal["chat", "plain"]
    system: str
    dtype: Dtype
    decode: StoryDecoding


class Storyteller(Strict):
    dtype: Dtype
    decode: StoryDecoding


class System(Strict):
    captioner: Name
    expander: bool
    story_model: Annotated[str, Field(pattern=r"^(base|tuned)/[a-z0-9_]+$")]
    prompt: Annotated[str, Field(pattern=r"\{captions\}")]


class Bootstrap(Strict):
    n_resamples: Count
    seed: Seed


class PerplexityMeasurement(Strict):
    split: Literal["train", "validation", "test"]
    dtype: Dtype
    batch_stories: Count


class RetrievalScoring(Strict):
    n_images: Count


class StoryScoring(Strict):
    ttr_window: Count


class Scoring(Strict):
    bootstrap: Bootstrap
    retrieval: RetrievalScoring
    stories: StoryScoring


class Gallery(Strict):
    lead_system: Name
    picture_px: Count


class Params(Strict):
    """The whole of params.yaml; the file's comments say what each key means."""

    root: str
    params: str
    run: Name
    runtime: Runtime
    worlds: dict[Name, World]
    archives: dict[Name, Archive]
    weights: dict[Name, Weights]
    datasets: Datasets
    encoders: Encoders
    tuned_clips: dict[Name, TunedClip]
    captioners: dict[Name, Captioner]
    story_models: dict[Name, StoryModel]
    triples: Triples
    expander: Expander
    storyteller: Storyteller
    systems: dict[Name, System]
    perplexity: PerplexityMeasurement
    scoring: Scoring
    gallery: Gallery


def load_params(path: Path) -> Params:
    """Read and check `path`; InputError names the first few keys that are wrong, on one line."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), UniqueKeys)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; name a profile such as params.yaml") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None
    try:
        params = Params.model_validate(raw)
    except ValidationError as error:
        raise InputError(f"{path}: {describe(error, raw)}") from None
    check_references(params, path)
    return params


def check_references(params: Params, path: Path) -> None:
    """Every name that one entry uses must be another entry."""
    models = {f"{kind}/{name}" for name in params.story_models for kind in ("base", "tuned")}
    weights, captioners = set(params.weights), set(params.captioners)
    used = [("encoders.grid.weights", params.encoders.grid.weights, weights)]
    for key, clip in params.tuned_clips.items():
        used.append((f"tuned_clips.{key}.weights", clip.weights, weights))
    for key, captioner in params.captioners.items():
        used.append((f"captioners.{key}.model.weights", captioner.model.weights, weights))
    for key, model in params.story_models.items():
        used.append((f"story_models.{key}.weights", model.weights, weights))
    used.append(("expander.story_model", params.expander.story_model, models))
    used.append(("gallery.lead_system", params.gallery.lead_system, set(params.systems)))
    for key, system in params.systems.items():
        used.append((f"systems.{key}.captioner", system.captioner, captioners))
        used.append((f"systems.{key}.story_model", system.story_model, models))
    for key, value, known in used:
        if value not in known:
            choices = ", ".join(sorted(known))
            raise InputError(f"{path}: {key}: no such entry {value!r}; there are {choices}")
