"""`zongji report`."""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands import shared

if TYPE_CHECKING:
    from zongji.pipeline.pages.document_view import Item
    from zongji.pipeline.reading.settings import Settings
    from zongji.pipeline.report.writing import Written


def report(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="Files and folders, or the address of a database.", show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Write the page to this file.", metavar="FILE")] = Path(
        "report.html"
    ),
    documents: Annotated[
        int, typer.Option(min=1, help="Documents per page; the rest go into further pages next to it.")
    ] = 1000,
    encoding: shared.Encoding = None,
    limit: shared.Limiting = None,
    engine: shared.EngineName = "linear",
    models: shared.Models = None,
    lexicon: shared.Lexicon = None,
    overwrite: shared.Overwrite = False,
) -> None:
    """Write a page that shows what was found, and where: one self-contained file for any browser."""
    from zongji.pipeline.reading.walk import LeftOut  # noqa: PLC0415  # keeps --help fast

    changed = [encoding, models, lexicon, engine if engine != "linear" else None]
    is_database = _is_database(sources, asks_to_read=any(changed))
    settings = shared.settings_of(encoding=encoding, limit=limit, engine=engine, models=models, lexicon=lexicon)
    left_out = LeftOut()
    with shared.failing_softly():
        from zongji.pipeline.report.writing import write_report  # noqa: PLC0415

        files = _files_of(sources[0]) if is_database else shared.found_files(sources, left_out)
        pages = [(page, "report") for page in _pages(output)]
        shared.check_targets(pages, [*files, *settings.files()], overwrite=overwrite)
        items = _of_database(sources[0], settings) if is_database else _of_files(files, settings)
        first = next(items, None)
        if first is None:
            shared.give_up(_named(sources), "it contains no documents; zongji import reads files into a database")
        written = write_report(chain((first,), items), output, source=_named(sources), most=documents)
    shared.say_left_out(left_out)
    _end(written)


def _is_database(sources: list[str], *, asks_to_read: bool) -> bool:
    """True for a database address; ends the command if sources or options do not go together."""
    from zongji.pipeline.reading.inputs import STANDARD_INPUT  # noqa: PLC0415
    from zongji.pipeline.report.gathering import is_address  # noqa: PLC0415

    addresses = [source for source in sources if is_address(source)]
    if STANDARD_INPUT in sources:
        shared.misused("a report cannot be made from standard input; name files and folders, or one database")
    if addresses and len(sources) > 1:
        shared.misused("name either files and folders, or one database")
    if addresses and asks_to_read:
        shared.misused("--encoding, --engine, --models and --lexicon are for files; a database holds what was read")
    return bool(addresses)


def _of_database(address: str, settings: Settings) -> Iterator[Item]:
    from zongji.pipeline.report.gathering import of_database  # noqa: PLC0415

    return of_database(address, settings.limits)


def _of_files(files: list[str], settings: Settings) -> Iterator[Item]:
    from zongji.pipeline.report.gathering import of_files  # noqa: PLC0415

    return of_files(files, settings)


def _files_of(address: str) -> list[str]:
    from zongji.pipeline.database.connection import files_of  # noqa: PLC0415

    return list(files_of(address))


def _pages(output: Path) -> Iterator[Path]:
    """The page to write, and the existing files that its further pages could replace."""
    yield output
    for page in output.parent.glob(f"{escape(output.stem)}-[0-9]*{escape(output.suffix)}"):
        if page.stem.removeprefix(f"{output.stem}-").isdecimal():
            yield page


def _named(sources: list[str]) -> str:
    """The source shown on the page; a database address without its password."""
    from zongji.pipeline.database.connection import shown  # noqa: PLC0415

    return ", ".join(shown(source) if "://" in source else source for source in sources)


def _end(written: Written) -> None:
    """Report what was written, and return the exit code."""
    from zongji.corpus.wording import counted as number_of  # noqa: PLC0415

    counted = written.counted
    for failure in counted.failures:
        shared.complain(failure.path, failure.reason)
    if not written.pages:
        raise typer.Exit(shared.NOTHING_DONE)
    names = ", ".join(map(str, written.pages))
    size = sum(page.stat().st_size for page in written.pages) / 1e6
    shared.say(
        f"zongji: {names}: {number_of(counted.documents, 'document')}, {number_of(counted.figures, 'figure')}, "
        f"{size:.1f} MB",
        err=True,
    )
    if counted.failures:
        raise typer.Exit(shared.SOME_FAILED)
