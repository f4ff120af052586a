"""The word lists as typed rows, and the words that a user adds to them.

A list is a TSV file in `corpus/lexicons/`: `#` starts a comment line, the first other line names the columns, which are
the fields of a dataclass. Words are in simplified characters and half-width digits, like restored text.

A user's list has the columns `kind word says`: a `unit` or a `noun` says a category of figures, a `heading` a class of
sections, `rejected` the reason why the number in it is rejected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from zongji.corpus.labels import Category, Reason, SectionLabel

Row = TypeVar("Row")


class LexiconError(ValueError):
    """A list that cannot be read; the message names file and line."""


class UserKind(StrEnum):
    """What a user's word is."""

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


# The list that a user's words go to, what they may say, and the cells behind that.
_TARGETS: dict[UserKind, tuple[str, type[StrEnum], tuple[str, ...]]] = {
    UserKind.UNIT: ("units", Category, ("",)),
    UserKind.NOUN: ("nouns", Category, ()),
    UserKind.HEADING: ("headings", SectionLabel, ("9",)),  # as strong as the surest of our own
    UserKind.REJECTED: ("idioms", Reason, ()),
}
_added: dict[str, dict[str, str]] = {}  # by list and word the user's row, as a line of that list


@cache
def load(name: str, row_type: type[Row]) -> tuple[Row, ...]:
    """The rows of `lexicons/<name>.tsv`, read once a process; a user's words follow ours, or replace them.

    Raises:
        LexiconError: naming the file and line of the first row that does not fit `row_type`.
    """
    text = files("zongji.corpus").joinpath("lexicons", f"{name}.tsv").read_text(encoding="utf-8")
    own, added = rows(text, row_type, source=f"{name}.tsv"), _added.get(name, {})
    if not added:
        return tuple(own)
    columns = [field.name for field in fields(row_type)]  # type: ignore[arg-type]  # every row type is a dataclass
    users = "\n".join(["\t".join(columns), *added.values()])
    kept = [row for row in own if getattr(row, columns[0]) not in added]
    return (*kept, *rows(users, row_type, source=f"words added to {name}.tsv"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, which are its first column."""
    text = files("zongji.corpus").joinpath("lexicons", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(line.partition("\t")[0] for line in lines[1:])


def add_words(path: Path | str) -> int:
    """Add a user's list of words to ours, for the rest of the process; returns how many words it has.

    It is a TSV file with the columns `kind`, `word` and `says`. Adding a list twice does no harm.

    Raises:
        LexiconError: naming file and line of what cannot be read, or if a text was read before without these words.
        OSError: if the file cannot be read.
    """
    found: dict[tuple[str, str], str] = {}
    for number, row in _numbered(Path(path).read_text(encoding="utf-8-sig"), UserRow, str(path)):
        name, values, more = _TARGETS[row.kind]
        if not row.word or row.says not in set(values):
            message = (
                f"{path}, line {number}: a word of kind {row.kind} says one of {', '.join(values)}, not {row.says!r}"
            )
            raise LexiconError(message)
        found[name, row.word] = "\t".join((row.word, row.says, *more))
    new = {(name, word): line for (name, word), line in found.items() if _added.get(name, {}).get(word) != line}
    if new and load.cache_info().currsize:
        message = f"{path}: words can only be added before the first text is read"
        raise LexiconError(message)
    for (name, word), line in new.items():
        _added.setdefault(name, {})[word] = line
    return len(found)


def rows(text: str, row_type: type[Row], *, source: str) -> Iterator[Row]:
    """The rows of a list's text; `source` names the file in errors.

    A field of type `tuple[str, ...]` takes words separated by `|`, a `bool` takes `yes` or nothing.

    Raises:
        LexiconError: naming the line of the first row that does not fit `row_type`.
    """
    return (row for _, row in _numbered(text, row_type, source))


def _numbered(text: str, row_type: type[Row], source: str) -> Iterator[tuple[int, Row]]:
    """The rows with their line numbers."""
    hints = get_type_hints(row_type)
    columns = [field.name for field in fields(row_type)]  # type: ignore[arg-type]  # every row type is a dataclass
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if header != columns:
                message = f"{source}, line {number}: the columns are {header}, not {columns}"
                raise LexiconError(message)
            continue
        cells += [""] * (len(columns) - len(cells))
        if len(cells) != len(columns):
            message = f"{source}, line {number}: {len(cells)} cells for {len(columns)} columns"
            raise LexiconError(message)
        try:
            values = [_value(cell, hints[column]) for cell, column in zip(cells, columns, strict=True)]
        except ValueError as error:
            message = f"{source}, line {number}: {error}"
            raise LexiconError(message) from None
        yield number, row_type(*values)


def _value(cell: str, hint: Any) -> Any:  # noqa: ANN401  # the type is what `hint` says
    if hint is bool:
        if cell not in {"", "yes"}:
            message = f"{cell!r} is neither 'yes' nor empty"
            raise ValueError(message)
        return cell == "yes"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(cell)
    if hint == tuple[str, ...]:
        return tuple(word for word in cell.split("|") if word)
    if hint is int:
        return int(cell)
    return cell
