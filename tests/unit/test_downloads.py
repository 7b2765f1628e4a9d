"""Pinned downloads from a wheel and from mirrors; all of it on this machine."""

import hashlib
import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from lib.downloads import fetch_url, fetch_wheel, take_members
from lib.errors import InputError

WEIGHTS = bytes(range(256)) * 10
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()
MEMBER = "tinynet/models/tiny.pth"


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The wheel tinynet 1.0 in a folder that is all the package index there is."""
    index = tmp_path / "index"
    index.mkdir()
    path = index / "tinynet-1.0-py3-none-any.whl"
    info = "tinynet-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MEMBER, WEIGHTS)
        archive.writestr("tinynet/__init__.py", "raise SystemExit('never run')")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: tinynet\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    folder.mkdir()
    return folder


class Answers(BaseHTTPRequestHandler):
    """/good/… has the weights, /changed/… has others, everything else is not there."""

    def do_GET(self) -> None:
        bodies = {"good": WEIGHTS, "changed": WEIGHTS[::-1]}
        body = bodies.get(self.path.split("/")[1])
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """No log."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    found = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.server_close()


def test_one_file_of_a_pinned_wheel_is_kept(wheel: Path, folder: Path) -> None:
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    fetch_wheel("tinynet", "1.0", sha256, MEMBER, folder)
    assert [path.name for path in folder.iterdir()] == ["tiny.pth"]
    assert (folder / "tiny.pth").read_bytes() == WEIGHTS


def test_a_wheel_with_another_hash_is_refused_by_name(wheel: Path, folder: Path) -> None:
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    with pytest.raises(InputError) as refused:
        fetch_wheel("tinynet", "1.0", "0" * 64, MEMBER, folder)
    assert f"{wheel.name}: sha256 is {found}, expected {'0' * 64}" in str(refused.value)
    assert not list(folder.iterdir())


def test_a_member_that_the_wheel_does_not_hold_is_named(wheel: Path, folder: Path) -> None:
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    with pytest.raises(InputError, match=r"tinynet-1\.0-.*\.whl: holds no 'tinynet/big\.pth'"):
        fetch_wheel("tinynet", "1.0", sha256, "tinynet/big.pth", folder)
    assert not list(folder.iterdir())


@pytest.mark.usefixtures("wheel")
def test_a_version_that_the_index_does_not_have_is_named(folder: Path) -> None:
    with pytest.raises(InputError, match=r"^tinynet==2\.0: pip could not download it") as refused:
        fetch_wheel("tinynet", "2.0", SHA256, MEMBER, folder)
    assert "\n" not in str(refused.value)


def test_a_file_is_downloaded_under_its_own_name(server: str, folder: Path) -> None:
    file = fetch_url([f"{server}/good/tiny.pth"], f"sha256:{SHA256}", folder)
    assert file == folder / "tiny.pth"
    assert file.read_bytes() == WEIGHTS


def test_md5_is_checked_where_the_publisher_gives_it(server: str, folder: Path) -> None:
    md5 = hashlib.md5(WEIGHTS).hexdigest()
    assert fetch_url([f"{server}/good/tiny.pth"], f"md5:{md5}", folder).is_file()


def test_the_next_mirror_serves_what_the_first_does_not_have(server: str, folder: Path) -> None:
    urls = [f"{server}/gone/first.pth", f"{server}/good/second.pth"]
    assert fetch_url(urls, f"sha256:{SHA256}", folder).read_bytes() == WEIGHTS
    assert [path.name for path in folder.iterdir()] == ["second.pth"]


def test_where_no_mirror_answers_each_is_named(server: str, folder: Path) -> None:
    urls = [f"{server}/gone/a.pth", "http://127.0.0.1:1/b.pth"]  # nobody listens on port 1
    with pytest.raises(InputError) as refused:
        fetch_url(urls, f"sha256:{SHA256}", folder)
    message = str(refused.value)
    assert message.startswith("no mirror answered: ")
    assert f"{urls[0]} (HTTP Error 404" in message
    assert urls[1] in message
    assert not list(folder.iterdir())


def test_a_changed_file_is_refused_with_both_hashes(server: str, folder: Path) -> None:
    found = hashlib.sha256(WEIGHTS[::-1]).hexdigest()
    with pytest.raises(InputError) as refused:
        fetch_url([f"{server}/changed/tiny.pth"], f"sha256:{SHA256}", folder)
    assert f"tiny.pth: sha256 is {found}, expected {SHA256}" in str(refused.value)


def test_a_file_without_a_pinned_hash_tells_the_hash_to_pin(server: str, folder: Path) -> None:
    with pytest.raises(InputError, match=f"set checksum: sha256:{SHA256} and run again"):
        fetch_url([f"{server}/good/tiny.pth"], None, folder)


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_members_of_an_archive_come_out_under_their_base_names(
    kind: str, tmp_path: Path, folder: Path
) -> None:
    archive = tmp_path / f"nets.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr(MEMBER, WEIGHTS)
    else:
        with tarfile.open(archive, "w:gz") as packed:
            entry = tarfile.TarInfo(MEMBER)
            entry.size = len(WEIGHTS)
            packed.addfile(entry, io.BytesIO(WEIGHTS))
    take_members(archive, [MEMBER], folder)
    assert (folder / "tiny.pth").read_bytes() == WEIGHTS
    with pytest.raises(InputError, match=rf"nets\.{kind}: holds no 'other\.pth'"):
        take_members(archive, ["other.pth"], folder)


def test_what_is_no_archive_is_named(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "nets.zip").write_bytes(b"<html>404</html>")
    with pytest.raises(InputError, match=r"nets\.zip: not a readable archive"):
        take_members(tmp_path / "nets.zip", [MEMBER], folder)
    assert not list(folder.iterdir())
