"""The gallery: one HTML page that needs nothing else, with each triple's pictures and stories."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image

from lib.report.columns import CAPTIONS, STORIES, cells

TEMPLATE = Path(__file__).with_name("gallery.html.j2")
# 20 kB a photograph of 320 px: 150 of them stay below 5 MB. Whole colour keeps drawings crisp.
JPEG = {"quality": 80, "subsampling": "4:4:4"}


@dataclass(frozen=True)
class Picture:
    """One picture of a triple; its sides give the page its proportions before it is decoded."""

    image_id: str
    jpeg_base64: str
    width_px: int
    height_px: int
    reference: str | None  # a caption by whoever described the data set


@dataclass(frozen=True)
class Telling:
    """What one system made of one triple."""

    system: str
    chain: str  # "prefix_tokens → expander → tuned/smollm2"
    captions: tuple[str, ...]  # what the system read, one for each picture
    expansion: str | None
    story: str  # paragraphs part at line breaks
    cut_off: bool  # the story reached the length limit
    scores: Mapping[str, float]  # keys as in columns.STORIES


@dataclass(frozen=True)
class Triple:
    """Pictures that stand side by side, and every system's story about them."""

    triple_id: str
    pictures: tuple[Picture, ...]
    tellings: tuple[Telling, ...]


@dataclass(frozen=True)
class Row:
    """One line of a score table: a captioner or a system, what it is made of, its scores."""

    name: str
    note: str
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Gallery:
    """All that the page shows."""

    title: str
    explanation: str
    notice: str
    lead_system: str  # whose stories are told at full size
    triples: tuple[Triple, ...]
    caption_rows: tuple[Row, ...]
    story_rows: tuple[Row, ...]


def encode_picture(image: Image.Image, size_px: int) -> str:
    """Base64 of the RGB `image` as JPEG, shrunk to at most `size_px` a side, never enlarged."""
    small = image.copy()
    small.thumbnail((size_px, size_px), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    small.save(stream, "JPEG", **JPEG)
    return base64.b64encode(stream.getvalue()).decode("ascii")


def render_gallery(gallery: Gallery) -> str:
    """The page as HTML. It asks no other host for anything; all text is escaped.

    Raises ValueError where the lead system has no telling of a triple.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATE.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE.name).render(
        gallery=gallery,
        spreads=[(triple, *_lead_first(triple, gallery.lead_system)) for triple in gallery.triples],
        caption_columns=CAPTIONS,
        story_columns=STORIES,
        cells=cells,
    )


def _lead_first(triple: Triple, lead_system: str) -> tuple[Telling, tuple[Telling, ...]]:
    leads = [telling for telling in triple.tellings if telling.system == lead_system]
    if len(leads) != 1:
        raise ValueError(
            f"{triple.triple_id}: {len(leads)} tellings by {lead_system!r}, expected one"
        )
    return leads[0], tuple(t for t in triple.tellings if t.system != lead_system)
