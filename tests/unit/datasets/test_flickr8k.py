"""Both forms of Flickr8k are read into one, with the oddities that they really have."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from lib.datasets.caption_set import CaptionSet
from lib.datasets.flickr8k import flickr8k_splits, read_flickr8k
from lib.errors import InputError

TOKENS = """\
11_a.jpg#0\tA dog shakes , a red ball next to it .
11_a.jpg#1\tA
22_b.jpg#0\tTwo  dogs .
225_5.jpg.1#0\tA child sits on a rock .
33_c.jpg#0\tA girl says "hi" .
"""
LISTS = {"train": "33_c.jpg\n", "dev": "22_b.jpg\r\n", "test": "11_a.jpg\n\n"}


def tokens(folder: Path, text: str) -> CaptionSet:
    (folder / "Flickr8k.token.txt").write_text(text)
    (folder / "Flicker8k_Dataset").mkdir()
    return read_flickr8k(
        folder, captions_file="Flickr8k.token.txt", images="Flicker8k_Dataset", form="flickr8k"
    )


def kaggle(folder: Path, text: str) -> CaptionSet:
    (folder / "captions.txt").write_text(text)
    (folder / "Images").mkdir()
    return read_flickr8k(folder, captions_file="captions.txt", images="Images", form="flickr8k_csv")


def splits(folder: Path, **lists: str) -> dict[str, str]:
    for name, content in (LISTS | lists).items():
        (folder / f"Flickr_8k.{name}Images.txt").write_text(content, newline="")
    return flickr8k_splits(folder)


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_images_come_in_the_order_of_their_captions_without_a_split(tmp_path: Path) -> None:
    images = tokens(tmp_path, TOKENS).images
    assert images["image_id"].tolist() == ["11_a", "22_b", "33_c"]
    assert "split" not in images


def test_captions_keep_their_row_numbers_and_a_bare_a_is_a_caption(tmp_path: Path) -> None:
    assert rows(tokens(tmp_path, TOKENS).captions) == [
        (1, "11_a", "A dog shakes , a red ball next to it ."),
        (2, "11_a", "A"),
        (3, "22_b", "Two dogs ."),
        (5, "33_c", 'A girl says "hi" .'),
    ]


def test_an_image_that_does_not_exist_is_listed_as_skipped(tmp_path: Path) -> None:
    assert rows(tokens(tmp_path, TOKENS).skipped) == [("row 4: 225_5.jpg.1", "is no NAME.jpg")]


def test_pictures_are_found_in_the_zip(tmp_path: Path) -> None:
    (tmp_path / "tokens.txt").write_text(TOKENS)
    with zipfile.ZipFile(tmp_path / "Flickr8k_Dataset.zip", "w") as archive:
        archive.writestr("Flicker8k_Dataset/11_a.jpg", b"")
    found = read_flickr8k(
        tmp_path, captions_file="tokens.txt", images="Flickr8k_Dataset.zip", form="flickr8k"
    )
    assert rows(found.images[["archive", "member"]])[0] == (
        "Flickr8k_Dataset.zip",
        "Flicker8k_Dataset/11_a.jpg",
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a.jpg#0\tA dog\nb.jpg A cat\n", "line 2 is 'b.jpg A cat', expected NAME.jpg#NUMBER, a"),
        ("a.jpg\tA dog\n", r"line 1 is 'a.jpg\\tA dog', expected"),
        ("a.jpg#0\tA dog\na.jpg#0\tA cat\n", "line 2: key a.jpg#0 occurs twice"),
    ],
)
def test_a_row_of_another_form_is_named(text: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"Flickr8k.token.txt: {complaint}"):
        tokens(tmp_path, text)


def test_the_lists_give_each_split_in_listed_order(tmp_path: Path) -> None:
    found = splits(tmp_path, test="11_a.jpg\n44_d.jpg\n10_b.jpg\n")
    assert list(found.items()) == [
        ("33_c", "train"),
        ("22_b", "validation"),
        ("11_a", "test"),
        ("44_d", "test"),
        ("10_b", "test"),
    ]


def test_an_image_in_two_lists_is_refused(tmp_path: Path) -> None:
    complaint = r"Flickr_8k.testImages.txt: line 1: 33_c.jpg is listed twice \(in train too\)"
    with pytest.raises(InputError, match=complaint):
        splits(tmp_path, test="33_c.jpg\n")


def test_a_listed_name_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Flickr_8k.devImages.txt: line 2 is '22_b', expected"):
        splits(tmp_path, dev="22_b.jpg\n22_b\n")


def test_all_three_lists_are_needed(tmp_path: Path) -> None:
    splits(tmp_path)
    (tmp_path / "Flickr_8k.devImages.txt").unlink()
    with pytest.raises(InputError, match=r"Flickr_8k.devImages.txt: no such file"):
        flickr8k_splits(tmp_path)


def test_kaggles_captions_hold_commas_and_quotes(tmp_path: Path) -> None:
    csv = (
        "image,caption\n"
        '11_a.jpg,"A dog shakes , a red ball next to it ."\n'
        '11_a.jpg,"A sign says ""stop"" ."\n'
        "\n"
        "22_b.jpg,Two dogs .\n"
    )
    assert rows(kaggle(tmp_path, csv).captions) == [
        (1, "11_a", "A dog shakes , a red ball next to it ."),
        (2, "11_a", 'A sign says "stop" .'),
        (3, "22_b", "Two dogs ."),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("11_a.jpg,A dog\n", r"line 1 is \['11_a.jpg', 'A dog'\], expected the header"),
        ("", r"line 1 is \[\], expected the header"),
        ("image,caption\na.jpg,A dog, a cat\n", "line 2 has 3 fields, expected image,caption"),
        ('image,caption\na.jpg,"A" dog\n', "line 2 is no CSV"),
        ('image,caption\na.jpg,A dog\nb.jpg,"A cat\n', "line 3 is no CSV"),
    ],
)
def test_a_fault_of_kaggles_csv_is_named(text: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"captions.txt: {complaint}"):
        kaggle(tmp_path, text)
