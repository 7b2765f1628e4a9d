"""Every picture that people have becomes upright 8-bit RGB, or says in a few words why not."""

import io
import pickle
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from lib.errors import InputError
from lib.pictures import (
    BrokenPicture,
    find_member,
    iterate_pictures,
    list_members,
    open_picture,
    read_member,
    square,
)

MAX_PIXELS = 10_000
RED, WHITE = (255, 0, 0), (255, 255, 255)


def encode(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def noise(size: tuple[int, int] = (40, 30)) -> Image.Image:
    shape = (size[1], size[0], 3)
    return Image.fromarray(np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8))


def opened(data: bytes) -> Image.Image:
    return open_picture(data, "a.jpg", MAX_PIXELS)


def reason(data: bytes) -> str:
    with pytest.raises(BrokenPicture) as broken:
        opened(data)
    assert str(broken.value) == f"a.jpg: {broken.value.reason}"
    assert "\n" not in str(broken.value)
    return broken.value.reason


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises pixels in its header and holds none."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    checksum = struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + checksum + bytes(4) + b"IDAT"


@pytest.mark.parametrize(
    ("image", "kind", "pixel"),
    [
        (Image.new("RGB", (4, 3), RED), "PNG", RED),
        (Image.new("L", (4, 3), 70), "JPEG", (70, 70, 70)),
        (Image.new("1", (4, 3), 1), "PNG", WHITE),
        (Image.new("P", (4, 3), 0), "GIF", (0, 0, 0)),
        # A quarter opaque red over white: 255 - 255 * 64 / 255 = 191 in green and blue.
        (Image.new("RGBA", (4, 3), (255, 0, 0, 64)), "PNG", (255, 191, 191)),
        (Image.new("LA", (4, 3), (0, 0)), "PNG", WHITE),
        # The high byte of 16 bits: 0x80ff is 0x80 = 128.
        (Image.fromarray(np.full((3, 4), 0x80FF, np.uint16)), "PNG", (128, 128, 128)),
        (Image.fromarray(np.full((3, 4), 0x80FF, np.uint16)), "TIFF", (128, 128, 128)),
        # No ink at all is white paper; all of one ink is none of its opposite colour.
        (Image.new("CMYK", (4, 3), (0, 0, 0, 0)), "TIFF", WHITE),
        (Image.new("CMYK", (4, 3), (0, 255, 255, 0)), "TIFF", RED),
    ],
)
def test_each_colour_mode_becomes_rgb(
    image: Image.Image, kind: str, pixel: tuple[int, int, int]
) -> None:
    rgb = opened(encode(image, kind))
    assert (rgb.mode, rgb.size) == ("RGB", (4, 3))
    assert rgb.getpixel((2, 1)) == pixel


def test_a_cmyk_jpeg_is_near_its_colour() -> None:
    red = opened(encode(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG"))
    assert np.abs(np.asarray(red).astype(int) - RED).max() <= 2


def test_a_transparent_palette_entry_is_white() -> None:
    image = Image.new("P", (4, 3), 1)
    image.putpalette([0, 0, 255, 255, 0, 0])
    assert opened(encode(image, transparency=1)).getpixel((0, 0)) == WHITE
    assert opened(encode(image)).getpixel((0, 0)) == RED


def test_a_picture_taken_on_its_side_stands_upright() -> None:
    image = Image.new("RGB", (4, 2))
    image.putpixel((0, 0), RED)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: rotate by 90 degrees clockwise to show
    upright = opened(encode(image, exif=exif))
    assert upright.size == (2, 4)
    assert upright.getpixel((1, 0)) == RED


def test_an_animation_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (4, 3), colour) for colour in (RED, (0, 0, 255))]
    data = encode(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert opened(data).getpixel((0, 0)) == RED


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_that_breaks_off_is_damaged(kind: str) -> None:
    data = encode(noise(), kind)
    assert "damaged" in reason(data[: len(data) * 2 // 3])


@pytest.mark.parametrize("side", [101, 12_000, 60_000])
def test_a_huge_picture_is_refused_by_the_size_in_its_header(side: int) -> None:
    assert reason(png_header(side, side)).startswith(f"has {side}x{side} pixels, more than")


def test_max_pixels_itself_is_allowed() -> None:
    image = Image.new("L", (20, 10))
    assert open_picture(encode(image), "a", 200).size == (20, 10)
    with pytest.raises(BrokenPicture, match="a: has 20x10 pixels, more than max_pixels 199"):
        open_picture(encode(image), "a", 199)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"<?xml version='1.0'?>\n<svg xmlns='x'></svg>", "is an SVG drawing"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "is HEIC"),
        (b"<html>404 Not Found</html>\n", "is text"),
        (b"\xff\xd8\xff\xe0\0\x10", "is damaged (Truncated"),
        (b"\0\1\2\3", "is damaged or no picture"),
        (encode(Image.fromarray(np.full((3, 4), 0.5, np.float32)), "TIFF"), "has 32-bit pixels"),
    ],
)
def test_what_is_no_picture_says_what_it_is(data: bytes, why: str) -> None:
    assert reason(data).startswith(why)


