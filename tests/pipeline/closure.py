"""Which files of the repository a stage runs: the closure of its imports, read from the syntax."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Plumbing that every stage has and no result depends on: values reach DVC through params.
PLUMBING = {f"lib/{name}.py" for name in ("commands", "errors", "params", "paths", "refusals")}


def imported_names(path: Path) -> Iterator[str]:
    """Dotted names of all imports in a file, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def file_of(name: str) -> Path | None:
    """The module's file below lib/, None for a package, a library or a name inside a module."""
    path = ROOT / Path(*name.split(".")).with_suffix(".py")
    return path if name.startswith("lib.") and path.is_file() else None


@cache
def closure(path: Path) -> frozenset[str]:
    """The file itself, all it imports from lib/, and the templates that they name."""
    found: set[Path] = set()
    waiting = [path]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found.add(current)
        if current.suffix == ".py":
            waiting += filter(None, map(file_of, imported_names(current)))
            text = current.read_text(encoding="utf-8")
            waiting += [p for p in current.parent.glob("*.j2") if p.name in text]
    return frozenset(str(p.relative_to(ROOT)) for p in found) - PLUMBING


@cache
def libraries(path: Path) -> frozenset[str]:
    """Top-level names of all third-party and standard modules in the closure."""
    files = [ROOT / name for name in closure(path) if name.endswith(".py")]
    names = {name.split(".")[0] for file in files for name in imported_names(file)}
    return frozenset(names - {"lib", "stages"})
