"""What commands have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from zongji.models.engines import Engine

NOTHING_DONE = 1

Database = Annotated[
    str,
    typer.Option(
        "--db", help="Address of the database: sqlite:///FILE, postgresql://…, mysql://… or mariadb://…", metavar="URL"
    ),
]
EngineName = Annotated[
    str, typer.Option("--engine", help="Who decides what words leave open: linear (learned) or rules.", metavar="NAME")
]
Models = Annotated[
    Path | None, typer.Option(help="Use the models that zongji train wrote to this folder.", metavar="FOLDER")
]
Lexicon = Annotated[
    list[Path] | None,
    typer.Option(help="Words of your own: TSV with the columns kind, word, says; may be repeated.", metavar="FILE"),
]


def complain(subject: str, reason: str) -> None:
    """A line on standard error."""
    typer.echo(f"zongji: {subject}: {reason}", err=True)


def give_up(subject: str, reason: str) -> NoReturn:
    """Ends a command that can do nothing, its reason told."""
    complain(subject, reason)
    raise typer.Exit(NOTHING_DONE)


def engine_of(name: str, models: Path | None, lexicon: list[Path] | None) -> Engine:
    """The engine that a command line asks for; the user's words are added in this process."""
    from zongji.corpus.lexicon import LexiconError, add_words  # noqa: PLC0415
    from zongji.models.engines import ENGINES, linear  # noqa: PLC0415
    from zongji.models.store import ArtefactError  # noqa: PLC0415

    if name not in ENGINES:
        message = f"{name!r} is no engine; there are {', '.join(ENGINES)}"
        raise typer.BadParameter(message)
    try:
        for path in lexicon or ():
            add_words(path)
        return linear(models) if models is not None else ENGINES[name]()
    except LexiconError as error:
        give_up("--lexicon", str(error))
    except OSError as error:
        give_up(str(error.filename), f"cannot be read: {error.strerror}")
    except ArtefactError as error:
        give_up("models", str(error))


@contextmanager
def failing_softly() -> Iterator[None]:
    """Turns an error that a user can do something about into a message and exit code 1."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415
    from zongji.corpus.extras import MissingExtraError  # noqa: PLC0415
    from zongji.pipeline.database.errors import DatabaseError  # noqa: PLC0415

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
