"""The paths in the ledger: which content lies where, under which names."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select, update
from zongji.corpus.wording import readable
from zongji.pipeline.bulk.discovery import Entry, path_key
from zongji.pipeline.bulk.looking import is_gone
from zongji.pipeline.database.load import portions, upsert
from zongji.pipeline.database.presence import mark_documents
from zongji.pipeline.database.tables import SOURCES
from zongji.pipeline.schema import columns

UNREAD = "path:"
"""With this before the key of its path, what cannot be opened has a row in the ledger."""
_ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


class Move(NamedTuple):
    """A content found at a new path and no longer at the old one."""

    entry: Entry
    sha256: str
    old_key: str
    old_path: str


class Source(NamedTuple):
    """A path that the ledger knows, as it is called on disk."""

    key: str
    path: str
    sha256: str
    bytes: int
    modified: int
    gone: bool


def link(connection: Connection, sources: Sequence[tuple[Entry, str]], run: int) -> set[str]:
    """Record the paths of contents; returns the digests of what these paths held before."""
    current = {entry.key: sha256 for entry, sha256 in sources}
    before = {row.key: row for row in known_sources(connection, sorted(current))}
    rows = [
        (entry.key, readable(entry.path), sha256, entry.bytes, entry.modified, run, None) for entry, sha256 in sources
    ]
    upsert(connection, SOURCES, columns.SOURCES.names, sorted(rows))
    replaced = {row.sha256 for key, row in before.items() if current[key] != row.sha256}
    return replaced | {UNREAD + key for key, row in before.items() if row.bytes < 0}


def note_unreadable(connection: Connection, entries: Sequence[Entry], run: int) -> None:
    """Record paths that cannot be read. What is known of their contents stays, and they are looked at again."""
    known = {row.key: row for row in known_sources(connection, [entry.key for entry in entries])}
    new = [entry for entry in entries if entry.key not in known]
    rows = [(entry.key, readable(entry.path), UNREAD + entry.key, -1, 0, run, None) for entry in new]
    upsert(connection, SOURCES, columns.SOURCES.names, sorted(rows))
    for some in portions(sorted(known)):
        unread = {"bytes": -1, "modified": 0, "run": run}
        connection.execute(update(SOURCES).where(SOURCES.c.path_key.in_(some)).values(unread))
    back = [row for row in known.values() if row.gone and not is_gone(row.path)]
    for some in portions(sorted(row.key for row in back)):
        connection.execute(update(SOURCES).where(SOURCES.c.path_key.in_(some)).values(gone=None))
    mark_documents(connection, [row.sha256 for row in back])


def known_sources(connection: Connection, keys: Sequence[str]) -> list[Source]:
    """What the ledger knows of paths, by their keys."""
    asked = select(*COLUMNS)
    return [
        source_of(row)
        for some in portions(keys)
        for row in connection.execute(asked.where(SOURCES.c.path_key.in_(some)).order_by(SOURCES.c.path))
    ]


def sources_of(connection: Connection, digests: Sequence[str]) -> list[Source]:
    """The paths of contents, by their digests."""
    asked = select(*COLUMNS)
    return [
        source_of(row)
        for some in portions(digests)
        for row in connection.execute(asked.where(SOURCES.c.sha256.in_(some)).order_by(SOURCES.c.path))
    ]


COLUMNS = tuple(SOURCES.c[name] for name in ("path_key", "path", "sha256", "bytes", "modified", "gone"))
"""The columns of a `Source`."""


def source_of(row: Row[Any]) -> Source:
    """The source in a row of these columns."""
    key, path, sha256, size, modified, gone = tuple(row)
    return Source(key, _actual(path, key), sha256, size, modified, gone is not None)


def _actual(shown: str, key: str) -> str:
    """The path on disk of one shown; its key tells whether escapes in it stand for bytes."""
    if "\\x" not in shown or path_key(shown) == key:
        return shown
    return os.fsdecode(_ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), shown.encode()))
