"""The word lists as typed rows, and users' additions to them.

A list is a TSV file in `corpus/lexicons/`: `#` starts a comment line, the first other line names the columns, which are
the fields of a dataclass. Words are in simplified characters and half-width digits, like restored text. A comment that
starts with `#:` states the source of the rows below it, or the reason for them, up to the next one.

A user's list has the columns `kind word says`: a `unit` or a `noun` says a category of figures, a `heading` a class of
sections, `rejected` the reason why the number in it is rejected.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from zongji.corpus.labels import Category, Reason, SectionLabel

Row = TypeVar("Row")
SOURCE_MARK = "#:"


class LexiconError(ValueError):
    """An unreadable list; the message names file and line."""


class UserKind(StrEnum):
    """The kind of a user's word."""

    UNIT = "unit"
    NOUN = "noun"
    HEADING = "heading"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class UserRow:
    """A row of a user's list."""

    kind: UserKind
    word: str
    says: str


@dataclass(frozen=True, slots=True)
class SourcedWord:
    """The first cell of a row of a list, its line number, and its source."""

    line: int
    word: str
    source: str


# The list to which a user's words are added, what they may say, and the remaining cells.
_TARGETS: dict[UserKind, tuple[str, type[StrEnum], tuple[str, ...]]] = {
    UserKind.UNIT: ("units", Category, ("",)),
    UserKind.NOUN: ("nouns", Category, ()),
    UserKind.HEADING: ("headings", SectionLabel, ("9",)),  # as strong as the strongest of the bundled words
    UserKind.REJECTED: ("idioms", Reason, ()),
}
_added: dict[str, dict[str, str]] = {}  # by list and word the user's row, as a line of that list


@cache
def load(name: str, row_type: type[Row]) -> tuple[Row, ...]:
    """The rows of `lexicons/<name>.tsv`, read once per process; a user's words follow or replace the bundled ones.

    Raises:
        LexiconError: naming the file and line of the first row that does not fit `row_type`.
    """
    own, added = rows(text_of(name), row_type, file=f"{name}.tsv"), _added.get(name, {})
    if not added:
        return tuple(own)
    columns = [field.name for field in fields(row_type)]  # type: ignore[arg-type]  # every row type is a dataclass
    users = "\n".join(["\t".join(columns), *added.values()])
    kept = [row for row in own if getattr(row, columns[0]) not in added]
    return (*kept, *rows(users, row_type, file=f"words added to {name}.tsv"))


def is_added(name: str, word: str) -> bool:
    """True for a word that a user added to `lexicons/<name>.tsv`, or replaced there."""
    return word in _added.get(name, {})


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list: its first column."""
    return frozenset(line.partition("\t")[0].strip() for _, line in _below_header(text_of(name)))


def text_of(name: str) -> str:
    """The text of `lexicons/<name>.tsv`."""
    return _folder().joinpath(f"{name}.tsv").read_text(encoding="utf-8")


def names() -> tuple[str, ...]:
    """The names of all lists, sorted."""
    return tuple(sorted(file.name.removesuffix(".tsv") for file in _folder().iterdir() if file.name.endswith(".tsv")))


def sourced_words(name: str) -> tuple[SourcedWord, ...]:
    """The words of `lexicons/<name>.tsv` with their sources.

    Raises:
        LexiconError: naming file and line of the first row that has no source.
    """
    return tuple(sourced(text_of(name), file=f"{name}.tsv"))


def sourced(text: str, *, file: str) -> Iterator[SourcedWord]:
    """The words of a list's text with their sources; `file` names the file in errors.

    Raises:
        LexiconError: naming the line of the first row that has no source.
    """
    lines = text.splitlines()
    above = 0
    source = ""
    for number, line in _below_header(text):
        stated = [said for said in lines[above : number - 1] if said.startswith(SOURCE_MARK)]
        source = stated[-1].removeprefix(SOURCE_MARK).strip() if stated else source
        if not source:
            message = f"{file}, line {number}: no line {SOURCE_MARK!r} above says where this row comes from"
            raise LexiconError(message)
        above = number
        yield SourcedWord(number, line.partition("\t")[0].strip(), source)


def _folder() -> Traversable:
    return files("zongji.corpus").joinpath("lexicons")


def _below_header(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a list's rows with their numbers."""
    return islice(_written(text), 1, None)


