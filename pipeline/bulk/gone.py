"""What an import no longer finds: it is marked as gone, and deleted on request."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, or_, select, update
from zongji.corpus.clock import now
from zongji.corpus.wording import readable
from zongji.pipeline.bulk.discovery import path_key
from zongji.pipeline.bulk.ledger import forget
from zongji.pipeline.bulk.looking import Search, is_gone
from zongji.pipeline.bulk.paths import COLUMNS, UNREAD, Source, known_sources, source_of
from zongji.pipeline.database.errors import StoppedError
from zongji.pipeline.database.load import MOST_KEYS, portions, remove
from zongji.pipeline.database.presence import mark_documents
from zongji.pipeline.database.tables import FILES, SOURCES
from zongji.pipeline.database.transactions import consult, patience_of, transact

Item = TypeVar("Item")
_PORTION = 5000  # paths looked up at once
_MOST_FOLDERS = 50  # that are named in a query


@dataclass(frozen=True, slots=True)
class Unseen:
    """A given folder in which nothing can be seen, and how many known files are meant to be there."""

    folder: str
    reason: str
    files: int


def mark_gone(engine: Engine, search: Search) -> int:
    """Mark the files that were looked for and are not there; returns their number.

    Raises:
        StoppedError: if the import is to stop.
    """
    number = 0
    for some in _in_portions(engine, found_gone(engine, search)):
        transact(engine, partial(_mark, sources=some), alone=True)
        number += len(some)
    for keys in _in_portions(engine, _no_longer_unread(engine, search)):
        transact(engine, partial(_drop_unread, keys=keys))
    return number


def found_gone(engine: Engine, search: Search) -> Iterator[Source]:
    """The known files that are looked for and are not there."""
    for source in _below(engine, search):
        if not source.gone and not source.sha256.startswith(UNREAD) and _is_missed(source, search):
            yield source
    missing = search.missing()
    while keys := [path_key(path) for path in islice(missing, MOST_KEYS)]:
        for source in consult(engine, partial(known_sources, keys=sorted(set(keys)))):
            covered = search.holds(source.path, source.modified)
            if not source.gone and not source.sha256.startswith(UNREAD) and not covered:
                yield source


def prune(engine: Engine, search: Search) -> int:
    """Delete what is marked as gone where the search looks, except corrections; returns the number of files.

    Raises:
        StoppedError: if the import is to stop.
    """
    number = 0
    named = {path_key(path) for path in search.missing()}
    gone = (
        source
        for source in _below(engine, search, SOURCES.c.gone.is_not(None))
        if source.key in named or search.holds(source.path, source.modified)
    )
    for some in _in_portions(engine, gone):
        transact(engine, partial(_delete, sources=some), alone=True)
        number += len(some)
    return number


def _in_portions(engine: Engine, found: Iterator[Item]) -> Iterator[list[Item]]:
    """What is found, in portions for one transaction each."""
    while some := list(islice(found, MOST_KEYS)):
        if patience_of(engine).stopping():
            raise StoppedError
        yield some


def unseen_folders(engine: Engine, search: Search) -> list[Unseen]:
    """The given folders in which nothing can be seen although files of theirs are known."""
    counts = {folder: consult(engine, partial(_known_in, folder=folder)) for folder in search.unseen}
    return [Unseen(folder, search.unseen[folder], number) for folder, number in counts.items() if number]


def _known_in(connection: Connection, folder: str) -> int:
    there = (SOURCES.c.gone.is_(None), SOURCES.c.sha256.not_like(f"{UNREAD}%"))
    return connection.scalar(select(func.count()).select_from(SOURCES).where(_inside(folder), *there)) or 0


def _is_missed(source: Source, search: Search) -> bool:
    return search.holds(source.path, source.modified) and is_gone(source.path)


def _below(engine: Engine, search: Search, *where: ColumnElement[bool]) -> Iterator[Source]:
    """The known paths in the folders of a search, in portions, so that no transaction stays open."""
    if not search.folders:
        return
    if len(search.folders) <= _MOST_FOLDERS:
        where = (*where, or_(*map(_inside, search.folders)))
    last = ""
    while True:
        asked = select(*COLUMNS).where(SOURCES.c.path_key > last, *where).order_by(SOURCES.c.path_key).limit(_PORTION)
        found = consult(engine, partial(_sources, asked=asked))
        yield from found
        if len(found) < _PORTION:
            return
        last = found[-1].key


def _sources(connection: Connection, asked: Select[Any]) -> list[Source]:
    return [source_of(row) for row in connection.execute(asked)]


def _inside(folder: str) -> ColumnElement[bool]:
    """True for a path in a folder, or for the folder itself if it could not be opened."""
    below = SOURCES.c.path.startswith(readable(os.path.join(folder, "")), autoescape=True)
    return or_(below, SOURCES.c.path_key == path_key(folder))


def _mark(connection: Connection, sources: Sequence[Source]) -> None:
    keys = sorted(source.key for source in sources)
    connection.execute(update(SOURCES).where(SOURCES.c.path_key.in_(keys), SOURCES.c.gone.is_(None)).values(gone=now()))
    mark_documents(connection, [source.sha256 for source in sources])


def _delete(connection: Connection, sources: Sequence[Source]) -> None:
    keys, digests = sorted(source.key for source in sources), sorted({source.sha256 for source in sources})
    connection.execute(delete(SOURCES).where(SOURCES.c.path_key.in_(keys), SOURCES.c.gone.is_not(None)))
    lying: set[str] = set()
    for some in portions(digests):
        lying.update(connection.scalars(select(SOURCES.c.sha256).where(SOURCES.c.sha256.in_(some))))
    lost = [sha256 for sha256 in digests if sha256 not in lying]
    forget(connection, lost)
    remove(connection, FILES.c.sha256, [*lost, *(UNREAD + key for key in keys)])


def _no_longer_unread(engine: Engine, search: Search) -> Iterator[str]:
    """The keys of paths that could not be read before, and are now not there or folders that can be opened."""
    named = set(map(os.path.abspath, search.selection.paths))
    for source in _below(engine, search, SOURCES.c.bytes < 0):
        opened = os.path.isdir(source.path) and os.access(source.path, os.R_OK | os.X_OK)
        left = source.path not in named and _is_missed(source, search)
        if opened or (left and not os.path.isdir(source.path)):
            yield source.key


def _drop_unread(connection: Connection, keys: Sequence[str]) -> None:
    """Forget that paths could not be read."""
    digests = [UNREAD + key for key in keys]
    remove(connection, FILES.c.sha256, digests)
    remove(connection, SOURCES.c.sha256, digests)
