"""Fetch the files of one data set, check their hashes, take out what is read from a folder."""

from lib.commands import entry, run
from lib.downloads import fetch_url, take_members
from lib.params import Params
from lib.paths import Paths


def main(params: Params, paths: Paths, key: str) -> None:
    folder = paths.raw(key)
    folder.mkdir(parents=True, exist_ok=True)
    for file in entry(params.archives, key, "archives").files:
        archive = fetch_url(file.urls, file.checksum, folder)
        if file.take is not None:
            take_members(archive, file.take, folder)
            archive.unlink()


if __name__ == "__main__":
    run(main)
