"""Blanks: other kinds of them to plain ones, doubled ones to one, spaced-out titles (`工 作 总 结`) closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zongji.corpus.alignment import Edit

_BLANKS = re.compile("[ \u00a0\u2002\u2003\u2007\u2009\u202f\u3000]+")
_SPACED = re.compile(rf"(?<!\S)[㐀-鿿](?:{_BLANKS.pattern}[㐀-鿿]){{3,}}(?!\S)")
_CELL_GAP = re.compile(r"\S  +(?=\S)")


def edits(text: str) -> Sequence[Edit]:
    """Edits for the blanks of a text; a table row keeps the double blanks between its cells."""
    return list(_edits(text))


def _edits(text: str) -> Iterator[Edit]:
    done = 0
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        spaced = _SPACED.match(text, start - 1) if start > done else None
        if spaced:
            yield from (Edit(*blanks.span(), "") for blanks in _BLANKS.finditer(text, *spaced.span()))
            done = spaced.end()
        elif start < done:
            continue
        elif not match[0].isascii():
            yield Edit(start, end, " " * len(match[0]))
        elif len(match[0]) > 1 and _is_inside(text, start, end) and not _is_table_row(text, start):
            yield Edit(start + 1, end, "")


def _is_inside(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and not text[start - 1].isspace() and not text[end].isspace()


def _is_table_row(text: str, offset: int) -> bool:
    """True if the line has two or more gaps and no sentence."""
    line = text[text.rfind("\n", max(0, offset - 200), offset) + 1 : offset + 200].partition("\n")[0]
    return len(line) <= 120 and "。" not in line and len(_CELL_GAP.findall(line)) >= 2
