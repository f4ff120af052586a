"""The rows of a site's dump: the values between the parentheses of an SQL `INSERT`, or of an object of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SQL_TOKEN = re.compile(
    r"(?P<text>'(?:[^'\\]|\\.|'')*+(?:'|\Z)|\"(?:[^\"\\]|\\.|\"\")*+(?:\"|\Z))"
    r"|--[^\n]*+|/\*(?:[^*]|\*(?!/))*+|`?(?P<word>[^\W\d]\w*+)`?|(?P<sign>[(),;])",
    re.DOTALL,
)
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|(?P<sign>[{}\[\]:,])', re.DOTALL)


class Value(NamedTuple):
    """A text of a row: its column, empty where it is not known, and its place in the source without the quotes."""

    column: str
    start: int
    end: int


def sql_rows(source: str) -> Iterator[list[Value]]:
    """The texts of each row that is inserted, in their order."""
    columns: list[str] = []
    row: list[Value] = []
    depth = place = 0
    in_values = False
    for token in _SQL_TOKEN.finditer(source):
        text, word, sign = token.group("text", "word", "sign")
        if sign == "(":
            depth += 1
            if depth == 1:
                row, place = [], 0
                columns = columns if in_values else []
        elif sign == ")":
            depth = max(0, depth - 1)
            if in_values and not depth:
                yield row
        elif sign == ",":
            place += depth == 1
        elif sign == ";":
            in_values, depth = False, 0
        elif text and in_values and depth:
            column = columns[place] if place < len(columns) else ""
            row.append(Value(column, *_inside(token)))
        elif word and not in_values:
            name = word.lower()
            in_values = name == "values"
            depth = 0 if in_values else depth
            if name == "insert":
                columns = []
            elif depth:
                columns.append(name)
    if in_values and depth:
        yield row  # cut off


def json_rows(source: str) -> Iterator[list[Value]]:
    """The texts of each object, those of the objects inside it apart."""
    rows: list[list[Value]] = []
    text: re.Match[str] | None = None
    column = ""
    for token in _JSON_TOKEN.finditer(source):
        sign = token["sign"]
        if sign is None:
            text = token
            continue
        if sign == ":":
            column, text = source[text.start() + 1 : text.end() - 1].lower() if text else "", None
            continue
        if text is not None and rows:
            rows[-1].append(Value(column, *_inside(text)))
        text = None
        if sign == "{":
            rows.append([])
        elif sign == "}" and rows:
            yield rows.pop()
    if text is not None and rows:
        rows[-1].append(Value(column, *_inside(text)))
    yield from reversed(rows)  # cut off


def _inside(quoted: re.Match[str]) -> tuple[int, int]:
    """The place of a text without its quotes; a dump that is cut off lacks the last one."""
    return quoted.start() + 1, quoted.end() - quoted[0].endswith(quoted[0][0], 1)
