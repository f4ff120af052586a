"""The word lists as typed rows.

A list is a TSV file in `corpus/lexicons/`: `#` opens a comment line, the first other line names the columns, and these
are the fields of a dataclass. Words stand in simplified characters and half-width digits, as restored text has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_type_hints

Row = TypeVar("Row")


class LexiconError(ValueError):
    """A list that cannot be read; the message names file and line."""


@cache
def load(name: str, row_type: type[Row]) -> tuple[Row, ...]:
    """The rows of `lexicons/<name>.tsv`, read once a process.

    Raises:
        LexiconError: naming the file and line of the first row that does not fit `row_type`.
    """
    text = files("zongji.corpus").joinpath("lexicons", f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(rows(text, row_type, place=f"{name}.tsv"))


def rows(text: str, row_type: type[Row], *, place: str) -> Iterator[Row]:
    """The rows of a list's text; `place` is what an error calls the file.

    A field of type `tuple[str, ...]` takes words parted by `|`, a `bool` takes `yes` or nothing.

    Raises:
        LexiconError: naming the line of the first row that does not fit `row_type`.
    """
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
                message = f"{place}, line {number}: the columns are {header}, not {columns}"
                raise LexiconError(message)
            continue
        cells += [""] * (len(columns) - len(cells))
        if len(cells) != len(columns):
            message = f"{place}, line {number}: {len(cells)} cells for {len(columns)} columns"
            raise LexiconError(message)
        try:
            values = [_value(cell, hints[column]) for cell, column in zip(cells, columns, strict=True)]
        except ValueError as error:
            message = f"{place}, line {number}: {error}"
            raise LexiconError(message) from None
        yield row_type(*values)


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
