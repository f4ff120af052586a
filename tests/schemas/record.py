"""Record the statements by which a state of the program makes its tables: `record.py NAME`, from its checkout.

    git worktree add ../old COMMIT && cd ../old && PYTHONPATH=.dev python …/tests/schemas/record.py COMMIT

(and an empty `.dev/zongji/__init__.py` where that state has none) writes `COMMIT.sqlite.sql`,
`COMMIT.postgresql.sql` and `COMMIT.mysql.sql` next to this script; `tests/test_upgrades.py`
takes every file that lies here, and fails while the present state is none of them: record it with each change of
columns, tables, indexes or views. One that was never published may be replaced.
The addresses of servers are those of `tests/conftest.py`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from zongji.pipeline.database.connection import connect

SEPARATOR = "\n;;\n"
SERVERS = {
    "postgresql": os.environ.get("ZONGJI_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1/postgres"),
    "mysql": os.environ.get("ZONGJI_TEST_MYSQL", "mysql://root@127.0.0.1/mysql"),
}
DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}


def statements(address: str) -> list[str]:
    """What is executed on a new database to make the tables, and the changes that are recorded in it."""
    made: list[str] = []

    def note(*said: Any) -> None:  # noqa: ANN401  # as SQLAlchemy hands it over
        statement = str(said[2]).strip()
        if statement.lower().startswith(("create", "comment")):
            made.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    engine = connect(address, create=True)
    event.remove(Engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        for row in connection.execute(text("select * from zongji_migrations order by version")):
            known = {"version": row.version, "name": row.name, "program": "old", "applied": "2026-01-01T00:00:00+00:00"}
            if getattr(row, "digest", None):  # the states before it was recorded have none
                known["digest"] = row.digest
            values = ", ".join(map(repr, known.values()))
            made.append(f"insert into zongji_migrations ({', '.join(known)}) values ({values})")  # noqa: S608  # of our own rows
    engine.dispose()
    return made


def main(name: str) -> None:
    """Write the files of a state."""
    folder = Path(__file__).parent
    with tempfile.TemporaryDirectory() as scratch:
        address = f"sqlite:///{scratch}/old.db"
        folder.joinpath(f"{name}.sqlite.sql").write_text(SEPARATOR.join(statements(address)) + "\n", encoding="utf-8")
    for kind, server in SERVERS.items():
        engine = create_engine(make_url(server).set(drivername=DRIVERS[kind]), isolation_level="AUTOCOMMIT")
        database = f"zongji_record_{os.getpid()}"
        with engine.connect() as connection:
            connection.exec_driver_sql(f"create database {database}")
            try:
                address = make_url(server).set(database=database).render_as_string(hide_password=False)
                said = SEPARATOR.join(statements(address))
            finally:
                connection.exec_driver_sql(f"drop database {database}")
        folder.joinpath(f"{name}.{kind}.sql").write_text(said + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
