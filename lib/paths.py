"""Where everything lies: the only place that spells paths under data/ and metrics/."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """The tables, caches, models and metrics of one profile, in the order of the DAG."""

    run: str  # "sample", "full"

    @property
    def data(self) -> Path:
        return Path("data") / self.run

    @property
    def metrics(self) -> Path:
        return Path("metrics") / self.run

    def raw(self, name: str) -> Path:
        """A rendered world or a downloaded data set."""
        return self.data / "raw" / name

    def weights(self, name: str) -> Path:
        return self.data / "weights" / name

    def prepared(self, dataset: str) -> Path:
        return self.data / "prepared" / dataset

    def images(self, dataset: str) -> Path:
        return self.prepared(dataset) / "images.parquet"

    def captions(self, dataset: str) -> Path:
        return self.prepared(dataset) / "captions.parquet"

    def skipped(self, dataset: str) -> Path:
        return self.prepared(dataset) / "skipped.parquet"

    @property
    def stories(self) -> Path:
        return self.prepared("stories") / "stories.parquet"

    def clip(self, checkpoint: str) -> Path:
        return self.data / checkpoint

    def tuned_clip(self, name: str) -> Path:
        return self.data / "models" / "clip" / name

    def features(self, encoder: str, dataset: str) -> Path:
        return self.data / "features" / encoder / dataset

    def captioner(self, name: str) -> Path:
        return self.data / "models" / "captioners" / name

    def story_model(self, name: str) -> Path:
        """`name` is base/KEY or tuned/KEY."""
        return self.data / "models" / "stories" / name

    def curve(self, kind: str, name: str) -> Path:
        return self.data / "curves" / kind / f"{name}.csv"

    def predicted_captions(self, captioner: str) -> Path:
        return self.data / "captions" / f"{captioner}.parquet"

    @property
    def triples(self) -> Path:
        return self.data / "triples.parquet"

    def likelihoods(self, story_model: str) -> Path:
        return self.data / "likelihoods" / f"{story_model}.parquet"

    def expansions(self, system: str) -> Path:
        return self.data / "expansions" / f"{system}.parquet"

    def told_stories(self, system: str) -> Path:
        return self.data / "stories" / f"{system}.parquet"

    @property
    def gallery(self) -> Path:
        return self.data / "gallery.html"

    def story_details(self, system: str) -> Path:
        return self.data / "story_details" / f"{system}.parquet"

    @property
    def retrieval_scores(self) -> Path:
        return self.metrics / "retrieval.json"

    @property
    def retrieval_intervals(self) -> Path:
        return self.metrics / "intervals" / "retrieval.json"

    def caption_scores(self, captioner: str) -> Path:
        return self.metrics / "captions" / f"{captioner}.json"

    def caption_intervals(self, captioner: str) -> Path:
        return self.metrics / "intervals" / "captions" / f"{captioner}.json"

    def perplexity_scores(self, story_model: str) -> Path:
        return self.metrics / "perplexity" / f"{story_model}.json"

    def perplexity_intervals(self, story_model: str) -> Path:
        return self.metrics / "intervals" / "perplexity" / f"{story_model}.json"

    def story_scores(self, system: str) -> Path:
        return self.metrics / "stories" / f"{system}.json"

    def story_intervals(self, system: str) -> Path:
        return self.metrics / "intervals" / "stories" / f"{system}.json"
