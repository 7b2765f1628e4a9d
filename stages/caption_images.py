"""Caption the test pictures with one trained captioner."""

import logging

import pandas as pd

from lib.captioners.build import load_captioner
from lib.captioners.decoding import decode_captions
from lib.commands import entry, run
from lib.devices import pick_device
from lib.features import read_features
from lib.params import Params
from lib.paths import Paths
from lib.schemas.predicted_captions import PREDICTED_CAPTIONS
from lib.tables import write_table

log = logging.getLogger("triptych")
DATASET = "test_captions"


def main(params: Params, paths: Paths, key: str) -> None:
    captioner = entry(params.captioners, key, "captioners")
    model, tokenizer = load_captioner(paths.captioner(key), pick_device(params.runtime.device))
    cache = paths.features(captioner.model.features, DATASET)
    features = read_features(cache, captioner.model.input, model.config.encoder)
    captions = list(
        decode_captions(model, tokenizer, features.values, **captioner.decode.model_dump())
    )
    table = pd.DataFrame({"image_id": features.image_ids, "caption": captions})
    write_table(table, PREDICTED_CAPTIONS, paths.predicted_captions(key))
    log.info("%s: %d captions, such as: %s", key, len(captions), captions[0])


if __name__ == "__main__":
    run(main)
