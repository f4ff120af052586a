"""The ledger: the state of every file. A file's records and its row are written in one transaction."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, delete, insert, select, update
from zongji.corpus.clock import now
from zongji.corpus.wording import readable
from zongji.pipeline.bulk import crowds
from zongji.pipeline.bulk.discovery import Entry
from zongji.pipeline.bulk.paths import UNREAD, Move, link, note_unreadable
from zongji.pipeline.bulk.worker import BIGRAMS, Outcome, State, Task
from zongji.pipeline.corrections.replay import replay
from zongji.pipeline.database.load import load, portions, remove, upsert
from zongji.pipeline.database.presence import mark_documents
from zongji.pipeline.database.search import index
from zongji.pipeline.database.tables import DOCUMENTS, FILES, METADATA, RUNS, SOURCES, WARNINGS
from zongji.pipeline.schema import columns
from zongji.pipeline.schema.rows import Row

OPEN = frozenset({State.PENDING, State.STARTED, State.SKIPPED})
"""States of files yet to be read."""
BAD = frozenset({State.PARTIAL, State.FAILED, State.TIMEOUT, State.CRASHED})
"""States that `--retry-failed` reads again."""
_LOADED = (*columns.RECORDS[:1], columns.TEXTS, *columns.RECORDS[1:], columns.WARNINGS, columns.SIGNATURES)
"""The tables of a file's rows, each after those it refers to."""


_KNOWN = (SOURCES.c.sha256, SOURCES.c.bytes, SOURCES.c.modified)


class Known(NamedTuple):
    """What the ledger knows of a path."""

    sha256: str
    bytes: int
    modified: int
    state: State | None
    """The state of its content for the current program, None if it never saw it."""
    gone: bool = False
    """No file was there when an import last looked."""


@dataclass(frozen=True, slots=True)
class Done:
    """A task's outcome with all paths of its content."""

    outcome: Outcome
    entries: tuple[Entry, ...]


def known_paths(connection: Connection, keys: Sequence[str], program: str) -> dict[str, Known]:
    """What a program knows about paths, by their keys."""
    joined = SOURCES.outerjoin(FILES, and_(FILES.c.sha256 == SOURCES.c.sha256, FILES.c.program == program))
    asked = select(SOURCES.c.path_key, *_KNOWN, FILES.c.state, SOURCES.c.gone)
    return {
        key: Known(sha256, size, modified, State(state) if state else None, gone is not None)
        for some in portions(keys)
        for key, sha256, size, modified, state, gone in connection.execute(
            asked.select_from(joined).where(SOURCES.c.path_key.in_(some))
        )
    }


def known_contents(connection: Connection, digests: Sequence[str], program: str) -> dict[str, State]:
    """The states of contents by a program, by their digests."""
    return {
        sha256: State(state)
        for some in portions(digests)
        for sha256, state in connection.execute(
            select(FILES.c.sha256, FILES.c.state).where(FILES.c.program == program, FILES.c.sha256.in_(some))
        )
    }


def known_failures(connection: Connection, digests: Sequence[str], program: str) -> dict[str, str]:
    """The reasons for which a program could not read contents, by their digests."""
    return {
        sha256: reason
        for some in portions(digests)
        for sha256, reason in connection.execute(
            select(FILES.c.sha256, FILES.c.reason).where(
                FILES.c.program == program, FILES.c.sha256.in_(some), FILES.c.state == State.FAILED
            )
        )
    }


def recorded(connection: Connection, digests: Sequence[str], states: Collection[State]) -> set[str]:
    """Those of the contents that any program has left in one of the states."""
    return {
        sha256
        for some in portions(digests)
        for sha256 in connection.scalars(
            select(FILES.c.sha256).where(FILES.c.sha256.in_(some), FILES.c.state.in_(states)).distinct()
        )
    }


def begin(connection: Connection, options: Mapping[str, Any], program: str, started: str) -> int:
    """The number of a new run of a program. Runs of this machine whose process is gone are marked as killed.

    Repeated, because the connection was lost in the middle of a commit, it finds the run that it has begun.
    """
    running = select(RUNS.c.id, RUNS.c.process).where(RUNS.c.state == "running", RUNS.c.host == platform.node())
    for run, process in connection.execute(running).all():
        if not _lives(process):
            connection.execute(update(RUNS).where(RUNS.c.id == run).values(state="killed", finished=now()))
    row = {
        "program": program,
        "options": json.dumps(options, default=str),
        "host": platform.node(),
        "process": os.getpid(),
        "started": started,
        "state": "running",
    }
    known = connection.scalar(select(RUNS.c.id).where(*(RUNS.c[name] == value for name, value in row.items())))
    if known is not None:
        return int(known)
    done = connection.execute(insert(RUNS).values(row | {"files": 0, "unchanged": 0, "read": 0}))
    return int(done.inserted_primary_key[0]) if done.inserted_primary_key else 0


