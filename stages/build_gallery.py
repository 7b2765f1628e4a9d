"""Lay out every triple's pictures, captions, stories and scores on one HTML page."""

import logging
from pathlib import Path

from lib.captioners.text import as_sentence
from lib.commands import run
from lib.params import Params
from lib.paths import Paths
from lib.report import layout
from lib.report.columns import read_scores
from lib.report.gallery import render_gallery
from lib.schemas.captions import CAPTIONS
from lib.schemas.expansions import EXPANSIONS
from lib.schemas.images import IMAGES
from lib.schemas.predicted_captions import PREDICTED_CAPTIONS
from lib.schemas.story_details import STORY_DETAILS
from lib.schemas.told_stories import TOLD_STORIES
from lib.schemas.triples import TRIPLES
from lib.tables import read_table

log = logging.getLogger("triptych")
DATASET = "test_captions"


def captioner_result(name: str, params: Params, paths: Paths) -> layout.CaptionerResult:
    model = params.captioners[name].model
    source = params.weights[params.encoders.grid.weights].source
    return layout.CaptionerResult(
        name,
        f"{model.kind} on {model.features} {model.input}",
        model.features == "grid" and source == "untrained",
        read_scores(paths.caption_scores(name)),
    )


def system_result(name: str, params: Params, paths: Paths) -> layout.SystemResult:
    system = params.systems[name]
    expander = ("expander",) if system.expander else ()
    predicted = read_table(paths.predicted_captions(system.captioner), PREDICTED_CAPTIONS)
    return layout.SystemResult(
        name,
        (system.captioner, *expander, system.story_model),
        dict(zip(predicted["image_id"], predicted["caption"].map(as_sentence), strict=True)),
        read_table(paths.expansions(name), EXPANSIONS),
        read_table(paths.told_stories(name), TOLD_STORIES),
        read_table(paths.story_details(name), STORY_DETAILS),
        read_scores(paths.story_scores(name)),
    )


def main(params: Params, paths: Paths) -> None:
    dataset, triples = params.datasets.test_captions, read_table(paths.triples, TRIPLES)
    images = read_table(paths.images(DATASET), IMAGES)
    first = read_table(paths.captions(DATASET), CAPTIONS).drop_duplicates("image_id")
    captioners = [captioner_result(name, params, paths) for name in params.captioners]
    systems = [system_result(name, params, paths) for name in params.systems]
    pictures = layout.gallery_pictures(
        Path(dataset.path),
        images[images["image_id"].isin(triples["image_ids"].explode())],
        dict(zip(first["image_id"], first["caption"].map(as_sentence), strict=True)),
        size_px=params.gallery.picture_px,
        max_pixels=dataset.max_pixels,
        workers=params.runtime.workers,
    )
    gallery = layout.lay_out(
        triples,
        pictures,
        captioners,
        systems,
        lead_system=params.gallery.lead_system,
        rendered=dataset.source == "scenes",
    )
    paths.gallery.write_text(render_gallery(gallery), encoding="utf-8")
    log.info("%s: %d triples in %d systems", paths.gallery, len(triples), len(systems))


if __name__ == "__main__":
    run(main)
