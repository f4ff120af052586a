"""Documents that leave while their copies are marked: the marks are those of what is left, and nothing fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from conftest import SERVERS, database_of
from signed import add, drop, expected, family, marks, seeded
from sqlalchemy.exc import DBAPIError, IntegrityError
from zongji.pipeline.bulk import duplicates
from zongji.pipeline.bulk.duplicates import mark_copies
from zongji.pipeline.bulk.likeness import SignedDocument
from zongji.pipeline.database.connection import connect

SHARDS = 4
_store = duplicates._store  # where the crossing is provoked


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with many writers."""
    for address in database_of(request.param, tmp_path):
        connect(address, create=True).dispose()
        yield address


def marked_while(database: str, happens: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> list[DBAPIError]:
    """Mark copies while something happens before the first marks are written; returns what failed on the way."""
    failed: list[DBAPIError] = []
    threads: list[Thread] = []

    def store(*arguments: Any) -> None:  # noqa: ANN401
        if not threads:
            threads.append(Thread(target=happens))
            threads[0].start()
            threads[0].join(1)  # it waits for what is written here, or it is done
        try:
            _store(*arguments)
        except DBAPIError as error:
            failed.append(error)
            raise

    with monkeypatch.context() as patch:
        patch.setattr(duplicates, "_store", store)
        engine = connect(database)
        mark_copies(engine)
        engine.dispose()
    threads[0].join()
    return failed


def several() -> list[SignedDocument]:
    return sorted(family(seeded(11), 12, 0.03))


def test_an_original_that_is_deleted_meanwhile_is_followed_by_none(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, *others = several()
    add(server, [original])
    engine = connect(server)
    mark_copies(engine)
    engine.dispose()
    add(server, others)
    failed = marked_while(server, lambda: drop(server, [original]), monkeypatch)
    assert [type(error) for error in failed] == [IntegrityError]
    assert marks(server) == expected(others)


def test_documents_that_are_deleted_while_they_are_marked_leave_no_mark(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = several()
    add(server, every)
    marked_while(server, lambda: drop(server, every[:2]), monkeypatch)
    engine = connect(server)
    mark_copies(engine)
    engine.dispose()
    assert marks(server) == expected(every[2:])


def test_four_that_mark_while_a_fifth_deletes_come_to_the_same_marks(server: str) -> None:
    every = sorted([*family(seeded(12), 60, 0.03), *family(seeded(13), 60, 0.1)])
    add(server, every)
    raised: list[Exception] = []

    def mark() -> None:
        engine = connect(server)
        try:
            mark_copies(engine)
        except Exception as error:  # of any kind
            raised.append(error)
        engine.dispose()

    threads = [Thread(target=mark) for _ in range(SHARDS)]
    for thread in threads:
        thread.start()
    for start in range(0, 30, 3):
        drop(server, every[start : start + 3])
    for thread in threads:
        thread.join()
    mark()
    assert raised == []
    assert marks(server) == expected(every[30:])
