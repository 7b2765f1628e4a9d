"""Pictures: found and read inside zips or folders (never unpacked), decoded to RGB, made square."""

from __future__ import annotations

import io
import os
import stat
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import TypeVar
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
from PIL import Image, ImageOps, UnidentifiedImageError

from lib.errors import InputError

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
# The one limit is open_picture's max_pixels, which is checked as early and names the size.
Image.MAX_IMAGE_PIXELS = None
# Pictures decoded ahead of the reader, for each worker: enough to keep all busy, little memory.
AHEAD = 4

Square = npt.NDArray[np.uint8]  # (size_px, size_px, 3), RGB, 0…255
Result = TypeVar("Result")


class BrokenPicture(InputError):
    """One picture that cannot be used: its `name` and a `reason` of a few words."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)  # both, so that it can be pickled between processes
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


def open_picture(data: bytes, name: str, max_pixels: int) -> Image.Image:
    """Decode `data` wholly to an RGB image, upright as its EXIF orientation says.

    Grey, CMYK, palette and 16-bit pictures become 8-bit RGB; what is transparent becomes white;
    an animation gives its first frame. The size is refused from the header, before decoding.
    Raises BrokenPicture for more than `max_pixels`, damaged data and what is no picture.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _refuse_huge(image, name, max_pixels)
            ImageOps.exif_transpose(image, in_place=True)
            return _to_rgb(image, name)
    except BrokenPicture:
        raise
    except UnidentifiedImageError as error:
        raise BrokenPicture(name, _what_it_is(data)) from error
    except Exception as error:  # Pillow raises whatever damaged bytes lead its decoders into
        reason = f"is damaged ({error}); fetch it again"
        raise BrokenPicture(name, " ".join(reason.split())) from error


def square(image: Image.Image, size_px: int) -> Square:
    """Resize to (size_px, size_px, 3) uint8, bilinear with antialiasing; the sides may stretch."""
    return np.array(image.resize((size_px, size_px), Image.Resampling.BILINEAR))


def iterate_pictures(
    root: Path, images: pd.DataFrame, *, size_px: int, max_pixels: int, workers: int
) -> Iterator[tuple[str, Square | BrokenPicture]]:
    """Give (image_id, square picture) of each row of `images`, in order, decoding ahead.

    `images` has image_id, archive, member; archives lie under `root`. What comes does not depend
    on `workers`. A picture that cannot be used comes as a BrokenPicture; nothing is raised.
    """
    shrink = partial(square, size_px=size_px)
    return map_pictures(root, images, shrink, max_pixels=max_pixels, workers=workers)


