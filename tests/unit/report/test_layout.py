"""From tables to the gallery's parts."""

import base64
import io
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from lib.errors import InputError
from lib.report.layout import (
    CaptionerResult,
    SystemResult,
    captioner_row,
    gallery_pictures,
    honest_notice,
    lay_out,
)

TRIPLES = pd.DataFrame({"triple_id": ["t000", "t001"], "image_ids": [["a", "b"], ["b", "a"]]})
IMAGES = pd.DataFrame(
    {
        "image_id": ["a", "b"],
        "archive": ["photos", "photos"],
        "member": ["a.png", "b.png"],
        "width_px": [40, 20],
        "height_px": [20, 20],
    }
)
SYSTEM = SystemResult(
    name="final",
    made_of=("prefix", "expander", "tuned/smollm2"),
    captions={"a": "A dog.", "b": "A cat."},
    expansions=pd.DataFrame(
        {"triple_id": ["t001", "t000"], "expansion": [None, "Later …"]}, dtype=object
    ),
    stories=pd.DataFrame(
        {"triple_id": ["t001", "t000"], "story": ["Two.", "One."], "finish": ["length", "end"]}
    ),
    story_scores=pd.DataFrame({"triple_id": ["t000", "t001"], "worlap": [0.5, 0.25]}),
    scores={"worlap": 0.375},
)
NEURAL = CaptionerResult("neural", "neural on grid tokens", True, {"cider": 1.5})
PREFIX = CaptionerResult("prefix", "prefix on clip embedding", False, {"cider": 2.5})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (40, 20), "navy").save(tmp_path / "photos" / "a.png")
    Image.new("RGB", (20, 20), "gold").save(tmp_path / "photos" / "b.png")
    return tmp_path


def pictures_of(root: Path):
    return gallery_pictures(root, IMAGES, {"a": "A dog."}, size_px=16, max_pixels=1000, workers=2)


def test_pictures_are_shrunk_and_keep_their_references(root: Path) -> None:
    pictures = pictures_of(root)
    assert list(pictures) == ["a", "b"]
    jpeg = base64.b64decode(pictures["a"].jpeg_base64)
    assert Image.open(io.BytesIO(jpeg)).size == (16, 8)
    assert (pictures["a"].width_px, pictures["a"].height_px) == (40, 20)
    assert (pictures["a"].reference, pictures["b"].reference) == ("A dog.", None)


def test_a_picture_that_went_missing_is_named(root: Path) -> None:
    (root / "photos" / "b.png").unlink()
    with pytest.raises(InputError, match=r"b\.png: is not in photos"):
        pictures_of(root)


def test_every_triple_gets_its_own_rows_in_whatever_order_the_tables_are(root: Path) -> None:
    gallery = lay_out(
        TRIPLES, pictures_of(root), [PREFIX], [SYSTEM], lead_system="final", rendered=True
    )
    first, second = gallery.triples
    assert [picture.image_id for picture in second.pictures] == ["b", "a"]
    (one,), (two,) = first.tellings, second.tellings
    assert (one.story, one.expansion, one.cut_off) == ("One.", "Later …", False)
    assert (two.story, two.expansion, two.cut_off) == ("Two.", None, True)
    assert two.captions == ("A cat.", "A dog.")
    assert two.scores == {"worlap": 0.25}
    assert two.chain == "prefix → expander → tuned/smollm2"
    assert [row.scores for row in gallery.story_rows] == [{"worlap": 0.375}]


@pytest.mark.parametrize("table", ["expansions", "stories", "story_scores"])
def test_a_table_that_lacks_a_triple_is_named(root: Path, table: str) -> None:
    short = replace(SYSTEM, **{table: getattr(SYSTEM, table).query("triple_id == 't000'")})
    with pytest.raises(InputError, match=f"no 't001' among the final {table.replace('_', ' ')}"):
        lay_out(TRIPLES, pictures_of(root), [], [short], lead_system="final", rendered=True)


def test_a_captioner_on_random_weights_says_so() -> None:
    assert captioner_row(NEURAL).note == "neural on grid tokens, untrained backbone"
    assert captioner_row(PREFIX).note == "prefix on clip embedding"


def test_the_notice_says_what_is_drawn_and_what_is_untrained() -> None:
    notice = honest_notice([NEURAL, PREFIX], rendered=True)
    assert "rendered scenes" in notice
    assert "captioner “neural” sees through an untrained backbone" in notice


def test_the_notice_of_photographs_and_trained_networks_claims_neither() -> None:
    notice = honest_notice([PREFIX], rendered=False)
    assert notice == "Every story is fiction by a language model, shown as it came out."
