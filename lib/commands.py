"""How a stage starts: `python -m stages.NAME params.yaml [KEY]`, and how it ends on bad input."""

import hashlib
import json
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from lib.errors import InputError
from lib.params import load_params
from lib.paths import Paths

Entry = TypeVar("Entry")


def run(stage: Callable[..., None]) -> None:
    """Call `stage(params, paths)` or `stage(params, paths, key)` from the command line."""

    def start() -> None:
        n_keys = stage.__code__.co_argcount - 2
        if len(sys.argv) != 2 + n_keys:
            name = ".".join(Path(stage.__code__.co_filename).with_suffix("").parts[-2:])
            raise InputError(f"usage: python -m {name} PARAMS_FILE{' KEY' * n_keys}")
        params = load_params(Path(sys.argv[1]))
        stage(params, Paths(params.run), *sys.argv[2:])

    guarded(start)


def guarded(start: Callable[[], None]) -> None:
    """Call `start`; what a user got wrong ends in one line on stderr and exit status 1."""
    # libraries log through the root; only what the project itself has to say is shown
    logging.basicConfig(format="%(message)s", level=logging.ERROR, stream=sys.stderr)
    logging.getLogger("triptych").setLevel(logging.INFO)
    try:
        start()
    except (InputError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)


def entry(entries: dict[str, Entry], key: str, group: str) -> Entry:
    """`entries[key]`, or InputError naming the group of params.yaml and its keys."""
    if key not in entries:
        raise InputError(f"{group}: no entry {key!r}; there are {', '.join(entries) or 'none'}")
    return entries[key]


@contextmanager
def scratch(stage: str, *inputs: object) -> Iterator[Path]:
    """A folder for resume state, named after everything that the result depends on.

    It outlives a crash, so that the next start goes on from it, and is removed on success.
    `inputs` are whatever tells one result from another: parameter groups, names, content hashes;
    a changed one never continues an old checkpoint.
    """
    described = json.dumps([str(value) for value in inputs], sort_keys=True)
    digest = hashlib.sha256(described.encode()).hexdigest()[:12]
    folder = Path(".scratch") / f"{stage}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    yield folder
    shutil.rmtree(folder)


def content_hash(*places: Path) -> str:
    """A short hash of the bytes of files and of all files below folders, in sorted order."""
    digest = hashlib.sha256()
    for place in places:
        files = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
        for file in files:
            digest.update(str(file.relative_to(place.parent)).encode())
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:12]