def map_pictures(
    root: Path,
    images: pd.DataFrame,
    function: Callable[[Image.Image], Result],
    *,
    max_pixels: int,
    workers: int,
) -> Iterator[tuple[str, Result | BrokenPicture]]:
    """Give (image_id, function(RGB image)) of each row of `images`, in order, threads ahead.

    Pillow releases the interpreter's lock while it decodes, so threads share the work.
    """

    def load(archive: str, member: str) -> Result | BrokenPicture:
        try:
            return function(open_picture(read_member(root / archive, member), member, max_pixels))
        except BrokenPicture as error:
            return error

    pending: deque[tuple[str, Future[Result | BrokenPicture]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        columns = (images[name] for name in ("image_id", "archive", "member"))
        for image_id, archive, member in zip(*columns, strict=True):
            pending.append((image_id, pool.submit(load, archive, member)))
            if len(pending) > AHEAD * workers:
                first_id, first = pending.popleft()
                yield first_id, first.result()
        for image_id, future in pending:
            yield image_id, future.result()


def list_members(archive: Path) -> Mapping[str, list[str]]:
    """Members of a zip or folder, at any depth, sorted, by base name.

    Raises InputError where there is neither, and for a zip that leads out of itself.
    """
    if archive.is_dir():
        members = _walk(archive)
    else:
        members = [info.filename for info in _zip_entries(archive) if not info.is_dir()]
    found: dict[str, list[str]] = {}
    for member in sorted(members):
        found.setdefault(PurePosixPath(member).name, []).append(member)
    return found


def find_member(members: Mapping[str, list[str]], file_name: str) -> str | None:
    """The member that `file_name` means: the same path, else the same end, else the same base name.

    None where there is none. Raises InputError where two members fit equally well.
    """
    candidates = members.get(PurePosixPath(file_name).name, [])
    if file_name in candidates:
        return file_name
    fitting = [member for member in candidates if member.endswith(f"/{file_name}")] or candidates
    if len(fitting) > 1:
        raise InputError(
            f"{file_name}: found as {fitting[0]} and {fitting[1]}, expected one picture of this "
            "name; name a zip or folder that holds only one"
        )
    return fitting[0] if fitting else None


def read_member(archive: Path, member: str) -> bytes:
    """Bytes of one member of a zip or folder. Raises BrokenPicture where they cannot be had."""
    if _leads_out(member):
        raise BrokenPicture(member, f"leads out of {archive.name}")
    try:
        if archive.is_dir():
            return (archive / member).read_bytes()
        return _open_zip(archive, os.getpid()).read(member)
    except (KeyError, FileNotFoundError) as error:
        raise BrokenPicture(member, f"is not in {archive.name}") from error
    # RuntimeError: a password or an unknown compression; ValueError: a name that no file can have.
    except (OSError, RuntimeError, ValueError, EOFError, BadZipFile, zlib.error) as error:
        raise BrokenPicture(member, f"cannot be read from {archive.name} ({error})") from error


@lru_cache(maxsize=16)
def _open_zip(path: Path, _process: int) -> ZipFile:
    """One open zip for each archive and process: forked processes would share a file position."""
    return ZipFile(path)


def _zip_entries(path: Path) -> list[ZipInfo]:
    if not path.is_file():
        raise InputError(f"{path}: no such zip or folder of pictures; put it there or rename it")
    try:
        entries = _open_zip(path, os.getpid()).infolist()
    except (BadZipFile, OSError) as error:
        raise InputError(f"{path}: not a whole zip ({error}); fetch it again") from error
    for info in entries:
        if _leads_out(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
            raise InputError(
                f"{path}: member {info.filename} leads out of the zip or is a link, "
                "expected plain files; pack the pictures themselves"
            )
    return entries


def _leads_out(member: str) -> bool:
    return member.startswith("/") or ".." in PurePosixPath(member).parts


def _walk(folder: Path) -> list[str]:
    """Files below `folder`. Links count as files: DVC may link a checked-out folder's files."""
    return [
        (Path(parent) / name).relative_to(folder).as_posix()
        for parent, _, names in os.walk(folder)
        for name in names
    ]


def _refuse_huge(image: Image.Image, name: str, max_pixels: int) -> None:
    if image.width * image.height > max_pixels:
        raise BrokenPicture(
            name,
            f"has {image.width}x{image.height} pixels, more than max_pixels {max_pixels} allows; "
            "make it smaller or raise max_pixels",
        )


def _to_rgb(image: Image.Image, name: str) -> Image.Image:
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)).convert("RGB")
    if image.mode in ("I", "F"):  # a plain conversion would clip nearly all of it to white
        raise BrokenPicture(name, "has 32-bit pixels of unknown range; save it with 8 bits")
    if image.has_transparency_data:
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def _what_it_is(data: bytes) -> str:
    start = data[:512]
    if not data:
        return "is empty (0 bytes); fetch it again"
    if b"<svg" in start.lower():
        return "is an SVG drawing; save it as JPEG or PNG"
    if start[4:8] == b"ftyp":
        return "is HEIC, a video or a damaged AVIF; save it as JPEG or PNG"
    if all(byte >= ord(" ") or byte in b"\t\n\r\f" for byte in start):
        return "is text, not a picture; fetch it again"
    return f"is damaged or no picture ({', '.join(FORMATS)} are read)"
