"""The files in a database by their state, and those that failed; a file that is gone is none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, select
from zongji.pipeline.bulk.kinds import Kind, kind_of
from zongji.pipeline.bulk.ledger import BAD
from zongji.pipeline.bulk.paths import UNREAD
from zongji.pipeline.bulk.worker import State
from zongji.pipeline.database.tables import FILES, SOURCES

_READABLE = and_(SOURCES.c.gone.is_(None), SOURCES.c.bytes >= 0)
_UNREAD = and_(FILES.c.sha256.startswith(UNREAD), FILES.c.state == State.FAILED.value)


class Failed(NamedTuple):
    """A file that failed or lost a part."""

    path: str
    state: str
    reason: str | None


def states_of_files(connection: Connection, program: str) -> Counter[State | None]:
    """How many files are in which state for a program; None is that of files which it has not read."""
    joined = SOURCES.outerjoin(FILES, and_(FILES.c.sha256 == SOURCES.c.sha256, FILES.c.program == program))
    asked = select(FILES.c.state, func.count()).select_from(joined).where(_READABLE).group_by(FILES.c.state)
    found: Counter[State | None] = Counter()
    for state, number in connection.execute(asked):
        found[State(state) if state else None] += number
    found[State.FAILED] += connection.scalar(select(func.count()).where(_UNREAD, FILES.c.program == program)) or 0
    return found


def failed_files(connection: Connection) -> Iterator[Failed]:
    """The files that failed, by path: first those that could be opened."""
    about = (SOURCES.c.path, FILES.c.state, FILES.c.reason)
    read = FILES.join(SOURCES, SOURCES.c.sha256 == FILES.c.sha256)
    bad = (FILES.c.state.in_([state.value for state in BAD]), _READABLE)
    for row in connection.execute(select(*about).select_from(read).where(*bad).order_by(SOURCES.c.path)):
        yield Failed(*row)
    key = func.substr(FILES.c.sha256, len(UNREAD) + 1)
    unread = FILES.join(SOURCES, SOURCES.c.path_key == key)
    for row in connection.execute(select(*about).select_from(unread).where(_UNREAD).order_by(SOURCES.c.path)):
        yield Failed(*row)


def kinds_of_failures(connection: Connection) -> list[Kind]:
    """The kinds of failures, the most frequent first."""
    kinds: dict[str, Kind] = {}
    for path, state, reason in failed_files(connection):
        kinds.setdefault(kind_of(state, reason), Kind(state, reason, path)).files += 1
    return sorted(kinds.values(), key=lambda kind: (-kind.files, kind.example))


def gone_files(connection: Connection) -> Iterator[str]:
    """The paths of the files that are gone."""
    yield from connection.scalars(select(SOURCES.c.path).where(SOURCES.c.gone.is_not(None)).order_by(SOURCES.c.path))
