"""One `zongji import`, from its options to its tally."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine
from zongji.corpus.clock import now
from zongji.pipeline.bulk import ledger
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.discovery import Selection, count, entries
from zongji.pipeline.bulk.duplicates import mark_copies
from zongji.pipeline.bulk.executors import ClusterError, Executor
from zongji.pipeline.bulk.executors.choose import Workers, choose
from zongji.pipeline.bulk.gone import mark_gone, prune, unseen_folders
from zongji.pipeline.bulk.importer import Import, Watcher
from zongji.pipeline.bulk.looking import Search
from zongji.pipeline.bulk.planning import Policy, unreadable
from zongji.pipeline.bulk.program import program_of
from zongji.pipeline.bulk.worker import Work, work
from zongji.pipeline.database.connection import connect, files_of, shown
from zongji.pipeline.database.errors import AddressError, DatabaseError, StoppedError
from zongji.pipeline.database.transactions import Patience, patient, persist, transact
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.reading.walk import LeftOut

DATABASE = "sqlite:///zongji.db"
PATIENCE = 120.0  # seconds; a server restarts in less


@dataclass(frozen=True, slots=True)
class Job:
    """The options of an import."""

    selection: Selection
    address: str = DATABASE
    policy: Policy = field(default_factory=Policy)
    workers: Workers = field(default_factory=Workers)
    settings: Settings = DEFAULTS
    """How each file is read."""
    batch: int = 256
    """Files per transaction."""
    vanished: bool = False
    """Files of a given folder that is missing or empty are gone."""
    prune: bool = False
    """Delete the records of files that are gone."""
    patience: float = PATIENCE
    """Seconds that a database which is away is waited for."""

    def options(self) -> dict[str, object]:
        """The options as they go into the table of runs; no password among them."""
        parts = (asdict(self.selection), asdict(self.policy), asdict(self.workers), self.settings.facts())
        own = {"database": shown(self.address), "vanished": self.vanished, "prune": self.prune}
        return own | {name: value for part in parts for name, value in part.items()}


def run(
    job: Job,
    *,
    watcher: Watcher | None = None,
    begun: Callable[[Import], None] = lambda _: None,
    function: Work = work,
) -> Tally:
    """Import files; `begun` is handed the import, which it can stop.

    Without any file that can be read, no database is made.

    Raises:
        DatabaseError: if the database cannot be used, stayed away, or has no room.
        MissingExtraError: if a library is missing.
        ArtefactError: if the models cannot be used.
        LexiconError: if the words cannot be added.
        OSError: if the file list cannot be read, or a cluster cannot read any more.
        sqlalchemy.exc.SQLAlchemyError: if the database fails on the way; what was reported done is in it.
    """
    nothing = Tally(files=0)
    if not list(islice(entries(job.selection, nothing.left_out), 1)) and not _is_known(job.address):
        return nothing
    if _has_no_database(job.address) and all(entry.bytes < 0 for entry in entries(job.selection, LeftOut())):
        return _nothing_read(job, watcher)
    with choose(job.workers, job.settings, function) as executor:
        patience = _patience(job, watcher)
        engine = patient(persist(lambda: connect(job.address, create=True, waited_for=True), patience), patience)
        try:
            return _over(engine, executor, job, watcher, begun)
        finally:
            engine.dispose()


def _patience(job: Job, watcher: Watcher | None) -> Patience:
    return Patience(job.patience) if watcher is None else Patience(job.patience, watcher.lost, watcher.back)


def _is_known(address: str) -> bool:
    """True if there is a database with our tables."""
    try:
        connect(address).dispose()
    except AddressError:
        raise
    except DatabaseError:
        return False
    return True


def _has_no_database(address: str) -> bool:
    """True for a database file that would have to be made."""
    files = files_of(address)
    return bool(files) and not Path(files[0]).exists()


def _nothing_read(job: Job, watcher: Watcher | None) -> Tally:
    """The tally of files none of which can be read."""
    program, tally = program_of(job.settings), Tally(files=0)
    found = (unreadable(entry, program) for entry in entries(job.selection, tally.left_out))
    outcomes = [outcome for outcome in found if outcome is not None]
    tally.files = len(outcomes)
    tally.add(outcomes)
    if watcher is not None:
        watcher.recorded(outcomes, tally)
    return tally


def _over(
    engine: Engine, executor: Executor, job: Job, watcher: Watcher | None, begun: Callable[[Import], None]
) -> Tally:
    """The import with its row in the table of runs."""
    program = program_of(job.settings)
    files, started = count(job.selection), now()
    number = transact(engine, lambda connection: ledger.begin(connection, job.options(), program.name, started))
    search = Search(job.selection, job.vanished)
    work_of = Import(engine, executor, number, search, job.policy, program, job.batch, watcher)
    engine = work_of.engine = patient(engine, replace(_patience(job, watcher), stopping=lambda: work_of.stop))
    begun(work_of)
    work_of.tally.files = files
    try:
        tally = work_of.over(entries(job.selection, work_of.tally.left_out))
    except ClusterError:
        work_of.write()
        work_of.tally.stopped = True
        transact(engine, lambda connection: ledger.finish(connection, number, "failed", work_of.tally.facts()))
        raise
    if not tally.stopped:
        with suppress(StoppedError):  # while it waited for other imports
            most = job.selection.max_files
            if most is None or tally.seen < most:  # else it did not look everywhere
                _look_for_gone(engine, job, search, tally)
            mark_copies(engine, lambda: work_of.stop)
        tally.stopped = work_of.stop
    state = "stopped" if tally.stopped else "done"
    transact(engine, lambda connection: ledger.finish(connection, number, state, tally.facts()))
    return tally


def _look_for_gone(engine: Engine, job: Job, search: Search, tally: Tally) -> None:
    """Mark the known files that the import did not find, and delete their records on request."""
    tally.gone = mark_gone(engine, search)
    tally.unseen = unseen_folders(engine, search)
    if job.prune:
        tally.pruned = prune(engine, search)
