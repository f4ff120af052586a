"""Bulk work: files in, records in a database, resumable at any moment. One writer, many readers.

    for a window of files   what does the ledger know?      plan
                            note what is to be read         ledger.enlist
    for each task           to an executor                  executors
    for what comes back     records and ledger together     ledger.record
    at the end              mark copies, close the run      finish

What is reported as done is committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic
from typing import Protocol

from sqlalchemy import Connection, Engine
from zongji.pipeline.bulk import ledger
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.discovery import Entry
from zongji.pipeline.bulk.executors import Executor
from zongji.pipeline.bulk.ledger import Done
from zongji.pipeline.bulk.looking import Search
from zongji.pipeline.bulk.planning import Plan, Policy, plan
from zongji.pipeline.bulk.program import Program
from zongji.pipeline.bulk.worker import Outcome, State, Task
from zongji.pipeline.database.transactions import consult, transact

_WINDOW = 256  # files looked up at once
_BATCH_SECONDS = 2.0  # after which an incomplete batch is written
_WAIT = 0.2  # seconds to wait for an outcome; how soon Ctrl-C is noticed


class Watcher(Protocol):
    """An observer of the import."""

    def recorded(self, outcomes: Sequence[Outcome], tally: Tally) -> None:
        """These outcomes are committed; empty if only the tally changed."""

    def lost(self, reason: str) -> None:
        """The database is away."""

    def back(self, seconds: float) -> None:
        """It is back after that many seconds."""


@dataclass(slots=True)
class Import:
    """One run over files. `stop` ends it gracefully: started tasks are awaited and written."""

    engine: Engine
    executor: Executor
    run: int
    search: Search
    policy: Policy = field(default_factory=Policy)
    program: Program = field(default_factory=Program)
    batch: int = 256
    """Files per transaction."""
    watcher: Watcher | None = None
    tally: Tally = field(default_factory=Tally)
    stop: bool = False
    _entries: dict[str, list[Entry]] = field(default_factory=dict)
    """By the digests of the contents under way: the paths where they were found."""
    _batch: list[Done] = field(default_factory=list)
    _new: list[Task] = field(default_factory=list)
    """Tasks given to workers since the last transaction."""
    _written: float = field(default_factory=monotonic)

    def over(self, files: Iterable[Entry]) -> Tally:
        """Read the files that need it and write their records; returns the tally."""
        remaining = iter(files)
        while not self.stop and (window := list(islice(remaining, _WINDOW))):
            for task in self._planned(window):
                self._make_room(task)
                if self.stop:
                    break
                self.executor.submit(task)
                self._new.append(task)
        if self.stop:
            self.executor.cancel()
        while self.executor.waiting():
            self._collect()
            if self.stop:
                self.executor.cancel()
        self.write()
        self.tally.stopped = self.stop
        return self.tally

    def _planned(self, window: Sequence[Entry]) -> list[Task]:
        """The tasks of a window, recorded in the ledger; files that need no reading are counted."""
        made, self._entries = consult(self.engine, lambda connection: self._decided(connection, window))
        self._settle(made)
        if made.tasks or made.links or made.moves:
            transact(self.engine, lambda connection: self._note(connection, made))
        if len(self._batch) >= self.batch:
            self.write()
        self._tell(())
        return made.tasks

    def _decided(self, connection: Connection, window: Sequence[Entry]) -> tuple[Plan, dict[str, list[Entry]]]:
        """The plan of a window, and what is then under way: copied, because a lost connection begins it again."""
        under_way = {sha256: list(entries) for sha256, entries in self._entries.items()}
        return plan(connection, window, self.policy, self.program, under_way, self.search), under_way

    def _note(self, connection: Connection, made: Plan) -> None:
        ledger.relink(connection, made.links, self.run)
        ledger.move(connection, made.moves, self.run)
        ledger.enlist(connection, made.tasks, self.run, State.PENDING)

    def _settle(self, made: Plan) -> None:
        """Count the files a plan skips, and record the unreadable ones."""
        self.tally.settle(made)
        self._batch += made.unreadable

    def _make_room(self, task: Task) -> None:
        while not self.stop and not self.executor.has_room(task.bytes):
            self._collect()

    def _collect(self) -> None:
        """Collect outcomes, and write them when there are enough."""
        for outcome in self.executor.finished(_WAIT):
            self._batch.append(Done(outcome, tuple(self._entries.pop(outcome.task.sha256, ()))))
        if len(self._batch) >= self.batch or (self._batch and monotonic() - self._written > _BATCH_SECONDS):
            self.write()

    def write(self) -> None:
        """Commit the collected outcomes, then report them."""
        batch, self._batch = self._batch, []
        done = {item.outcome.task.sha256 for item in batch}
        begun = [task for task in self._new if task.sha256 in self._entries and task.sha256 not in done]
        self._new = []
        if batch or begun:
            transact(self.engine, lambda connection: self._record(connection, batch, begun))
        self._written = monotonic()
        self.tally.count_paths(batch)
        self._tell([item.outcome for item in batch])

    def _record(self, connection: Connection, batch: Sequence[Done], begun: Sequence[Task]) -> None:
        ledger.enlist(connection, begun, self.run, State.STARTED)
        if batch:
            ledger.record(connection, batch, self.run)

    def _tell(self, outcomes: Sequence[Outcome]) -> None:
        self.tally.add(outcomes)
        if self.watcher is not None:
            with suppress(OSError, ValueError):  # a terminal that is gone
                self.watcher.recorded(outcomes, self.tally)
