"""SQLite: files for their owner only, writing ahead, and reading what cannot be written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, Connection
from zongji.pipeline.database.address import file_of
from zongji.pipeline.database.errors import DatabaseError
from zongji.pipeline.database.waiting import saying_if_waiting

_PRAGMAS = (
    "journal_mode = wal",  # readers do not wait for the writer
    "synchronous = full",  # what is committed outlives a power cut
    "wal_autocheckpoint = 16000",  # pages, 64 MiB: an index's pages change often and are written back seldom
)
_READING = ("foreign_keys = on", "cache_size = -65536")  # KiB


def prepared(url: URL, *, create: bool) -> URL:
    """The address to open, for reading only where writing is impossible. A new file is made for its owner only.

    Raises:
        DatabaseError: if there is no file, or none that can be written although we are to `create` it.
    """
    path = file_of(url)
    if path is None:
        message = "a database in memory is lost when the program ends; name a file: sqlite:///zongji.db"
        raise DatabaseError(message)
    if not Path(path).exists():
        if not create:
            message = f"{path}: no such database; zongji import creates one"
            raise DatabaseError(message)
        _make(path)
    if _is_writable(path) or "mode" in url.query:
        return url
    if create:
        message = f"{path}: the file or its folder cannot be written"
        raise DatabaseError(message)
    return _for_reading(url, path)


def listen(engine: Engine) -> None:
    """WAL, foreign keys, and explicit transactions.

    A writer takes the lock at once (BEGIN IMMEDIATE): two that read first and write later could only give up.
    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html, https://www.sqlite.org/wal.html
    """
    pragmas = _READING if engine.url.query.get("mode") == "ro" else _PRAGMAS + _READING
    path = str(file_of(engine.url))

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's own type
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"pragma foreign_keys = {'on' if options.get('references', True) else 'off'}")
        with saying_if_waiting(path):
            connection.exec_driver_sql("begin immediate" if options.get("writing", False) else "begin")


def _make(path: str) -> None:
    """An empty file that only its owner can read, whatever the umask; SQLite's other files get the same mode."""
    real = os.path.realpath(path)
    try:
        os.close(os.open(real, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        Path(real).chmod(0o600)  # a umask may have taken the owner's rights
    except FileExistsError:
        return  # another program made it meanwhile
    except OSError as error:
        message = f"{path}: cannot be created: {error.strerror}"
        raise DatabaseError(message) from None


def _is_writable(path: str) -> bool:
    """False on a read-only mount for root, too."""
    return os.access(path, os.W_OK) and os.access(Path(path).absolute().parent, os.W_OK)


def _for_reading(url: URL, path: str) -> URL:
    """The address for reading only.

    SQLite cannot read a database in WAL mode without its -shm file, which it cannot make here. Where no transactions
    wait in a -wal file, none is needed for a file of which we say that it does not change.
    https://www.sqlite.org/wal.html#readonly
    """
    wal, shm = Path(path + "-wal"), Path(path + "-shm")
    in_use = wal.exists() and (wal.stat().st_size > 0 or shm.exists())
    query = {"mode": "ro", "uri": "true"} | ({} if in_use else {"immutable": "1"})
    return url.set(database=Path(path).absolute().as_uri()).update_query_dict(query)
