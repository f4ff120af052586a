"""From files, folders or a database to the views of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from zongji.corpus.digests import digest_of_file
from zongji.pipeline.pages.document_view import Failure, Item, view_of, views_of
from zongji.pipeline.reading.reader import Restored, extract_file, restored_file

if TYPE_CHECKING:
    from zongji.pipeline.database.stored import Stored

_PORTION = 500  # documents read from a database at once


def is_address(source: str) -> bool:
    """True for a database URL."""
    return "://" in source


def of_files(files: Iterable[str], encoding: str | None = None) -> Iterator[Item]:
    """The documents of files; a file without any is a failure with its reason."""
    for path in files:
        result = extract_file(path, encoding=encoding)
        if result.failure is not None:
            yield Failure(path, result.failure.message)
        restored = restored_file(path, encoding=encoding) if result.documents else None
        yield from views_of(result.documents, _usable(restored))


def of_database(address: str) -> Iterator[Item]:
    """The documents of a database, corrections included, then the files that failed. Copies are marked as such.

    A file that is still where it was imported from is read again for its repairs.

    Raises:
        DatabaseError: if the database cannot be used.
        MissingExtraError: if the library for it is not installed.
    """
    from zongji.pipeline.database.connection import connect  # noqa: PLC0415  # files need no database
    from zongji.pipeline.database.stored import copies, document_keys, read_documents  # noqa: PLC0415

    engine = connect(address)
    with engine.connect() as connection:
        keys, known = document_keys(connection), copies(connection)
        for start in range(0, len(keys), _PORTION):
            found = read_documents(connection, keys[start : start + _PORTION])
            for path, together in groupby(found, key=lambda stored: stored.document.source.path):
                yield from _stored_sheets(path, list(together), known)
        yield from _failures(address)
    engine.dispose()


def _stored_sheets(path: str, together: list[Stored], copies: set[str]) -> Iterator[Item]:
    """The documents of one file."""
    source = together[0].document.source
    restored = looked_up(path, source.sha256, source.encoding)
    for key, document in together:
        found = view_of(document, restored)
        yield replace(found, copy=True) if key in copies else found


def looked_up(path: str, sha256: str, encoding: str) -> Restored | None:
    """The restored text of a file, None if it changed or cannot be read."""
    try:
        if digest_of_file(path) != sha256:
            return None
    except (OSError, ValueError):
        return None
    found = _usable(restored_file(path))
    return found or _usable(restored_file(path, encoding=encoding))


def _usable(restored: Restored | None) -> Restored | None:
    return restored if restored is not None and restored.failure is None else None


def _failures(address: str) -> Iterator[Failure]:
    """The failed and partial files of the ledger."""
    from sqlalchemy import func, select  # noqa: PLC0415
    from zongji.pipeline.bulk.ledger import BAD  # noqa: PLC0415
    from zongji.pipeline.database.connection import connect  # noqa: PLC0415
    from zongji.pipeline.database.tables import FILES, SOURCES  # noqa: PLC0415

    path = func.coalesce(func.min(SOURCES.c.path), FILES.c.sha256)
    joined = FILES.outerjoin(SOURCES, SOURCES.c.sha256 == FILES.c.sha256)
    asked = select(path, FILES.c.state, FILES.c.reason).select_from(joined).where(FILES.c.state.in_(BAD))
    engine = connect(address)
    with engine.connect() as connection:
        grouped = asked.group_by(FILES.c.sha256, FILES.c.program, FILES.c.state, FILES.c.reason).order_by(path)
        for path_or_digest, state, reason in connection.execute(grouped):
            yield Failure(path_or_digest, f"{state}: {reason or ''}".rstrip(": "))
    engine.dispose()