def _written(text: str) -> Iterator[tuple[int, str]]:
    """The header and the rows of a list, with their line numbers: all lines other than comments and empty ones."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def add_words(path: Path | str) -> int:
    """Add a user's list of words to the bundled ones, for the rest of the process; returns the number of its words.

    It is a TSV file with the columns `kind`, `word` and `says`. Adding a list twice does no harm.

    Raises:
        LexiconError: naming file and line of an unreadable row, or if a text was already read without these words.
        OSError: if the file cannot be read.
    """
    found: dict[tuple[str, str], str] = {}
    lines: dict[tuple[str, str], int] = {}
    for number, row in _numbered(_decoded(Path(path)), UserRow, str(path)):
        name, values, more = _TARGETS[row.kind]
        if fault := _fault(row, values):
            message = f"{path}, line {number}: {fault}"
            raise LexiconError(message)
        line = "\t".join((row.word, row.says, *more))
        first = lines.setdefault((name, row.word), number)
        if found.setdefault((name, row.word), line) != line:
            message = f"{path}, lines {first} and {number}: {row.word!r} of kind {row.kind} says two different things"
            raise LexiconError(message)
    if not found:
        message = f"{path}: it holds no words; it needs a row of kind, word, says below the header"
        raise LexiconError(message)
    new = {(name, word): line for (name, word), line in found.items() if _added.get(name, {}).get(word) != line}
    if new and load.cache_info().currsize:
        message = f"{path}: words can only be added before the first text is read"
        raise LexiconError(message)
    for (name, word), line in new.items():
        _added.setdefault(name, {})[word] = line
    return len(found)


def _decoded(path: Path) -> str:
    """The text of a user's list: UTF-8, UTF-16 with a byte-order mark, or GB18030, as spreadsheets write it."""
    data = path.read_bytes()
    is_utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    message = f"{path}: it is not text in UTF-8, GB18030 or UTF-16; save it as UTF-8 text with tabs"
    raise LexiconError(message)


def _fault(row: UserRow, values: type[StrEnum]) -> str | None:
    """What is wrong with a user's row, if anything."""
    if not row.word:
        return "the word is missing"
    if row.says not in set(values):
        return f"a word of kind {row.kind} says one of {', '.join(values)}, not {row.says!r}"
    return None


def rows(text: str, row_type: type[Row], *, file: str) -> Iterator[Row]:
    """The rows of a list's text; `file` names the file in errors.

    A field of type `tuple[str, ...]` takes words separated by `|`, a `bool` takes `yes` or nothing.

    Raises:
        LexiconError: naming the line of the first row that does not fit `row_type`.
    """
    return (row for _, row in _numbered(text, row_type, file))


def _numbered(text: str, row_type: type[Row], file: str) -> Iterator[tuple[int, Row]]:
    """The rows with their line numbers."""
    hints = get_type_hints(row_type)
    columns = [field.name for field in fields(row_type)]  # type: ignore[arg-type]  # every row type is a dataclass
    header: list[str] | None = None
    for number, line in _written(text):
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if header != columns:
                message = f"{file}, line {number}: the columns are {header}, not {columns}"
                raise LexiconError(message)
            continue
        cells += [""] * (len(columns) - len(cells))
        if len(cells) != len(columns):
            message = f"{file}, line {number}: {len(cells)} cells for {len(columns)} columns"
            raise LexiconError(message)
        try:
            values = [_value(cell, hints[column]) for cell, column in zip(cells, columns, strict=True)]
        except ValueError as error:
            message = f"{file}, line {number}: {error}"
            raise LexiconError(message) from None
        yield number, row_type(*values)


def _value(cell: str, hint: Any) -> Any:  # noqa: ANN401  # the type is what `hint` says
    if hint is bool:
        if cell not in {"", "yes"}:
            message = f"{cell!r} is neither 'yes' nor empty"
            raise ValueError(message)
        return cell == "yes"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if hint is UserKind and cell not in set(UserKind):
            message = f"unknown kind {cell!r}; known: {', '.join(UserKind)}"
            raise ValueError(message)
        return hint(cell)
    if hint == tuple[str, ...]:
        return tuple(word for word in cell.split("|") if word)
    if hint is int:
        return int(cell)
    return cell
