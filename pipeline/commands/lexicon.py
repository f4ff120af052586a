"""`zongji lexicon`: which rows of the word lists occur in documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands.shared import (
    NOTHING_DONE,
    Encoding,
    Limiting,
    complain,
    found_files,
    say_left_out,
    settings_of,
)

if TYPE_CHECKING:
    from zongji.pipeline.learning.lexicon_use import ListUse

_SOME_FAILED = 3


def lexicon(
    paths: Annotated[list[str], typer.Argument(help="Files and folders to read; - is standard input.")],
    only: Annotated[
        list[str] | None,
        typer.Option("--list", help="Only this list of corpus/lexicons; may be repeated.", metavar="NAME"),
    ] = None,
    encoding: Encoding = None,
    limit: Limiting = None,
    unused: Annotated[
        bool, typer.Option("--unused", help="List the rows that occur in no file: file, line, word, source.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object per list.")] = False,
) -> None:
    """Count the rows of the word lists that occur in files; list the others with --unused."""
    from zongji.pipeline.learning.lexicon_use import LexiconUse  # noqa: PLC0415  # keeps --help fast
    from zongji.pipeline.reading.many_files import restorations  # noqa: PLC0415
    from zongji.pipeline.reading.walk import LeftOut  # noqa: PLC0415

    use, left_out = LexiconUse(_lists(only or ())), LeftOut()
    settings = settings_of(encoding=encoding, limit=limit)
    files = found_files(paths, left_out)
    failures = 0
    for restored in restorations(files, settings):
        if restored.failure is None:
            use.read((restored.aligned.source, restored.aligned.text))
        else:
            complain(restored.path, restored.failure.message)
            failures += 1
    say_left_out(left_out)
    if failures == len(files):
        complain(", ".join(paths), "no file could be read")
        raise typer.Exit(NOTHING_DONE)
    write = _json_lines if as_json else _table
    for line in write(list(use.uses()), unused=unused):
        typer.echo(line)
    if failures:
        raise typer.Exit(_SOME_FAILED)


def _lists(only: Sequence[str]) -> Sequence[str]:
    from zongji.corpus.lexicon import names  # noqa: PLC0415

    known = names()
    for name in only:
        if name not in known:
            message = f"unknown list {name!r}; known: {', '.join(known)}"
            raise typer.BadParameter(message, param_hint="--list")
    return tuple(dict.fromkeys(only)) or known


def _table(uses: Sequence[ListUse], *, unused: bool) -> Iterator[str]:
    """One line per list, or one per row that did not occur."""
    from zongji.corpus.wording import visible  # noqa: PLC0415
    from zongji.pipeline.sinks.cells import defused  # noqa: PLC0415

    if unused:
        for use in uses:
            for row in use.unmet:
                yield "\t".join(
                    visible(str(defused(cell))) for cell in (f"{use.name}.tsv:{row.line}", row.word, row.source)
                )
        return
    yield f"{'list':20}{'rows':>8}{'met':>8}{'unmet':>8}"
    for use in uses:
        yield f"{use.name:20}{use.rows:8,}{use.met:8,}{len(use.unmet) / use.rows:8.0%}"


def _json_lines(uses: Sequence[ListUse], *, unused: bool) -> Iterator[str]:
    for use in uses:
        line: dict[str, object] = {"list": use.name, "rows": use.rows, "met": use.met}
        if unused:
            line["unmet"] = [asdict(row) for row in use.unmet]
        yield json.dumps(line, ensure_ascii=False)
