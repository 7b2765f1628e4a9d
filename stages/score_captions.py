"""Score one captioner's captions of the test pictures."""

import pandas as pd

from lib.commands import run
from lib.params import Params
from lib.paths import Paths
from lib.schemas.captions import CAPTIONS
from lib.schemas.images import IMAGES
from lib.schemas.predicted_captions import PREDICTED_CAPTIONS
from lib.scoring.caption_report import report_captions
from lib.scoring.files import write_scores
from lib.tables import read_table

FACTS = ("subject_right", "action_right", "second_thing_right", "colour_right")
MAIN = ("cider", "bleu_4", "rouge_l", *FACTS, "n_images")


def captions_of(paths: Paths, dataset: str, split: str) -> dict[str, list[str]]:
    """image_id -> its captions, of one split."""
    images = read_table(paths.images(dataset), IMAGES)
    chosen = images.loc[images["split"] == split, ["image_id"]]
    captions: pd.DataFrame = chosen.merge(read_table(paths.captions(dataset), CAPTIONS))
    grouped = captions.groupby("image_id", sort=False)["caption"]
    return {str(image_id): list(group) for image_id, group in grouped}


def main(params: Params, paths: Paths, key: str) -> None:
    predicted = read_table(paths.predicted_captions(key), PREDICTED_CAPTIONS)
    predictions = dict(zip(predicted["image_id"], predicted["caption"], strict=True))
    references = captions_of(paths, "test_captions", "test")
    training = captions_of(paths, "train_captions", "train")
    scores = report_captions(
        references,
        {image_id: predictions[image_id] for image_id in references if image_id in predictions},
        [caption for group in training.values() for caption in group],
        read_table(paths.images("test_captions"), IMAGES),
        n_resamples=params.scoring.bootstrap.n_resamples,
        seed=params.scoring.bootstrap.seed,
    )
    write_scores(paths.caption_scores(key), paths.caption_intervals(key), scores, MAIN)


if __name__ == "__main__":
    run(main)
