"""Full-text search: an index of bigrams where the database supports one, and hits with their context.

The index only preselects; each hit is verified in the text. Without an index (MySQL and MariaDB, whose own ignores
words of two characters) all texts are scanned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, column, func, select, table, text
from zongji.pipeline.database.bigrams import bigrams
from zongji.pipeline.database.load import load, portions
from zongji.pipeline.database.presence import PRESENT, path_of_document
from zongji.pipeline.database.tables import DOCUMENTS, TEXTS
from zongji.pipeline.schema.rows import Row

_INDEX = "search_index"
_AROUND = 24  # characters of context on each side of a hit
_SQLITE = table(_INDEX, column("rowid"))
_POSTGRESQL = table(_INDEX, column("document_id"), column("bigrams"))


class Hit(NamedTuple):
    """A document with all of the words."""

    document_id: str
    path: str
    title: str | None
    organization: str | None
    year: int | None
    quote: str
    """The text around the first word, on one line."""


def make_index(connection: Connection) -> None:
    """Create the empty index."""
    for statement in DEFINITIONS.get(connection.dialect.name, ()):
        connection.exec_driver_sql(statement)


DEFINITIONS = {
    "sqlite": (  # without positions and contents: a third of the size; hits are verified in the text anyway
        f"create virtual table if not exists {_INDEX} using fts5("
        "bigrams, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        f"create table if not exists {_INDEX} (document_id varchar(80) primary key "
        "references documents (id) on delete cascade, bigrams tsvector not null)",
        f"create index if not exists {_INDEX}_by_bigrams on {_INDEX} using gin (bigrams)",
    ),
}


def index(connection: Connection, rows: Sequence[Row]) -> None:
    """Index documents by their ids and bigrams. Their texts must be written already."""
    fill = _FILLERS.get(connection.dialect.name)
    if rows and fill is not None:
        fill(connection, rows)


def _fill_sqlite(connection: Connection, rows: Sequence[Row]) -> None:
    """By the numbers of texts: INSERT … SELECT would need no look-up, but makes FTS5 write to disk at every row."""
    numbers = {
        key: number
        for some in portions([key for key, _ in rows])
        for key, number in connection.execute(
            select(TEXTS.c.document_id, TEXTS.c.number).where(TEXTS.c.document_id.in_(some))
        )
    }
    numbered = sorted((numbers[key], pairs) for key, pairs in rows)
    connection.exec_driver_sql(f"insert into {_INDEX} (rowid, bigrams) values (?, ?)", numbered)  # noqa: S608


def _fill_postgresql(connection: Connection, rows: Sequence[Row]) -> None:
    load(connection, _POSTGRESQL, ("document_id", "bigrams"), rows)


_FILLERS: dict[str, Callable[[Connection, Sequence[Row]], None]] = {
    "sqlite": _fill_sqlite,
    "postgresql": _fill_postgresql,
}


def find(connection: Connection, words: Sequence[str], *, limit: int = 20, gone: bool = False) -> Iterator[Hit]:
    """Documents with all of the words (case-insensitive), latest first; with `gone` also those whose files are gone."""
    about = (DOCUMENTS.c.title, DOCUMENTS.c.organization, DOCUMENTS.c.year, TEXTS.c.text)
    asked = (
        select(DOCUMENTS.c.id, path_of_document(), *about)
        .select_from(TEXTS.join(DOCUMENTS, TEXTS.c.document_id == DOCUMENTS.c.id))
        .where(and_(*(func.lower(TEXTS.c.text).contains(word.lower(), autoescape=True) for word in words)))
        .order_by(DOCUMENTS.c.year.is_(None), DOCUMENTS.c.year.desc(), DOCUMENTS.c.id)
        .limit(limit)
    )
    if not gone:
        asked = asked.where(PRESENT)
    pairs = bigrams(" ".join(words)).split()
    narrow = _CONDITIONS.get(connection.dialect.name)
    if pairs and narrow is not None:
        asked = asked.where(narrow(pairs))
    for key, path, title, organization, year, found in connection.execute(asked):
        yield Hit(key, path or "", title, organization, year, _quote(found, words[0]))


def _in_sqlite(pairs: Sequence[str]) -> ColumnElement[bool]:
    query = " AND ".join(f'"{pair}"' for pair in pairs)
    matching = text(f"{_INDEX} match :pairs").bindparams(pairs=query)
    return TEXTS.c.number.in_(select(_SQLITE.c.rowid).where(matching))


def _in_postgresql(pairs: Sequence[str]) -> ColumnElement[bool]:
    query = " & ".join(f"'{pair}'" for pair in pairs)
    matching = text("bigrams @@ cast(:pairs as tsquery)").bindparams(pairs=query)
    return TEXTS.c.document_id.in_(select(_POSTGRESQL.c.document_id).where(matching))


_CONDITIONS: dict[str, Callable[[Sequence[str]], ColumnElement[bool]]] = {
    "sqlite": _in_sqlite,
    "postgresql": _in_postgresql,
}


def _quote(found: str, word: str) -> str:
    """The word with its context."""
    offset = max(0, found.lower().find(word.lower()))
    start, end = max(0, offset - _AROUND), offset + len(word) + _AROUND
    return " ".join(f"{'…' * (start > 0)}{found[start:end]}{'…' * (end < len(found))}".split())
