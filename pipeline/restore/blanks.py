"""Blanks: other kinds of them to plain ones, doubled ones to one, spaced-out titles (`工 作 总 结`) closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zongji.corpus.alignment import Edit

_BLANK = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
_RUN = re.compile(
    rf"(?P<spaced>(?<!\S)[㐀-鿿](?:[ {_BLANK}]+[㐀-鿿]){{3,}}(?!\S))"
    rf"|(?P<other>[{_BLANK}])|(?P<doubled>(?<=\S)  +(?=\S))"
)
_CELL_GAP = re.compile(r"\S  +(?=\S)")


def edits(text: str) -> Sequence[Edit]:
    """Edits for the blanks of a text; a row of a table keeps the doubled blanks that part its cells."""
    return list(_edits(text))


def _edits(text: str) -> Iterator[Edit]:
    for match in _RUN.finditer(text):
        start, end = match.span()
        if match["spaced"]:
            yield from (Edit(at, at + 1, "") for at in range(start, end) if not "㐀" <= text[at] <= "鿿")
        elif match["other"]:
            yield Edit(start, end, " ")
        elif not _is_table_row(text, start):
            yield Edit(start + 1, end, "")


def _is_table_row(text: str, offset: int) -> bool:
    """True where the line holds two gaps or more and no sentence."""
    line = text[text.rfind("\n", max(0, offset - 200), offset) + 1 : offset + 200].partition("\n")[0]
    return len(line) <= 120 and "。" not in line and len(_CELL_GAP.findall(line)) >= 2
