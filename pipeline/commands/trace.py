"""`zongji trace`."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands.shared import (
    Encoding,
    EngineName,
    Lexicon,
    Limiting,
    Models,
    complain,
    misused,
    settings_of,
)

if TYPE_CHECKING:
    from zongji.pipeline.trace.places import Place
    from zongji.pipeline.trace.records import FileTrace

NOTHING_DONE = 1
WRONG_USAGE = 2
SOME_FAILED = 3
_NAMED = 5  # archive members listed in a message


def trace(
    place: Annotated[
        str,
        typer.Argument(
            metavar="FILE[:LINE[:COLUMN] | :+OFFSET]",
            help="The file and a position in its decoded text: a line, a line and column (from 1), or the "
            "offset of a character (from 0), as in records. Without a position, a summary of all numbers.",
            show_default=False,
        ),
    ],
    figure: Annotated[
        str | None, typer.Option("--figure", help="Only the figure with this id.", metavar="ID", show_default=False)
    ] = None,
    member: Annotated[
        str | None,
        typer.Option("--member", help="Only this member of an archive.", metavar="PATH", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every step of every number.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON line per file: all steps as data.")] = False,
    encoding: Encoding = None,
    limit: Limiting = None,
    engine: EngineName = "linear",
    models: Models = None,
    lexicon: Lexicon = None,
) -> None:
    """Show why each number became a record or was rejected: every decision with its rule and source file."""
    from zongji.pipeline.sinks import trace as sink  # noqa: PLC0415  # keeps --help fast
    from zongji.pipeline.trace.places import PlaceError, parsed  # noqa: PLC0415
    from zongji.pipeline.trace.tracer import traces  # noqa: PLC0415

    path, wanted = parsed(place)
    settings = settings_of(encoding=encoding, limit=limit, engine=engine, models=models, lexicon=lexicon)
    files = traces(path, settings)
    found = _chosen(path, files, member, one=wanted is not None or figure is not None)
    try:
        found = [_narrowed(file, wanted, figure) for file in found]
    except PlaceError as error:
        complain(path, str(error))
        raise typer.Exit(WRONG_USAGE if error.outside else NOTHING_DONE) from None
    full = every or wanted is not None or figure is not None
    write = sink.as_json if as_json else sink.as_steps if full else sink.as_overview
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    for file in found:
        write(sys.stdout, file)
    if len(found) < len(files) and any(file.failure is not None for file in files):
        raise typer.Exit(SOME_FAILED)


def _chosen(path: str, files: tuple[FileTrace, ...], member: str | None, *, one: bool) -> list[FileTrace]:
    """The files that can be traced, or the requested members of an archive; ends the command if none can."""
    names = [file.member for file in files if file.member is not None]
    if member is not None and member not in names:
        message = f"{path} has no member {member!r}" + (f"; it has {_listed(names)}" if names else "")
        misused(message)
    if one and member is None and len(names) > 1:
        message = f"a number in an archive needs --member; {path} has {_listed(names)}"
        misused(message)
    asked = [file for file in files if member in {None, file.member}]
    for file in asked:
        if file.failure is not None:
            complain(file.name, str(file.failure))
    if all(file.failure is not None for file in asked):
        raise typer.Exit(NOTHING_DONE)
    return [file for file in asked if file.failure is None]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")


def _narrowed(file: FileTrace, place: Place | None, figure: str | None) -> FileTrace:
    """The file with the requested numbers."""
    from zongji.pipeline.trace.places import at_place, with_figure  # noqa: PLC0415

    if place is not None:
        file = at_place(file, place)
    return with_figure(file, figure) if figure is not None else file
