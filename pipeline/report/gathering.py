"""From files, folders or a database to the views of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from zongji.corpus.digests import digest_of_file
from zongji.pipeline.pages.document_view import Failure, Item, view_of, views_of
from zongji.pipeline.reading.inputs import Blob, check_regular
from zongji.pipeline.reading.many_files import read_each
from zongji.pipeline.reading.reader import Restored, Result, extracted, restored, restored_file, together
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.sources import LIMITS, Limits

if TYPE_CHECKING:
    from zongji.pipeline.database.stored import Stored

_PORTION = 500  # documents read from a database at once


def is_address(source: str) -> bool:
    """True for a database URL."""
    return "://" in source


def of_files(files: Iterable[str], settings: Settings = DEFAULTS) -> Iterator[Item]:
    """The documents of files; a file that gave none is a failure with its reason."""
    for result, found in read_each(files, _read, lambda path, why: (Result(path, failure=why), None), settings):
        if result.failure is not None:
            yield Failure(result.path, result.failure.message)
        yield from views_of(result.documents, _usable(found))


def _read(blob: Blob, settings: Settings) -> Iterator[tuple[Result, Restored | None]]:
    """What became of a file, and its restored text if it gave documents."""
    result = together(blob.path, list(extracted(blob, settings)))
    yield result, next(restored(blob, settings)) if result.documents else None


def of_database(address: str, limits: Limits = LIMITS) -> Iterator[Item]:
    """The documents of a database, corrections included, then the files that failed. Copies are marked as such.

    A file that is still where it was imported from is looked into again, for what was repaired in it.

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
            for path, rows in groupby(found, key=lambda stored: stored.document.source.path):
                yield from _stored_views(path, list(rows), known, limits)
        yield from _failures(address)
    engine.dispose()


def _stored_views(path: str, rows: list[Stored], copies: set[str], limits: Limits) -> Iterator[Item]:
    """The documents of one file."""
    source = rows[0].document.source
    text = looked_up(path, source.sha256, source.encoding, limits)
    for key, document in rows:
        found = view_of(document, text)
        yield replace(found, copy=True) if key in copies else found


def looked_up(path: str, sha256: str, encoding: str, limits: Limits = LIMITS) -> Restored | None:
    """The restored text of a file that is still what it was."""
    try:
        check_regular(path)
        if digest_of_file(path) != sha256:
            return None
    except (OSError, ValueError):
        return None
    found = _usable(restored_file(path, limits=limits))
    return found or _usable(restored_file(path, encoding=encoding, limits=limits))


def _usable(found: Restored | None) -> Restored | None:
    return found if found is not None and found.failure is None else None


def _failures(address: str) -> Iterator[Failure]:
    """The failed and partial files of the ledger."""
    from zongji.pipeline.bulk.failures import failed_files  # noqa: PLC0415
    from zongji.pipeline.database.connection import connect  # noqa: PLC0415

    engine = connect(address)
    with engine.connect() as connection:
        for path, state, reason in failed_files(connection):
            yield Failure(path, f"{state}: {reason or ''}".rstrip(": "))
    engine.dispose()
