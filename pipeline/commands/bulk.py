"""`zongji import`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from zongji.corpus.whole_numbers import whole_number
from zongji.pipeline.commands import shared
from zongji.pipeline.commands.bulk_end import end, preview, say_unseen

if TYPE_CHECKING:
    from zongji.pipeline.bulk.counts import Tally
    from zongji.pipeline.bulk.importer import Import
    from zongji.pipeline.bulk.job import Job
    from zongji.pipeline.bulk.progress import JsonLog, Lines, Live

_STOPPING = b"zongji: stopping once the files being read are done; press Ctrl-C again to stop at once\n"
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # not every system has all of them


class OnExists(StrEnum):
    """What to do with a path that has records when its file, the program or its settings have changed."""

    SKIP = "skip"
    REPLACE = "replace"


class Executor(StrEnum):
    """Who reads the files."""

    LOCAL = "local"
    DASK = "dask"


Gone = Annotated[str | None, typer.Option(hidden=True)]
"""A deprecated option, replaced by another."""


def import_(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files and folders to read.", show_default=False, callback=shared.no_addresses),
    ] = None,
    db: shared.Database = "sqlite:///zongji.db",
    file_list: Annotated[
        Path | None, typer.Option(help="Also read the paths listed in this file, one per line.")
    ] = None,
    glob: Annotated[
        list[str] | None,
        typer.Option(help="Only files in folders that match, e.g. '*.txt' or '2023/*'; may be repeated."),
    ] = None,
    since: Annotated[datetime | None, typer.Option(help="Only files modified at that time or later.")] = None,
    max_files: Annotated[int | None, typer.Option(min=1, help="Stop after this many files.", metavar="N")] = None,
    shard: Annotated[
        str, typer.Option(help="Only part I of N, for schedulers that run N instances.", metavar="I/N")
    ] = "1/1",
    force: Annotated[bool, typer.Option("--force", help="Read finished files again.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Read failed files again.")] = False,
    on_exists: Annotated[
        OnExists,
        typer.Option(
            help="What to do with the records of a file that has changed, or was read by another version or with other "
            "words, models, engine or encoding."
        ),
    ] = OnExists.REPLACE,
    workers: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Worker processes; 0 reads in this process, where a file may end the import and memory has no limit.",
            show_default="one per core",
        ),
    ] = None,
    batch: Annotated[int, typer.Option(min=1, help="Files per transaction.")] = 256,
    db_patience: Annotated[
        float, typer.Option(min=0, help="Wait so long for a database that is away.", metavar="SECONDS")
    ] = 120,
    executor: Annotated[Executor, typer.Option(help="Local processes or a Dask cluster.")] = Executor.LOCAL,
    scheduler: Annotated[str | None, typer.Option(help="Address of the Dask scheduler.", metavar="ADDRESS")] = None,
    encoding: shared.Encoding = None,
    limit: shared.Limiting = None,
    engine: shared.EngineName = "linear",
    models: shared.Models = None,
    lexicon: shared.Lexicon = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Files that failed before and have not changed are errors, too.")
    ] = False,
    vanished: Annotated[
        bool,
        typer.Option("--vanished", help="Files of a given folder that is missing or empty are gone, too."),
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete the records of files that are gone; corrections stay.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be read, moved and gone; the database stays as it is.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name every file that fails, not one per kind.")] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log JSON lines instead of showing progress.")] = False,
    timeout: Gone = None,
    memory: Gone = None,
) -> None:
    """Read files in bulk into a database. Run it again to continue, or to add what is new."""
    from zongji.pipeline.bulk.discovery import Selection  # noqa: PLC0415
    from zongji.pipeline.bulk.executors.choose import Workers  # noqa: PLC0415  # keeps --help fast
    from zongji.pipeline.bulk.job import Job  # noqa: PLC0415
    from zongji.pipeline.bulk.planning import Policy  # noqa: PLC0415

    if timeout is not None or memory is not None:
        shared.misused("--timeout and --memory are limits now: --limit seconds=… and --limit memory=…")
    if any(text.isdecimal() for text in limit or ()):
        shared.misused("--limit is NAME=NUMBER, a limit for each file; --max-files N stops after that many files")
    if not paths and file_list is None:
        shared.misused("name files or folders, or give --file-list")
    if file_list is not None:
        shared.check_file("--file-list", file_list)
    if force and on_exists is OnExists.SKIP:
        shared.misused("--force reads finished files again, --on-exists skip keeps them; give only one")
    if "-" in (paths or ()):
        shared.misused("standard input cannot be imported; name files and folders")
    if (executor is Executor.DASK) != (scheduler is not None):
        shared.misused("--executor dask and --scheduler ADDRESS must be given together")
    if executor is Executor.DASK and workers is not None:
        shared.misused("--workers is for local processes; a Dask cluster has its own number of workers")
    part = _shard(shard)
    settings = shared.settings_of(encoding=encoding, limit=limit, engine=engine, models=models, lexicon=lexicon)
    chosen = Selection(
        paths=tuple(paths or ()),
        file_list=file_list,
        globs=tuple(glob or ()),
        since=since.timestamp() if since else None,
        max_files=max_files,
        shard=part,
    )
    given = {"number": workers} if workers is not None else {}
    _check_database(db, [*chosen.paths, *([str(file_list)] if file_list else []), *settings.files()])
    job = Job(
        chosen,
        db,
        Policy(force, retry_failed, on_exists is OnExists.SKIP),
        Workers(executor.value, scheduler=scheduler, **given),
        settings,
        batch,
        vanished,
        prune,
        db_patience,
    )
    with shared.failing_softly():
        if dry_run:
            preview(job, log_json=log_json)
            return
        tally = _run(job, log_json=log_json, verbose=verbose)
    end(tally, chosen, strict=strict)


def _check_database(db: str, inputs: list[str]) -> None:
    """End the command if it would make a database of an input: SQLite takes an empty file for one."""
    from zongji.pipeline.database.address import files_of  # noqa: PLC0415
    from zongji.pipeline.sinks.targets import is_among  # noqa: PLC0415

    if any(is_among(Path(name), inputs) for name in files_of(db)):
        shared.misused(f"--db {shared.masked(db)} is an input; name another file")


def _run(job: Job, *, log_json: bool, verbose: bool) -> Tally:
    from zongji.pipeline.bulk.job import run  # noqa: PLC0415

    watcher = _watcher(log_json=log_json, verbose=verbose)
    with _stoppable() as begun:
        try:
            tally = run(job, watcher=watcher, begun=begun.append)
        finally:
            with suppress(OSError, ValueError):
                watcher.close()
        if not log_json:
            with suppress(OSError, ValueError):  # a terminal that is gone
                _sum_up(tally)
    return tally


def _sum_up(tally: Tally) -> None:
    from zongji.pipeline.bulk.progress import summary  # noqa: PLC0415

    if tally.seen:
        typer.echo(summary(tally), err=True)
    shared.say_left_out(tally.left_out)
    say_unseen(tally)


def _watcher(*, log_json: bool, verbose: bool) -> JsonLog | Lines | Live:
    from zongji.pipeline.bulk import progress  # noqa: PLC0415

    sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # names need not be valid text
    if log_json:
        return progress.JsonLog(sys.stderr)
    kind = progress.Live if sys.stderr.isatty() else progress.Lines
    return kind(sys.stderr, verbose=verbose)


@contextmanager
def _stoppable() -> Iterator[list[Import]]:
    """Ctrl-C, SIGTERM or SIGHUP stops the import in the yielded list gracefully, a second one at once.

    The exit code is the one by which shells tell the signal. A SIGHUP that is ignored (nohup) stays ignored.
    """
    from zongji.pipeline.database.errors import DatabaseError  # noqa: PLC0415  # keeps --help fast

    begun: list[Import] = []
    got: list[int] = []

    def stop(number: int, _: object) -> None:
        got.append(number)
        if not begun or begun[0].stop:
            raise KeyboardInterrupt
        begun[0].stop = True
        with suppress(OSError):  # a terminal that hung up
            os.write(2, _STOPPING)  # print is not reentrant: this may interrupt one

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    heard = [number for number in numbers if number == signal.SIGINT or signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in heard}
    try:
        yield begun
    except KeyboardInterrupt:
        shared.complain("stopped", "run the same command to read what was not reported done")
        raise typer.Exit(_code(got)) from None
    except DatabaseError as error:
        if not got:
            raise
        shared.complain("stopped", str(error))
        raise typer.Exit(_code(got)) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if begun and begun[0].tally.stopped:
        raise typer.Exit(_code(got))


def _code(got: Sequence[int]) -> int:
    return 128 + (got[-1] if got else signal.SIGINT)


def _shard(value: str) -> tuple[int, int]:
    number, _, of = value.partition("/")
    part, parts = whole_number(number), whole_number(of)
    if part is None or parts is None or not 1 <= part <= parts:
        shared.misused(f"--shard {value!r} is not I/N, from 1/N to N/N")
    return part, parts
