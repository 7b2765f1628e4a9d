"""Score the CLIP in use: does a picture find its caption, and a caption its picture?"""

from functools import partial

import numpy as np
import torch

from lib.commands import run
from lib.devices import pick_device
from lib.encoders.clip import load_clip
from lib.features import read_features
from lib.params import Params
from lib.paths import Paths
from lib.schemas.captions import CAPTIONS
from lib.scoring.bootstrap import interval_of_mean
from lib.scoring.files import write_scores
from lib.scoring.retrieval import recall_at_k
from lib.tables import read_table

DATASET, KS = "test_captions", (1, 5, 10)


def main(params: Params, paths: Paths) -> None:
    features = read_features(paths.features("clip", DATASET), "embedding", encoder=None)
    n_images = min(params.scoring.retrieval.n_images, len(features.image_ids))
    captions = read_table(paths.captions(DATASET), CAPTIONS).drop_duplicates("image_id")
    first = captions.set_index("image_id")["caption"]
    clip = load_clip(
        paths.clip(params.encoders.clip.checkpoint),
        params.encoders.clip.architecture,
        torch.float32,
        pick_device(params.runtime.device),
    )
    texts = clip.encode_texts(first.loc[features.image_ids[:n_images]].tolist())
    images = features.values[:n_images, 0].astype(np.float32)
    images /= np.linalg.norm(images, axis=1, keepdims=True)
    recall = recall_at_k(images, texts, KS)
    bootstrap = params.scoring.bootstrap
    mean = partial(interval_of_mean, n_resamples=bootstrap.n_resamples, seed=bootstrap.seed)
    scores = {
        f"{way}_r{k}": mean(getattr(recall, way)[:, column])
        for way in ("image_to_text", "text_to_image")
        for column, k in enumerate(KS)
    }
    main = ("image_to_text_r1", "text_to_image_r1", "n_images")
    write_scores(
        paths.retrieval_scores, paths.retrieval_intervals, scores | {"n_images": n_images}, main
    )


if __name__ == "__main__":
    run(main)
