"""`zongji import`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands.shared import Database, complain, failing_softly

if TYPE_CHECKING:
    from zongji.pipeline.bulk.counts import Tally
    from zongji.pipeline.bulk.importer import Import
    from zongji.pipeline.bulk.job import Job
    from zongji.pipeline.bulk.progress import JsonLog, Lines, Live

NOTHING_DONE = 1
SOME_FAILED = 3
_STOPPING = b"zongji: stopping: waiting for the files that workers have; once more to stop at once\n"
STOPPED = 128 + signal.SIGINT  # what shells say of a program that Ctrl-C ended


class OnExists(StrEnum):
    """What to do with a path whose records are there, when its file or the program has changed."""

    SKIP = "skip"
    REPLACE = "replace"


class Executor(StrEnum):
    """Who reads the files."""

    LOCAL = "local"
    DASK = "dask"


def import_(
    paths: Annotated[list[str] | None, typer.Argument(help="Files and folders to read.", show_default=False)] = None,
    db: Database = "sqlite:///zongji.db",
    file_list: Annotated[Path | None, typer.Option(help="Read the paths in this file, too, one a line.")] = None,
    glob: Annotated[
        list[str] | None, typer.Option(help="Only such names in folders, e.g. '*.txt' or '2023/*'; may be repeated.")
    ] = None,
    since: Annotated[datetime | None, typer.Option(help="Only files that changed then or later.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most that many files.")] = None,
    shard: Annotated[
        str, typer.Option(help="Only part I of N, for schedulers that start N of us.", metavar="I/N")
    ] = "1/1",
    force: Annotated[bool, typer.Option("--force", help="Read again what is done.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Read again what failed.")] = False,
    on_exists: Annotated[
        OnExists, typer.Option(help="Records of a file that changed since, or that an older version read.")
    ] = OnExists.REPLACE,
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes; 0 reads in this one, unprotected.", show_default="one a core")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds a file; 0 for no limit.")] = 120.0,
    memory: Annotated[int, typer.Option(min=0, help="MiB a process; 0 for no limit.")] = 2048,
    batch: Annotated[int, typer.Option(min=1, help="Files of one transaction.")] = 256,
    executor: Annotated[Executor, typer.Option(help="Local processes or a Dask cluster.")] = Executor.LOCAL,
    scheduler: Annotated[str | None, typer.Option(help="The address of the Dask scheduler.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Read all files in this encoding.", metavar="NAME")] = None,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log JSON lines instead of showing progress.")] = False,
) -> None:
    """Read files in bulk into a database. Run it again to go on, or to take in what is new."""
    from zongji.pipeline.bulk.discovery import Selection  # noqa: PLC0415
    from zongji.pipeline.bulk.job import Job, Workers  # noqa: PLC0415  # a help text needs none of this
    from zongji.pipeline.bulk.planning import Policy  # noqa: PLC0415

    if not paths and file_list is None:
        message = "name files or folders, or give --file-list"
        raise typer.BadParameter(message)
    if executor is Executor.DASK and scheduler is None:
        message = "--executor dask needs --scheduler"
        raise typer.BadParameter(message)
    chosen = Selection(
        paths=tuple(paths or ()),
        file_list=file_list,
        globs=tuple(glob or ()),
        since=since.timestamp() if since else None,
        limit=limit,
        shard=_shard(shard),
    )
    given = {"number": workers} if workers is not None else {}
    job = Job(
        chosen,
        db,
        Policy(force, retry_failed, on_exists is OnExists.SKIP, encoding),
        Workers(executor.value, timeout=timeout, memory=memory, scheduler=scheduler, **given),
        batch,
    )
    with failing_softly():
        tally = _run(job, log_json=log_json)
    _end(tally)


def _run(job: Job, *, log_json: bool) -> Tally:

    from zongji.pipeline.bulk.job import run  # noqa: PLC0415

    watcher = _watcher(log_json=log_json)
    with _stoppable() as begun:
        try:
            tally = run(job, watcher=watcher, begun=begun.append)
        finally:
            watcher.close()
    if not log_json:
        from zongji.pipeline.bulk.progress import summary  # noqa: PLC0415

        typer.echo(summary(tally), err=True)
    return tally


def _watcher(*, log_json: bool) -> JsonLog | Lines | Live:
    from zongji.pipeline.bulk import progress  # noqa: PLC0415

    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # names that are no text
    if log_json:
        return progress.JsonLog(sys.stderr)
    return progress.Live(sys.stderr) if sys.stderr.isatty() else progress.Lines(sys.stderr)


@contextmanager
def _stoppable() -> Iterator[list[Import]]:
    """Ctrl-C (or SIGTERM) stops the import that is put into the list in good order, a second one at once."""
    begun: list[Import] = []

    def stop(*_: object) -> None:
        if not begun or begun[0].stop:
            raise KeyboardInterrupt
        begun[0].stop = True
        os.write(2, _STOPPING)  # print may be busy with a line that this came in the middle of

    before = {name: signal.signal(name, stop) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield begun
    except KeyboardInterrupt:
        complain("stopped", "what was not reported done is done by the same command")
        raise typer.Exit(STOPPED) from None
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _end(tally: Tally) -> None:
    """The exit code that says how it went."""
    if tally.stopped:
        raise typer.Exit(STOPPED)
    if not tally.seen:
        complain("import", "no file with a known extension (.txt .md .html …); --glob chooses others")
        raise typer.Exit(NOTHING_DONE)
    failed = tally.failures + tally.bad_before
    if failed:
        raise typer.Exit(NOTHING_DONE if failed == tally.seen else SOME_FAILED)


def _shard(value: str) -> tuple[int, int]:
    number, _, of = value.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        message = "--shard is I/N, from 1/N to N/N"
        raise typer.BadParameter(message)
    return int(number), int(of)
