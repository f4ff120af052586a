"""What commands have in common: options that mean the same everywhere, the settings they make, messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from zongji.pipeline.reading.settings import Settings
    from zongji.pipeline.reading.walk import LeftOut
    from zongji.pipeline.sources import Limits

NOTHING_DONE = 1
WRONG_USAGE = 2
SOME_FAILED = 3
NO_FILE = "no file with a known extension (.txt .html .docx .pdf …); name a file to read it anyway"


def no_addresses(paths: list[str] | None) -> list[str] | None:
    """Refuse the address of a database among paths: it would be shown, and stored, with its password."""
    if paths and any("://" in path for path in paths):
        from zongji.pipeline.database.address import is_address  # noqa: PLC0415

        if any(map(is_address, paths)):
            misused("files and folders are expected, not the address of a database")
    return paths


Paths = Annotated[
    list[str],
    typer.Argument(help="Files and folders to read; - is standard input.", show_default=False, callback=no_addresses),
]
Database = Annotated[
    str,
    typer.Option(
        "--db",
        envvar="ZONGJI_DB",
        help="Address of the database: sqlite:///FILE, postgresql://…, mysql://… or mariadb://…",
        metavar="URL",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(help="Read all files in this encoding instead of auto-detecting it.", metavar="NAME"),
]
Limiting = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        help="Limits for each file: seconds (300), memory (4096 MiB), bytes (256 MiB), pages (5000), ocr_pages (200), "
        "members (20000), ratio (200), nesting (1); may be repeated.",
        metavar="NAME=NUMBER",
        show_default=False,
    ),
]
EngineName = Annotated[
    str,
    typer.Option("--engine", help="Which engine settles ambiguous cases: linear (learned) or rules.", metavar="NAME"),
]
Models = Annotated[
    Path | None, typer.Option(help="Use the models that zongji train wrote to this folder.", metavar="FOLDER")
]
Lexicon = Annotated[
    list[Path] | None,
    typer.Option(help="Words of your own: TSV with the columns kind, word, says; may be repeated.", metavar="FILE"),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace an existing output file of any kind, not only one like ours.")
]


def complain(subject: str, reason: str) -> None:
    """A message about a file or another subject."""
    say(f"zongji: {subject}: {reason}", err=True)


def say(line: str, *, err: bool = False) -> None:
    """A line on standard output or error; what a terminal would not show as it is, in names and texts, is escaped.

    Passwords of addresses, which may have been given where a path is expected, are masked.
    """
    from zongji.corpus.wording import visible  # noqa: PLC0415  # keeps --help fast

    typer.echo(visible(masked(line)), err=err)


def masked(message: str) -> str:
    """A message without the passwords of addresses."""
    if ":/" not in message and "=" not in message:
        return message
    from zongji.pipeline.database.address import masked as mask  # noqa: PLC0415  # keeps --help fast

    return mask(message)


def give_up(subject: str, reason: str) -> NoReturn:
    """End a command that can do nothing, with the reason."""
    complain(subject, reason)
    raise typer.Exit(NOTHING_DONE)


def misused(message: str) -> NoReturn:
    """End a command that was called wrongly."""
    raise typer.BadParameter(message)


def check_targets(targets: Sequence[tuple[Path, str]], inputs: Iterable[str], *, overwrite: bool) -> None:
    """End the command before anything is written if an output is an input or of a foreign kind."""
    from zongji.pipeline.sinks import targets as sink  # noqa: PLC0415

    with refusing_targets():
        sink.check_targets(targets, inputs, overwrite=overwrite)


@contextmanager
def refusing_targets() -> Iterator[None]:
    """End the command where a target must not be overwritten."""
    from zongji.pipeline.sinks.targets import TargetError  # noqa: PLC0415

    try:
        yield
    except TargetError as error:
        misused(str(error))


def check_file(option: str, path: Path) -> None:
    """End the command if an option that is to name a file, which is read more than once, names something else."""
    if not path.is_file():
        is_there = "it is a pipe or device; name a file" if path.exists() else "no such file"
        misused(f"{option} {path}: {'it is a folder' if path.is_dir() else is_there}")


def settings_of(
    *,
    encoding: str | None = None,
    limit: list[str] | None = None,
    engine: str | None = None,
    models: Path | None = None,
    lexicon: list[Path] | None = None,
) -> Settings:
    """The settings of a command line, validated: the user's words are added, the engine's models loaded."""
    from zongji.corpus.lexicon import LexiconError  # noqa: PLC0415  # keeps --help fast
    from zongji.models.store import MANIFEST, ArtefactError  # noqa: PLC0415
    from zongji.pipeline.reading.settings import DEFAULT_ENGINE, Settings  # noqa: PLC0415

    name = engine or DEFAULT_ENGINE
    lexicons = tuple(path.absolute() for path in lexicon or ())
    try:
        settings = Settings(encoding, _limits(limit or []), None, lexicons, name, models and models.absolute())
    except ValueError as error:
        misused(str(error))
    if models is not None and not models.joinpath(MANIFEST).is_file():
        misused(f"--models {models}: there is no {MANIFEST} in it; zongji train -o {models} writes models there")
    for path in lexicon or ():
        check_file("--lexicon", path)
    try:
        settings.add_words()
        if engine is not None:
            settings.chosen_engine()
    except LexiconError as error:
        misused(f"--lexicon {error}")
    except OSError as error:
        give_up(str(error.filename), f"cannot be read: {error.strerror}")
    except ArtefactError as error:
        give_up("--models" if models else "models", str(error))
    return settings


def _limits(given: list[str]) -> Limits:
    """The default limits, updated from `name=number` strings.

    Raises:
        ValueError: if a number is out of range.
    """
    from dataclasses import asdict, replace  # noqa: PLC0415

    from zongji.corpus.whole_numbers import whole_number  # noqa: PLC0415
    from zongji.pipeline.sources import LIMITS  # noqa: PLC0415

    known, changed = asdict(LIMITS), {}
    for text in given:
        name, sign, number = text.partition("=")
        if not sign:
            misused(f"--limit {text!r} is not NAME=NUMBER; known names: {', '.join(known)}")
        if name not in known:
            misused(f"unknown limit {name!r}; known: {', '.join(known)}")
        whole = whole_number(number)
        changed[name] = number if whole is None else whole
    return replace(LIMITS, **changed)  # type: ignore[arg-type]  # it refuses what is no number


def found_files(paths: list[str], left_out: LeftOut) -> list[str]:
    """The files to read; ends the command if there is none."""
    from zongji.pipeline.reading.walk import files_of  # noqa: PLC0415

    files = files_of(paths, left_out)
    if not files:
        say_left_out(left_out)
        give_up(", ".join(paths), NO_FILE)
    return files


def say_left_out(left_out: LeftOut) -> None:
    """Report what was left out of the folders, if anything."""
    line = left_out.line()
    if line is not None:
        say(f"zongji: {line}", err=True)


@contextmanager
def failing_softly() -> Iterator[None]:
    """Turn an error that users can act on into a message and exit code 1, or 2 for a wrong address."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415
    from zongji.corpus.extras import MissingExtraError  # noqa: PLC0415
    from zongji.pipeline.database.errors import AddressError, DatabaseError, reason_of  # noqa: PLC0415

    try:
        yield
    except AddressError as error:
        misused(str(error))
    except (DatabaseError, MissingExtraError) as error:
        complain("error", str(error))
        raise typer.Exit(NOTHING_DONE) from None
    except DBAPIError as error:
        complain("the database failed", reason_of(error))
        raise typer.Exit(NOTHING_DONE) from None
    except OSError as error:
        complain(error.filename or "error", error.strerror or str(error))
        raise typer.Exit(NOTHING_DONE) from None


def login() -> str:
    """The user's login name."""
    import getpass  # noqa: PLC0415

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
