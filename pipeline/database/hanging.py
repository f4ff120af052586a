"""Servers that hang: their machine confirms what is sent, so that only an answer tells whether they live.

A transaction may take long, and no limit of seconds tells a slow server from a hung one. While one is under way, a
watchdog connects anew every few seconds; if nothing answers, it cuts the connections, and the transaction fails as if
the server had gone.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic
from typing import Any
from weakref import WeakSet

from sqlalchemy import Engine, event

_EVERY = 10.0  # seconds between two attempts to connect
CONNECTING = 10  # seconds that connecting to a server may take


class Watchdog:
    """The connections of an engine, and a way to open another."""

    def __init__(self, engine: Engine, connect: Callable[[], Any]) -> None:
        """Watch an engine's connections; `connect` makes one of the driver's, and fails within `CONNECTING` seconds."""
        self.open: WeakSet[Any] = WeakSet()
        self.connect = connect
        event.listen(engine, "connect", self._opened)

    @contextmanager
    def on_duty(self) -> Iterator[None]:
        """While the server does not answer, its connections are cut."""
        over = Event()
        Thread(target=self._watch, args=(over,), daemon=True).start()
        try:
            yield
        finally:
            over.set()

    def _opened(self, connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's own type
        if hasattr(connection, "_read_timeout"):
            connection._read_timeout = None  # noqa: SLF001  # PyMySQL's, which was needed for connecting only
        self.open.add(connection)

    def _watch(self, over: Event) -> None:
        while not over.wait(_EVERY):
            if not self._answers() and not over.is_set():
                for connection in list(self.open):
                    _cut(connection)

    def _answers(self) -> bool:
        """True if the server says anything in time, be it that it has no room."""
        begun = monotonic()
        try:
            self.connect().close()
        except Exception:  # of any driver
            return monotonic() - begun < CONNECTING - 1
        return True


def _cut(connection: Any) -> None:  # noqa: ANN401
    """End a connection under whoever waits for it."""
    with suppress(Exception):  # it is closed
        number = connection.fileno() if hasattr(connection, "fileno") else connection._sock.fileno()  # noqa: SLF001
        with socket.socket(fileno=os.dup(number)) as cut:
            cut.shutdown(socket.SHUT_RDWR)


@contextmanager
def watched(engine: Engine) -> Iterator[None]:
    """A server of this engine that hangs loses its connections, which ends what waits for them."""
    watchdog = engine.get_execution_options().get("watchdog")
    if isinstance(watchdog, Watchdog):
        with watchdog.on_duty():
            yield
    else:
        yield
