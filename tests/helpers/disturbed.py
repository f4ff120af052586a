"""The command line, disturbed at one moment of an import: killed, stopped, cut off from its database, out of disk.

    ZONGJI_DISTURBANCE='{"phase": "writing", "statement": 3, "delay": 0, "deed": "kill", "told": "told"}' \
        python tests/helpers/disturbed.py import FOLDER --db …

The moment is so many statements after a phase began, or `delay` seconds behind that: in the middle of a statement, a
commit, a file that is read. A phase that does not come leaves the import undisturbed, and no file `told` behind.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VARIABLE = "ZONGJI_DISTURBANCE"
PHASES = {
    "start": ("zongji.pipeline.bulk.job", "connect"),
    "planning": ("zongji.pipeline.bulk.importer", "plan"),
    "noting": ("zongji.pipeline.bulk.ledger", "enlist"),
    "writing": ("zongji.pipeline.bulk.ledger", "record"),
    "marking": ("zongji.pipeline.bulk.job", "mark_copies"),
    "finishing": ("zongji.pipeline.bulk.ledger", "finish"),
}
"""The phases of an import in their order, each with the function that begins it."""


@dataclass(slots=True)
class Disturbance:
    """A deed at a moment."""

    phase: str
    statement: int
    """After so many statements of the phase, from 0."""
    delay: float
    """Seconds after that."""
    deed: str
    """One of `DEEDS`."""
    told: str
    """The file that is made when the moment has come."""
    begun: bool = False
    seen: int = 0
    done: bool = False
    busy: threading.Lock = field(default_factory=threading.Lock)

    def installed(self) -> None:
        """Watch the phase and the statements of this process."""
        from sqlalchemy import Engine, event  # noqa: PLC0415

        module_name, name = PHASES[self.phase]
        module = importlib.import_module(module_name)
        function = getattr(module, name)

        def begins(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            self.begun = True
            return function(*arguments, **named)

        setattr(module, name, begins)
        event.listen(Engine, "before_cursor_execute", self._statement)

    def _statement(self, connection: Any, *_: object) -> None:  # noqa: ANN401
        if not self.begun or self.done:
            return
        self.seen += 1
        if self.seen <= self.statement:
            return
        self.done = True
        if self.delay:
            timer = threading.Timer(self.delay, self._disturb, [connection])
            timer.daemon = True  # an import that has ended by then is not disturbed
            timer.start()
        else:
            self._disturb(connection)

    def _disturb(self, connection: Any) -> None:  # noqa: ANN401
        Path(self.told).touch()
        DEEDS[self.deed](connection)


def _kill(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stop(_: object) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _cut(connection: Any) -> None:  # noqa: ANN401
    """The server ends the connection, as it does when it is restarted; a file database has none."""
    from sqlalchemy import create_engine, text  # noqa: PLC0415

    own, ending = {
        "postgresql": ("select pg_backend_pid()", "select pg_terminate_backend(:number)"),
        "mysql": ("select connection_id()", "kill connection :number"),
    }[connection.dialect.name]
    cursor = connection.connection.cursor()
    cursor.execute(own)
    ((number,),) = cursor.fetchall()
    cursor.close()
    other = create_engine(connection.engine.url, isolation_level="AUTOCOMMIT")
    with other.connect() as second:
        second.execute(text(ending), {"number": number})
    other.dispose()


def _fill(connection: Any) -> None:  # noqa: ANN401
    """The database file may not grow by a page any more."""
    cursor = connection.connection.cursor()
    cursor.execute("pragma page_count")
    ((pages,),) = cursor.fetchall()
    cursor.execute(f"pragma max_page_count = {pages + 1}")
    cursor.close()


def _full(_: object) -> None:
    """No file of this process may grow beyond 64 KiB: the system refuses what SQLite writes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


DEEDS: dict[str, Callable[[Any], None]] = {"kill": _kill, "stop": _stop, "cut": _cut, "fill": _fill, "full": _full}

if __name__ == "__main__":
    from zongji.cli import app

    Disturbance(**json.loads(os.environ[VARIABLE])).installed()
    app(prog_name="zongji", args=sys.argv[1:])
