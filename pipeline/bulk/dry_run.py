"""What an import would do, without touching the database or making one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.discovery import Entry, entries
from zongji.pipeline.bulk.gone import found_gone, unseen_folders
from zongji.pipeline.bulk.job import Job
from zongji.pipeline.bulk.looking import Search
from zongji.pipeline.bulk.planning import Plan, plan
from zongji.pipeline.bulk.program import program_of
from zongji.pipeline.database.connection import connect, missing
from zongji.pipeline.database.tables import METADATA

_WINDOW = 256  # files looked up at once


class Step(NamedTuple):
    """What would be done with a file: read, move, fail, gone."""

    action: str
    path: str
    before: str | None = None
    """Where it lay before."""


def dry_run(job: Job) -> Iterator[tuple[Step | None, Tally]]:
    """What would be done, file by file, with the counts so far; at the end once more the counts.

    Raises:
        DatabaseError: if the database cannot be used as it is.
        OSError: if the file list cannot be read.
    """
    tally, program, search = Tally(), program_of(job.settings), Search(job.selection, job.vanished)
    under_way: dict[str, list[Entry]] = {}
    moved: set[str] = set()
    remaining = entries(job.selection, tally.left_out)
    with _as_it_is(job.address) as engine:
        while window := list(islice(remaining, _WINDOW)):
            with engine.connect() as connection:
                made = plan(connection, window, job.policy, program, under_way, search)
            tally.settle(made)
            tally.to_read += len(made.tasks)
            moved.update(move.old_key for move in made.moves)
            for step in _steps(made):
                yield step, tally
        if job.selection.max_files is None or tally.seen + tally.to_read < job.selection.max_files:
            for source in found_gone(engine, search):
                if source.key not in moved:
                    tally.gone += 1
                    yield Step("gone", source.path), tally
            tally.unseen = unseen_folders(engine, search)
    yield None, tally


def _steps(made: Plan) -> Iterator[Step]:
    old = {move.entry.path: move.old_path for move in made.moves}
    read = {task.path for task in made.tasks}
    yield from (Step("read", path, old.get(path)) for path in sorted(read))
    yield from (Step("move", path, before) for path, before in old.items() if path not in read)
    yield from (Step("fail", item.outcome.task.path) for item in made.unreadable)


@contextmanager
def _as_it_is(address: str) -> Iterator[Engine]:
    """The database, or an empty one in memory where there is none yet."""
    if missing(address):
        engine = create_engine("sqlite://", poolclass=StaticPool)
        METADATA.create_all(engine)
    else:
        engine = connect(address, as_it_is=True)
    try:
        yield engine
    finally:
        engine.dispose()
