"""SQLite: files for their owner only, writing ahead, and reading what cannot be written."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import OperationalError
from zongji.pipeline.database.address import file_of
from zongji.pipeline.database.errors import DatabaseError
from zongji.pipeline.database.failures import Failure, failure_of
from zongji.pipeline.database.transactions import patience_of
from zongji.pipeline.database.waiting import saying_if_waiting

_PRAGMAS = (
    "journal_mode = wal",  # readers do not wait for the writer
    "synchronous = full",  # what is committed outlives a power cut
    "wal_autocheckpoint = 16000",  # pages, 64 MiB: an index's pages change often and are written back seldom
)
_BUSY = 500  # milliseconds of a wait without looking whether to stop
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
    identity = _Identity(path)

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's own type
        connection.isolation_level = None
        with saying_if_waiting(path):
            for pragma in pragmas:
                connection.execute(f"pragma {pragma}")
        identity.check()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"pragma foreign_keys = {'on' if options.get('references', True) else 'off'}")
        if not options.get("writing", False):
            connection.exec_driver_sql("begin")
            return
        identity.check()
        with saying_if_waiting(path):
            _begin_to_write(connection)

    @event.listens_for(engine, "commit")
    def _commit(_: Connection) -> None:
        identity.check()


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


class _Identity:
    """The file of an SQLite database; what is written to one that was deleted or replaced is lost."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seen: tuple[int, int] | None = None

    def check(self) -> None:
        """Compare the file with the one that was opened.

        Raises:
            DatabaseError: if it is gone or another.
        """
        found = self._found()
        if self.seen is None:
            self.seen = found
        if found != self.seen:
            happened = "replaced" if found else "deleted"
            message = f"{self.path}: the file was {happened} while it was written to; import again what it should hold"
            raise DatabaseError(message)

    def _found(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)  # it may be an address of the form file:
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _begin_to_write(connection: Connection) -> None:
    """Wait for other writers as long as the connection is set to, in portions: SQLite's own wait hears of no signal."""
    patience = patience_of(connection.engine)
    most = int(connection.exec_driver_sql("pragma busy_timeout").scalar_one())  # milliseconds
    end = monotonic() + most / 1000
    connection.exec_driver_sql(f"pragma busy_timeout = {min(_BUSY, most)}")
    try:
        while True:
            try:
                connection.exec_driver_sql("begin immediate")
            except OperationalError as error:
                if failure_of(error) is not Failure.BUSY or monotonic() > end or patience.stopping():
                    raise
            else:
                return
    finally:
        connection.exec_driver_sql(f"pragma busy_timeout = {most}")
