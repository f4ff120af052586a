"""Tables saved as text (CSV, TSV; RFC 4180): cells parted by tabs, each of which leads back to its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from zongji.corpus.alignment import Aligned, Edit
from zongji.pipeline.sources.grid import LATIN_END
from zongji.pipeline.sources.reading import Readable

EXTENSIONS = (".csv", ".tsv", ".tab", ".psv")

_SEPARATORS = ",\t;|，；"
_SAMPLE_ROWS = 50
_SHARE = 0.5  # of the sampled rows that have as many cells; by hand
_REWRITTEN = re.compile(r'""|[ \t]*+[\r\n]++[ \t]*+|\t')


def read_separated(source: str) -> Readable:
    """The table with tabs between its cells and without quotation marks; other text as it stands. Never raises."""
    separator = _separator(source)
    if separator is None:
        return Readable(Aligned.of(source))
    return Readable(Aligned.of(source).apply(list(_edits(source, separator))))


def _separator(source: str) -> str | None:
    """The sign that cuts most rows into the same number of cells, at least two; None if none does."""
    best, most = None, _SHARE
    for separator in _SEPARATORS:
        widths = Counter(islice(_widths(source, separator), _SAMPLE_ROWS))
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        share = rows / max(1, widths.total())
        if width > 1 and share > most:
            best, most = separator, share
    return best


def _widths(source: str, separator: str) -> Iterator[int]:
    """The number of cells of each row that is not empty."""
    width, filled = 1, False
    for cell in _cells(source, separator):
        filled = filled or cell.start() < cell.end("cell")
        if cell["end"] == separator:
            width += 1
            continue
        if filled or width > 1:
            yield width
        width, filled = 1, False


@cache
def _cell(separator: str) -> re.Pattern[str]:
    """A cell and what ends it: the separator, a line end, or nothing at the end of the text."""
    sign = re.escape(separator)
    return re.compile(
        rf'(?P<cell>[ ]*+"(?P<quoted>(?:[^"]|"")*+)"[ ]*+(?=[{sign}\r\n]|\Z)|[^{sign}\r\n]*+)'
        rf"(?P<end>[{sign}]|\r\n|[\r\n]|\Z)"
    )


def _cells(source: str, separator: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(source) and (match := _cell(separator).match(source, position)):
        yield match
        position = match.end()


def _edits(source: str, separator: str) -> Iterator[Edit]:
    for cell in _cells(source, separator):
        if cell["quoted"] is not None:
            start, end = cell.span("quoted")
            yield Edit(cell.start(), start, "")
            yield from _inside(source, start, end)
            yield Edit(end, cell.end("cell"), "")
        if cell["end"] == separator and separator != "\t":
            yield Edit(cell.end("cell"), cell.end(), "\t")


def _inside(source: str, start: int, end: int) -> Iterator[Edit]:
    """What a quoted cell writes otherwise than it reads: doubled quotation marks, line ends and tabs."""
    for match in _REWRITTEN.finditer(source, start, end):
        if match[0] == '""':
            yield Edit(match.start(), match.end(), '"')
        else:
            latin = LATIN_END.search(source[max(start, match.start() - 1) : match.start()])
            yield Edit(*match.span(), " " if latin and match.end() < end else "")
