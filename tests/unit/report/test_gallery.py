"""The gallery page."""

import base64
import io
import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from lib.report.gallery import (
    Gallery,
    Picture,
    Row,
    Telling,
    Triple,
    encode_picture,
    render_gallery,
)

VOID = {"meta", "link", "img", "br"}
PIXEL = encode_picture(Image.new("RGB", (4, 2), "teal"), 320)
CAPTIONS = ("A dog runs.", "A cat sleeps.", "A bird sings.")
FINAL = Telling(
    system="final",
    chain="prefix_tokens → expander → tuned/smollm2",
    captions=CAPTIONS,
    expansion="Nobody knew why.",
    story="The dog ran home.\n\nThe cat slept on.",
    cut_off=False,
    scores={"worlap": 0.4215, "n_words": 8},
)
BASELINE = Telling(
    system="baseline",
    chain="neural → base/smollm2",
    captions=("A cow.", "A cow.", "A cow."),
    expansion=None,
    story="There was a cow.",
    cut_off=True,
    scores={"worlap": 0.25, "n_words": 4},
)
TRIPLE = Triple(
    "t000",
    (
        Picture("one", PIXEL, 4, 2, "A brown dog is running."),
        Picture("two", PIXEL, 4, 2, None),
        Picture("three", PIXEL, 4, 2, None),
    ),
    (BASELINE, FINAL),
)
GALLERY = Gallery(
    title="Triptych",
    explanation="Three pictures in, one story out.",
    notice="These pictures are rendered scenes.",
    lead_system="final",
    triples=(TRIPLE,),
    caption_rows=(Row("prefix_tokens", "prefix on clip tokens", {"cider": 2.814, "bleu_4": 0.61}),),
    story_rows=(Row("final", FINAL.chain, {"worlap": 0.42}),),
)


@dataclass(frozen=True)
class Seen:
    """A piece of text, or an element without text, and the elements around it."""

    around: tuple[str, ...]
    attributes: dict[str, str | None]
    text: str


