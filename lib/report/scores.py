"""The main scores of a run as tables on the terminal: `python -m lib.report.scores params.yaml`."""

from collections.abc import Callable, Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from lib.commands import run
from lib.errors import InputError
from lib.params import Params
from lib.paths import Paths
from lib.report.columns import (
    CAPTIONS,
    PERPLEXITY,
    RETRIEVAL,
    STORIES,
    Column,
    cells,
    read_scores,
)

WIDTH = 100  # characters a line


def score_table(
    subject: str, names: Iterable[str], columns: tuple[Column, ...], path_of: Callable[[str], Path]
) -> Table | None:
    """One row for each of `names` whose metrics file exists; None where there is none.

    `subject` heads the names. Raises InputError for a metrics file that holds more than numbers.
    """
    table = Table(subject, box=box.SIMPLE_HEAD, show_edge=False)
    for column in columns:
        table.add_column(column.label, justify="right")
    for name in names:
        if path_of(name).is_file():
            table.add_row(name, *cells(columns, read_scores(path_of(name))))
    return table if table.row_count else None


def score_tables(params: Params, paths: Paths) -> list[Table]:
    """The tables of every subject that has been scored, in the order of the chain."""
    tables = (
        score_table("R@1", ["CLIP"], RETRIEVAL, lambda _: paths.retrieval_scores),
        score_table("captioner", params.captioners, CAPTIONS, paths.caption_scores),
        score_table("perplexity", params.story_models, PERPLEXITY, paths.perplexity_scores),
        score_table("system", params.systems, STORIES, paths.story_scores),
    )
    return [table for table in tables if table is not None]


def where_to_look(gallery: Path) -> str:
    """Lines that say how to see the gallery page, or how to get it."""
    if not gallery.is_file():
        return f"{gallery} is not here yet: `make run` makes it"
    return f"Gallery: {gallery}\nOpen it in a browser: {gallery.resolve().as_uri()}"


def main(params: Params, paths: Paths) -> None:
    tables = score_tables(params, paths)
    if not tables:
        raise InputError(f"{paths.metrics}: no scores yet; run `make run` to get them")
    console = Console(width=WIDTH, highlight=False)
    for table in tables:
        console.print(table)
        console.print()
    console.print(where_to_look(paths.gallery), soft_wrap=True, markup=False)


if __name__ == "__main__":
    run(main)
