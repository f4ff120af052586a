"""A damaged line as tokens: characters and signs, readings behind a character, broken readings, lost bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

LETTERS = r"a-zü\u00e0-\u01dc\u0144\u0148\u01f9ḿ\u0300-\u030c"


class Kind(Enum):
    """What a token is."""

    SIGN = auto()
    READING = auto()
    BROKEN = auto()
    LOST = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its place; `text` is the sign, or the reading without its parentheses."""

    kind: Kind
    start: int
    end: int
    text: str


_READING = rf"(?P<READING>\((?P<reading>[{LETTERS}]{{1,7}})\) ?)"
_BROKEN = rf"(?P<BROKEN>\?(?P<broken>[{LETTERS}]{{1,7}})\) ?)"
_TOKEN = re.compile(rf"{_READING}|{_BROKEN}|(?P<LOST>\?)|(?P<SIGN>.)", re.DOTALL)


def tokens(text: str, start: int, end: int, *, blank: bool) -> Iterator[Token]:
    """The tokens of a stretch of text; `blank` where the page puts one behind its readings."""
    position = start
    while position < end:
        match = _TOKEN.match(text, position, end)
        if match is None:
            return
        kind = Kind[match.lastgroup or "SIGN"]
        stop = match.end()
        if kind in {Kind.READING, Kind.BROKEN} and text[stop - 1] == " " and not blank:
            stop -= 1
        yield Token(kind, position, stop, match["reading"] or match["broken"] or match[0])
        position = stop