def test_a_broken_picture_travels_between_processes() -> None:
    broken = pickle.loads(pickle.dumps(BrokenPicture("a.jpg", "is text")))
    assert (broken.name, broken.reason) == ("a.jpg", "is text")
    assert isinstance(broken, InputError)


def test_a_square_is_a_bilinear_resize_in_bytes() -> None:
    # Two columns, 0 and 200, become four: bilinear samples at -.25, .25, .75, 1.25 of a pixel.
    image = Image.fromarray(np.array([[0, 200]], np.uint8)).convert("RGB")
    pixels = square(image, 4)
    assert pixels.shape == (4, 4, 3)
    assert pixels.dtype == np.uint8
    assert pixels[0, :, 0].tolist() == [0, 50, 150, 200]


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    """The same pictures in a folder and in a zip, the third of four broken."""
    data = {f"{i}.png": encode(Image.new("RGB", (9, 9), (i, 0, 0))) for i in range(4)}
    data["2.png"] = data["2.png"][:40]
    (tmp_path / "photos").mkdir()
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        for name, content in data.items():
            (tmp_path / "photos" / name).write_bytes(content)
            archive.writestr(f"deep/down/{name}", content)
    return tmp_path


@pytest.mark.parametrize("archive", ["photos", "photos.zip"])
@pytest.mark.parametrize("workers", [1, 3])
def test_pictures_come_in_order_with_the_broken_one_in_its_place(
    archives: Path, archive: str, workers: int
) -> None:
    members = list_members(archives / archive)
    names = ["3.png", "0.png", "2.png", "1.png", "4.png"] * 9
    images = pd.DataFrame(
        {
            "image_id": [f"{n}:{name}" for n, name in enumerate(names)],
            "archive": archive,
            "member": [find_member(members, name) or name for name in names],
        }
    )
    found = list(
        iterate_pictures(archives, images, size_px=5, max_pixels=MAX_PIXELS, workers=workers)
    )
    assert [image_id for image_id, _ in found] == images["image_id"].tolist()
    shown = [p.reason if isinstance(p, BrokenPicture) else p[4, 4, 0] for _, p in found[-5:]]
    assert shown[:2] + shown[3:] == [3, 0, 1, f"is not in {archive}"]
    assert "damaged" in shown[2]


def test_a_name_means_its_path_before_its_end_before_its_base_name() -> None:
    members = {
        "1.jpg": ["1.jpg", "a/1.jpg"],
        "2.jpg": ["a/b/2.jpg", "c/2.jpg"],
        "3.jpg": ["d/3.jpg"],
    }
    assert find_member(members, "1.jpg") == "1.jpg"
    assert find_member(members, "b/2.jpg") == "a/b/2.jpg"
    assert find_member(members, "elsewhere/3.jpg") == "d/3.jpg"
    assert find_member(members, "4.jpg") is None
    with pytest.raises(InputError, match=r"2.jpg: found as a/b/2.jpg and c/2.jpg, expected one"):
        find_member(members, "2.jpg")


def test_mac_shadow_files_do_not_hide_a_picture(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("Images/1.jpg", b"picture")
        archive.writestr("__MACOSX/Images/._1.jpg", b"shadow")
    assert find_member(list_members(tmp_path / "a.zip"), "1.jpg") == "Images/1.jpg"


def test_a_zip_that_leads_out_of_itself_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.jpg")
    link.external_attr = 0o120777 << 16
    members: list[str | zipfile.ZipInfo] = ["../1.jpg", "/etc/1.jpg", "a/../../1.jpg", link]
    for number, member in enumerate(members):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, b"/etc/passwd")
        with pytest.raises(InputError, match="leads out of the zip or is a link"):
            list_members(path)


def test_a_name_that_leads_out_of_its_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    for member in ["../secret.jpg", str(tmp_path / "secret.jpg")]:
        with pytest.raises(BrokenPicture, match="leads out of photos"):
            read_member(tmp_path / "photos", member)


def test_a_linked_file_in_a_folder_is_read_as_dvc_checks_out_links(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"picture")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "1.jpg").symlink_to(tmp_path / "cache")
    assert read_member(tmp_path / "photos", list_members(tmp_path / "photos")["1.jpg"][0])


def test_a_member_that_fails_its_checksum_is_broken(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.jpg", b"abcdefgh")
    damaged = (tmp_path / "a.zip").read_bytes().replace(b"abcdefgh", b"abcdefgX", 1)
    (tmp_path / "a.zip").write_bytes(damaged)
    with pytest.raises(BrokenPicture, match=r"1.jpg: cannot be read from a.zip \(Bad CRC"):
        read_member(tmp_path / "a.zip", "1.jpg")


def test_a_missing_or_damaged_archive_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.zip: no such zip or folder of pictures"):
        list_members(tmp_path / "none.zip")
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(InputError, match=r"half.zip: not a whole zip .*; fetch it again"):
        list_members(tmp_path / "half.zip")
