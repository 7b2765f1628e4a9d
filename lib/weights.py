"""Folders of weights, as fetch_weights leaves them: files and a card that says what they are."""

import json
from pathlib import Path
from typing import Any

from lib.errors import InputError

CARD = "card.json"


def write_card(folder: Path, facts: dict[str, Any]) -> None:
    """What the folder holds, where it came from and under which licence."""
    text = json.dumps(facts, indent=2, sort_keys=True) + "\n"
    (folder / CARD).write_text(text, encoding="utf-8")


def is_untrained(folder: Path) -> bool:
    """Whether the folder stands for a network from scratch; InputError where it has no card."""
    card = folder / CARD
    if not card.is_file():
        raise InputError(f"{card}: missing; run `dvc repro` to fetch these weights")
    return bool(json.loads(card.read_text(encoding="utf-8"))["source"] == "untrained")


def only_file(folder: Path, pattern: str) -> Path:
    """The one file in `folder` that matches; InputError where it is not exactly one."""
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "none"
        raise InputError(f"{folder}: expected one file {pattern}, found {names}")
    return found[0]