class Reader(HTMLParser):
    """Lists what a page holds, and refuses a page whose elements do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[Seen] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(Seen((*self.open, tag), dict(attrs), ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.seen.append(Seen(tuple(self.open), {}, data.strip()))


def read(page: str) -> list[Seen]:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader.seen


def the_one(seen: list[Seen], text: str) -> Seen:
    (found,) = [piece for piece in seen if piece.text == text]
    return found


def texts(seen: list[Seen]) -> list[str]:
    return [piece.text for piece in seen if piece.text]


def test_a_large_picture_is_shrunk_to_the_size_and_keeps_its_proportions() -> None:
    jpeg = base64.b64decode(encode_picture(Image.new("RGB", (640, 480)), 320))
    assert Image.open(io.BytesIO(jpeg)).size == (320, 240)


def test_a_small_picture_is_not_enlarged() -> None:
    jpeg = base64.b64decode(encode_picture(Image.new("RGB", (192, 192)), 320))
    assert Image.open(io.BytesIO(jpeg)).size == (192, 192)


def test_encoding_leaves_the_picture_as_it_was() -> None:
    image = Image.new("RGB", (640, 480))
    encode_picture(image, 320)
    assert image.size == (640, 480)


def test_the_page_asks_no_other_host_and_runs_no_script() -> None:
    page = render_gallery(GALLERY)
    seen = read(page)
    links = [
        value or ""
        for piece in seen
        for name, value in piece.attributes.items()
        if name in ("src", "href", "srcset", "action")
    ]
    assert len(links) == 4  # three pictures and an empty icon
    assert all(link.startswith("data:") for link in links)
    assert not re.search(r"url\(|@import|://", page)
    assert not any("script" in piece.around for piece in seen)


def test_whatever_a_model_wrote_is_shown_as_text() -> None:
    nasty = '<script>alert("x")</script> & "more"'
    telling = replace(FINAL, captions=(nasty,) * 3, expansion=nasty, story=nasty, chain=nasty)
    picture = replace(TRIPLE.pictures[0], reference=nasty)
    triple = Triple("t000", (picture,) * 3, (telling,))
    rows = (Row(nasty, nasty, {}),)
    page = render_gallery(
        Gallery(nasty, nasty, nasty, "final", (triple,), caption_rows=rows, story_rows=rows)
    )
    seen = read(page)
    assert "<script" not in page
    assert [piece.attributes["alt"] for piece in seen if piece.around[-1:] == ("img",)] == [
        nasty
    ] * 3
    # Title, heading, explanation, notice; name and note of two rows; captions, references (three
    # each); expansion and story. The chain stands inside a longer text.
    assert texts(seen).count(nasty) == 4 + 4 + 6 + 2


def test_each_picture_stands_beside_its_caption_in_the_lead_system() -> None:
    seen = read(render_gallery(GALLERY))
    alts = [piece.attributes["alt"] for piece in seen if piece.around[-1:] == ("img",)]
    assert alts == list(CAPTIONS)
    for caption in CAPTIONS:
        assert the_one(seen, caption).around[-3:] == ("figure", "figcaption", "p")


def test_a_reference_is_shown_where_there_is_one() -> None:
    seen = read(render_gallery(GALLERY))
    assert "figcaption" in the_one(seen, "A brown dog is running.").around
    assert texts(seen).count("Reference:") == 1


def test_only_the_lead_story_is_open() -> None:
    seen = read(render_gallery(GALLERY))
    assert "details" not in the_one(seen, "The dog ran home.").around
    assert "details" in the_one(seen, "There was a cow.").around
    assert "details" in the_one(seen, "Nobody knew why.").around


def test_another_lead_system_swaps_the_stories() -> None:
    seen = read(render_gallery(replace(GALLERY, lead_system="baseline")))
    assert "details" in the_one(seen, "The dog ran home.").around
    assert "details" not in the_one(seen, "There was a cow.").around


def test_a_story_has_one_paragraph_for_each_of_its_lines() -> None:
    seen = read(render_gallery(GALLERY))
    assert the_one(seen, "The cat slept on.").around[-2:] == ("div", "p")


def test_a_story_that_was_cut_off_says_so() -> None:
    note = "The story reached its length limit here."
    assert texts(read(render_gallery(GALLERY))).count(note) == 1
    whole = replace(TRIPLE, tellings=(FINAL,))
    assert note not in texts(read(render_gallery(replace(GALLERY, triples=(whole,)))))


def test_another_system_shows_its_captions_only_where_they_differ() -> None:
    same = replace(TRIPLE, tellings=(FINAL, replace(BASELINE, captions=CAPTIONS)))
    assert "li" in {piece.around[-1] for piece in read(render_gallery(GALLERY))}
    seen = read(render_gallery(replace(GALLERY, triples=(same,))))
    assert "li" not in {piece.around[-1] for piece in seen}


def test_scores_are_rounded_and_a_missing_one_is_a_dash() -> None:
    seen = read(render_gallery(GALLERY))
    cells = [piece.text for piece in seen if piece.around[-1:] == ("td",) and piece.text]
    assert cells == ["2.81", "0.610", *["–"] * 5, "0.42", *["–"] * 6]
    of_stories = [p.text for p in seen if "article" in p.around and p.around[-1] == "dd" and p.text]
    assert of_stories == ["0.42", *["–"] * 5, "8", "0.25", *["–"] * 5, "4"]


def test_equal_galleries_give_equal_pages() -> None:
    assert render_gallery(GALLERY) == render_gallery(replace(GALLERY))


def test_a_triple_without_the_lead_system_is_refused() -> None:
    with pytest.raises(ValueError, match="t000: 0 tellings by 'finale'"):
        render_gallery(replace(GALLERY, lead_system="finale"))


def test_twelve_triples_fit_five_megabytes_even_if_every_picture_is_grain() -> None:
    grain = np.random.default_rng(0).integers(0, 256, (320, 320), dtype=np.uint8)
    image = Image.fromarray(grain).convert("RGB")
    picture = replace(TRIPLE.pictures[0], jpeg_base64=encode_picture(image, 320))
    page = render_gallery(
        replace(GALLERY, triples=(replace(TRIPLE, pictures=(picture,) * 3),) * 12)
    )
    assert len(page.encode()) < 5_000_000
