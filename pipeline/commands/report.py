"""`zongji report`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands.shared import NOTHING_DONE, complain, failing_softly

if TYPE_CHECKING:
    from zongji.pipeline.pages.document_view import Item
    from zongji.pipeline.report.writing import Written

SOME_FAILED = 3


def report(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="Files and folders, or the address of a database.", show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Write the page to this file.", metavar="FILE")] = Path(
        "report.html"
    ),
    encoding: Annotated[str | None, typer.Option(help="Read all files in this encoding.", metavar="NAME")] = None,
    documents: Annotated[
        int, typer.Option(min=1, help="Documents a page; more go into further pages beside it.")
    ] = 1000,
) -> None:
    """Write a page that shows what was found, and where: one file, to be opened in any browser, without a network."""
    with failing_softly():
        from zongji.pipeline.report.writing import write_report  # noqa: PLC0415  # a help text needs none of this

        written = write_report(_items(sources, encoding), output, source=_named(sources), most=documents)
    _end(written)


def _items(sources: list[str], encoding: str | None) -> Iterator[Item]:
    from zongji.pipeline.reading.inputs import STANDARD_INPUT, files_of  # noqa: PLC0415
    from zongji.pipeline.report import gathering  # noqa: PLC0415

    addresses = [source for source in sources if gathering.is_address(source)]
    if len(addresses) > 1 or (addresses and len(sources) > 1) or STANDARD_INPUT in sources:
        message = "name files and folders, or one database; standard input cannot be read twice"
        raise typer.BadParameter(message)
    if addresses:
        return gathering.of_database(addresses[0])
    files = files_of(sources)
    if not files:
        complain(", ".join(sources), "no file with a known extension in it; name files to read them anyway")
        raise typer.Exit(NOTHING_DONE)
    return gathering.of_files(files, encoding)


def _named(sources: list[str]) -> str:
    """What the page says it was made of; the address of a database without its password."""
    from zongji.pipeline.database.connection import shown  # noqa: PLC0415

    return ", ".join(shown(source) if "://" in source else source for source in sources)


def _end(written: Written) -> None:
    """Say what was written; the exit code says how it went."""
    counted = written.counted
    for failure in counted.failures:
        complain(failure.path, failure.reason)
    names = ", ".join(map(str, written.pages))
    size = sum(page.stat().st_size for page in written.pages) / 1e6
    typer.echo(
        f"zongji: {names}: {counted.documents:,} documents, {counted.figures:,} figures, {size:.1f} MB", err=True
    )
    if not counted.documents:
        raise typer.Exit(NOTHING_DONE)
    if counted.failures:
        raise typer.Exit(SOME_FAILED)
