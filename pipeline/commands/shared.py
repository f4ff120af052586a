"""What the commands around a database have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

NOTHING_DONE = 1

Database = Annotated[
    str,
    typer.Option(
        "--db", help="Address of the database: sqlite:///FILE, postgresql://…, mysql://… or mariadb://…", metavar="URL"
    ),
]


def complain(subject: str, reason: str) -> None:
    """A line on standard error."""
    typer.echo(f"zongji: {subject}: {reason}", err=True)


@contextmanager
def failing_softly() -> Iterator[None]:
    """Turns an error that a user can do something about into a message and exit code 1."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415
    from zongji.pipeline.database.errors import DatabaseError  # noqa: PLC0415
    from zongji.pipeline.extras import MissingExtraError  # noqa: PLC0415

    try:
        yield
    except (DatabaseError, MissingExtraError) as error:
        complain("error", str(error))
        raise typer.Exit(NOTHING_DONE) from None
    except DBAPIError as error:
        complain("the database failed", str(error.orig).splitlines()[0])
        raise typer.Exit(NOTHING_DONE) from None
    except OSError as error:
        complain(error.filename or "error", error.strerror or str(error))
        raise typer.Exit(NOTHING_DONE) from None


def login() -> str:
    """The name of whoever is logged in."""
    import getpass  # noqa: PLC0415

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


__all__ = ["NOTHING_DONE", "Database", "complain", "failing_softly", "login"]
