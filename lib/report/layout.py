"""From tables to what the gallery shows: small pictures, every system's telling, the notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from lib.errors import InputError
from lib.pictures import BrokenPicture, map_pictures
from lib.report.gallery import Gallery, Picture, Row, Telling, Triple, encode_picture

EXPLANATION = (
    "Three pictures in, one story out: each is given a caption, "
    "and from the captions a language model tells a story."
)
Found = TypeVar("Found")


@dataclass(frozen=True)
class CaptionerResult:
    """One captioner's line of the score table."""

    name: str
    made_of: str  # "prefix on clip tokens"
    untrained: bool  # its image network has random weights
    scores: Mapping[str, float]


@dataclass(frozen=True)
class SystemResult:
    """What one system left behind, as the tables of lib/schemas; captions are sentences."""

    name: str
    made_of: tuple[str, ...]  # the models in the order in which they work
    captions: Mapping[str, str]  # image_id -> what the system read
    expansions: pd.DataFrame
    stories: pd.DataFrame
    story_scores: pd.DataFrame  # triple_id and one column a score
    scores: Mapping[str, float]  # over all stories


def gallery_pictures(
    root: Path,
    images: pd.DataFrame,
    references: Mapping[str, str],
    *,
    size_px: int,
    max_pixels: int,
    workers: int,
) -> dict[str, Picture]:
    """image_id -> picture of at most `size_px` a side, for each row of `images`.

    `references` may lack images. Raises InputError for a picture that cannot be read.
    """
    shrink = partial(encode_picture, size_px=size_px)
    encoded = map_pictures(root, images, shrink, max_pixels=max_pixels, workers=workers)
    sides = zip(images["width_px"].tolist(), images["height_px"].tolist(), strict=True)
    found = {}
    for (image_id, jpeg), (width_px, height_px) in zip(encoded, sides, strict=True):
        if isinstance(jpeg, BrokenPicture):
            raise InputError(f"{root}: {jpeg}; restore the raw pictures, then run `dvc repro`")
        found[image_id] = Picture(image_id, jpeg, width_px, height_px, references.get(image_id))
    return found


def lay_out(
    triples: pd.DataFrame,
    pictures: Mapping[str, Picture],
    captioners: Sequence[CaptionerResult],
    systems: Sequence[SystemResult],
    *,
    lead_system: str,
    rendered: bool,
) -> Gallery:
    """The gallery of all triples, rows and tellings in the order given.

    `lead_system` tells at full size; `rendered`: the pictures are drawn scenes.
    Raises InputError where a table lacks a triple or a picture: it is of another run.
    """
    return Gallery(
        title="Triptych",
        explanation=EXPLANATION,
        notice=honest_notice(captioners, rendered=rendered),
        lead_system=lead_system,
        triples=_triples(triples, pictures, systems),
        caption_rows=tuple(captioner_row(captioner) for captioner in captioners),
        story_rows=tuple(system_row(system) for system in systems),
    )


def captioner_row(captioner: CaptionerResult) -> Row:
    """A line of the captioners' table, which says where the backbone is untrained."""
    untrained = ", untrained backbone" if captioner.untrained else ""
    return Row(captioner.name, captioner.made_of + untrained, captioner.scores)


def system_row(system: SystemResult) -> Row:
    """A line of the systems' table."""
    return Row(system.name, " → ".join(system.made_of), system.scores)


def honest_notice(captioners: Sequence[CaptionerResult], *, rendered: bool) -> str:
    """What a reader must know before believing the page; `rendered`: pictures are drawn scenes."""
    sentences = []
    if rendered:
        sentences.append(
            "These pictures are rendered scenes and the models are small: "
            "the captioners know only this drawn world."
        )
    sentences.append("Every story is fiction by a language model, shown as it came out.")
    untrained = [f"“{captioner.name}”" for captioner in captioners if captioner.untrained]
    if untrained:
        sentences.append(
            f"The captioner {' and '.join(untrained)} sees through an untrained backbone, "
            "so its distance to the others says nothing about the method."
        )
    return " ".join(sentences)


def _triples(
    triples: pd.DataFrame, pictures: Mapping[str, Picture], systems: Sequence[SystemResult]
) -> tuple[Triple, ...]:
    """Every triple with its pictures and one telling a system."""
    tellings = [_tellings(system, triples) for system in systems]
    return tuple(
        Triple(
            triple_id,
            tuple(_find(pictures, image_id, "pictures") for image_id in image_ids),
            tuple(of_one_triple),
        )
        for triple_id, image_ids, *of_one_triple in zip(
            triples["triple_id"], triples["image_ids"], *tellings, strict=True
        )
    )


def _tellings(system: SystemResult, triples: pd.DataFrame) -> list[Telling]:
    """One system's telling of each triple."""
    stories, expansions, scores = (
        _by_triple(table) for table in (system.stories, system.expansions, system.story_scores)
    )
    return [
        Telling(
            system=system.name,
            chain=" → ".join(system.made_of),
            captions=tuple(_find(system.captions, i, f"{system.name} captions") for i in image_ids),
            expansion=_find(expansions, triple_id, f"{system.name} expansions")["expansion"],
            story=_find(stories, triple_id, f"{system.name} stories")["story"],
            cut_off=stories[triple_id]["finish"] == "length",
            scores=_find(scores, triple_id, f"{system.name} story scores"),
        )
        for triple_id, image_ids in zip(triples["triple_id"], triples["image_ids"], strict=True)
    ]


def _by_triple(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    rows = table.drop(columns="triple_id").to_dict("records")
    return {
        triple_id: {str(name): value for name, value in row.items()}
        for triple_id, row in zip(table["triple_id"], rows, strict=True)
    }


def _find(table: Mapping[str, Found], key: str, name: str) -> Found:
    if key not in table:
        raise InputError(f"gallery: no {key!r} among the {name}; run `dvc repro`")
    return table[key]
