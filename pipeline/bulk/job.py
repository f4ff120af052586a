"""One `zongji import`, from its options to its tally."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from sqlalchemy import Engine
from zongji.pipeline.bulk import ledger
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.discovery import Selection, count, entries
from zongji.pipeline.bulk.duplicates import mark_copies
from zongji.pipeline.bulk.executors import Executor
from zongji.pipeline.bulk.executors.choose import choose
from zongji.pipeline.bulk.importer import Import, Watcher
from zongji.pipeline.bulk.planning import Policy
from zongji.pipeline.bulk.worker import Work, work
from zongji.pipeline.database.connection import connect, shown
from zongji.pipeline.database.transactions import transact

DATABASE = "sqlite:///zongji.db"


@dataclass(frozen=True, slots=True)
class Workers:
    """Which processes read the files."""

    executor: str = "local"
    """`local` or `dask`."""
    number: int = field(default_factory=lambda: os.cpu_count() or 1)
    """Local processes; 0 reads in this process, unprotected."""
    timeout: float = 120.0
    """Seconds per file; 0 for no limit."""
    memory: int = 2048
    """MiB per process; 0 for no limit."""
    scheduler: str | None = None
    """The address of a Dask scheduler."""


@dataclass(frozen=True, slots=True)
class Job:
    """The options of an import."""

    selection: Selection
    address: str = DATABASE
    policy: Policy = field(default_factory=Policy)
    workers: Workers = field(default_factory=Workers)
    batch: int = 256
    """Files per transaction."""

    def options(self) -> dict[str, object]:
        """The options for the table of runs, without passwords."""
        selection = asdict(self.selection)
        del selection["extensions"]
        return {"database": shown(self.address), **selection, **asdict(self.policy), **asdict(self.workers)}


def run(
    job: Job,
    *,
    watcher: Watcher | None = None,
    begun: Callable[[Import], None] = lambda _: None,
    function: Work = work,
) -> Tally:
    """Import files; `begun` receives the import, which it can stop.

    Raises:
        DatabaseError: if the database cannot be used.
        MissingExtraError: if a library is missing.
        OSError: if the file list cannot be read.
        sqlalchemy.exc.SQLAlchemyError: if the database fails; what was reported as done is in it.
    """
    engine = connect(job.address, create=True)
    try:
        with choose(job.workers.executor, job.workers, function) as executor:
            return _over(engine, executor, job, watcher, begun)
    finally:
        engine.dispose()


def _over(
    engine: Engine, executor: Executor, job: Job, watcher: Watcher | None, begun: Callable[[Import], None]
) -> Tally:
    """The import with its row in the table of runs."""
    number = transact(engine, lambda connection: ledger.begin(connection, job.options()))
    work_of = Import(engine, executor, number, job.policy, job.batch, watcher)
    begun(work_of)
    work_of.tally.files = count(job.selection)
    tally = work_of.over(entries(job.selection))
    if not tally.stopped:
        mark_copies(engine)
    counts = {"files": tally.files or 0, "unchanged": tally.unchanged, "read": tally.read}
    state = "stopped" if tally.stopped else "done"
    transact(engine, lambda connection: ledger.finish(connection, number, state, counts))
    return tally