def finish(connection: Connection, run: int, state: str, counts: Mapping[str, int]) -> None:
    """Close a run. Contents left pending by killed runs that no longer have a path are dropped."""
    connection.execute(update(RUNS).where(RUNS.c.id == run).values(state=state, finished=now(), **counts))
    if state == "done":
        ended = select(RUNS.c.id).where(RUNS.c.state != "running")
        lying = FILES.c.sha256.in_(select(SOURCES.c.sha256))
        left = (FILES.c.state.in_([State.PENDING, State.STARTED]), FILES.c.run.in_(ended), ~lying)
        crowds.forget(connection, sorted(connection.scalars(select(FILES.c.sha256).where(*left))))
        connection.execute(delete(FILES).where(*left))


def enlist(connection: Connection, tasks: Iterable[Task], run: int, state: State) -> None:
    """Record contents that are pending or started."""
    moment = now()
    rows = [
        (
            task.sha256,
            task.program,
            state.value,
            readable(task.path),
            None,
            None,
            task.bytes,
            0,
            0,
            0,
            0,
            0,
            0,
            run,
            moment,
        )
        for task in tasks
    ]
    upsert(connection, FILES, columns.FILES.names, sorted(rows))  # sorted, so that two imports cannot deadlock


def record(connection: Connection, done: Sequence[Done], run: int) -> None:
    """Write files with their rows in the ledger; this replaces earlier records of theirs and of their paths.

    The ledger's rows come first: a second writer of the same contents waits there for this one's commit.
    """
    digests = sorted(item.outcome.task.sha256 for item in done)
    moment = now()
    upsert(connection, FILES, columns.FILES.names, sorted(_file_row(item.outcome, run, moment) for item in done))
    read = [item for item in done if not item.outcome.task.sha256.startswith(UNREAD)]
    note_unreadable(connection, [entry for item in done if item not in read for entry in item.entries], run)
    before = link(connection, [(entry, item.outcome.task.sha256) for item in read for entry in item.entries], run)
    forget(connection, digests)
    _supersede(connection, done)
    for relation in _LOADED:
        rows = [row for item in done for row in item.outcome.rows.get(relation.name, ())]
        load(connection, METADATA.tables[relation.name], relation.names, rows)
    index(connection, [row for item in done for row in item.outcome.rows.get(BIGRAMS, ())])
    replay(connection, digests)
    _drop_replaced(connection, before)


def relink(connection: Connection, sources: Sequence[tuple[Entry, str]], run: int) -> None:
    """Record paths whose content was read already; what they held before goes unless it has another path."""
    if sources:
        _drop_replaced(connection, link(connection, sources, run))
        mark_documents(connection, [sha256 for _, sha256 in sources])


def move(connection: Connection, moves: Sequence[Move], run: int) -> None:
    """Record the new paths of contents instead of the old ones."""
    relink(connection, [(move.entry, move.sha256) for move in moves], run)
    remove(connection, SOURCES.c.path_key, [move.old_key for move in moves])


def _drop_replaced(connection: Connection, before: Iterable[str]) -> None:
    """Delete the records of contents without any path; the ledger keeps their rows, with the reason."""
    digests = sorted(before)
    lying = {
        sha256
        for some in portions(digests)
        for sha256 in connection.scalars(select(SOURCES.c.sha256).where(SOURCES.c.sha256.in_(some)))
    }
    mark_documents(connection, sorted(lying))
    gone = [sha256 for sha256 in digests if sha256 not in lying]
    remove(connection, FILES.c.sha256, [sha256 for sha256 in gone if sha256.startswith(UNREAD)])
    forget(connection, gone)
    for some in portions(gone):
        left = {"state": State.SKIPPED.value, "reason": "replaced: no file has this content any more"}
        connection.execute(update(FILES).where(FILES.c.sha256.in_(some)).values(left))


def _supersede(connection: Connection, done: Sequence[Done]) -> None:
    """Note that other programs' records of these contents are gone, so that those programs can read them again."""
    for program in sorted({item.outcome.task.program for item in done}):
        digests = sorted(item.outcome.task.sha256 for item in done if item.outcome.task.program == program)
        left = {"state": State.SKIPPED.value, "reason": f"replaced: version {program} has read it since"}
        for some in portions(digests):
            others = (FILES.c.sha256.in_(some), FILES.c.program != program, FILES.c.state != State.SKIPPED)
            connection.execute(update(FILES).where(*others).values(left))


def forget(connection: Connection, digests: Sequence[str]) -> None:
    """Delete the records of contents, of any version; corrections stay."""
    crowds.forget(connection, digests)
    remove(connection, DOCUMENTS.c.sha256, digests)
    remove(connection, WARNINGS.c.sha256, digests)


def _file_row(outcome: Outcome, run: int, moment: str) -> Row:
    task = outcome.task
    counts = (outcome.count(name) for name in ("documents", "sections", "activities", "figures", "warnings"))
    about = (outcome.state.value, outcome.reason, outcome.format, outcome.encoding, task.bytes)
    return (task.sha256, task.program, *about, *counts, outcome.milliseconds, run, moment)


def _lives(process: int) -> bool:
    """True if a process with that id is running."""
    with suppress(ProcessLookupError):
        with suppress(PermissionError):
            os.kill(process, 0)
        return True
    return False
