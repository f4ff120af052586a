"""Page numbers on lines of their own, and the hard line breaks of text that was wrapped at a fixed width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zongji.corpus.alignment import Edit
from zongji.corpus.chinese_digits import UP_TO_TEN

_PAGE_NUMBER = re.compile(
    r"^[ \t]*+(?:[-—–－·]{1,2} ?\d{1,3} ?[-—–－·]{1,2}|第 ?\d{1,3} ?页(?:[ ,，/]*共 ?\d{1,3} ?页)?|"
    r"\d{1,3} ?/ ?\d{1,3})[ \t]*\r?$",
    re.MULTILINE,
)
_OPENING = re.compile(
    rf"[ \t\u3000]|[（(]?[{UP_TO_TEN}\d]{{1,3}}(?:[）)、]|[.．](?!\d))|[①-⑳]|[{UP_TO_TEN}]是|"
    rf"第[{UP_TO_TEN}]+|[-—●■◆★·#*|]|[^\t]*\t"
)
_UNBROKEN = re.compile(r"[\dA-Za-z.,%．，％—～~-]{1,16}[㐀-鿿]{0,4}")
_SPARE = 2  # free columns of a wrapped line beyond what did not fit
_FULL = 4  # a wrapped line ends within four columns of the margin: one full-width mark may move to the next line
_NARROWEST, _WIDEST = 40, 120  # columns; 20 to 60 Chinese characters a line
_FEWEST = 4  # full lines from which a text counts as wrapped
_SENTENCE_ENDS = "。！？；：!?;:"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def width(self) -> int:
        """Columns: a Chinese character takes two."""
        return _columns(self.text.rstrip())


def edits(text: str) -> Sequence[Edit]:
    """Deletions of page-number lines and of line breaks inside paragraphs."""
    if "\n" not in text:
        return []
    numbered = _PAGE_NUMBER.search(text) is not None
    rows = [row for row in text.split("\n") if not (numbered and _PAGE_NUMBER.match(row))]
    margin = _margin(rows)
    if not numbered and not margin:
        return []
    lines = _lines(text)
    return list(_edits(lines, {index for index, line in enumerate(lines) if _PAGE_NUMBER.match(line.text)}, margin))


def _lines(text: str) -> list[_Line]:
    lines, position = [], 0
    for line in text.split("\n"):
        lines.append(_Line(position, line.rstrip("\r")))
        position += len(line) + 1
    return lines


def _margin(lines: Sequence[str]) -> int:
    """The column at which a text was wrapped, 0 if it was not: many lines end there, hardly any goes beyond."""
    widths = Counter(_columns(line.rstrip()) for line in lines if len(line) <= _WIDEST)
    filled = sum(1 for line in lines if line and not line.isspace())
    for margin in sorted((width for width in widths if _NARROWEST <= width <= _WIDEST), reverse=True):
        full = sum(widths[width] for width in range(margin - _FULL + 1, margin + 1))
        beyond = filled - sum(count for width, count in widths.items() if 0 < width <= margin)
        if full >= max(_FEWEST, filled * 0.3) and beyond <= filled * 0.02:
            return margin
    return 0


def _edits(lines: Sequence[_Line], pages: set[int], margin: int) -> Iterator[Edit]:
    indented = any(re.match(r"[ \u3000]{2}\S", line.text) for line in lines)
    before: _Line | None = None  # the line that may go on: the last with text, unless a blank line followed it
    done = 0
    for index, line in enumerate(lines):
        if index in pages:
            continue
        if not line.text.strip():
            before = before if index - 1 in pages or index + 1 in pages else None
            continue
        if before is not None and margin and _continues(before, line, margin, indented=indented):
            yield Edit(before.start + len(before.text.rstrip()), line.start + _indent(line.text), "")
        else:
            yield from _dropped_pages(lines, pages, done, index)
        before, done = line, index + 1
    yield from _dropped_pages(lines, pages, done, len(lines))


def _continues(before: _Line, line: _Line, margin: int, *, indented: bool) -> bool:
    """True if `line` continues the paragraph of the full line before it."""
    if before.width + _first_width(line.text) <= margin - _SPARE or _OPENING.match(line.text):
        return False
    return indented or before.text.rstrip()[-1] not in _SENTENCE_ENDS


def _first_width(text: str) -> int:
    """The columns of the unbreakable start of a line: a number with its unit, else a character."""
    match = _UNBROKEN.match(text.lstrip())
    return _columns(match[0]) if match else 2


def _columns(text: str) -> int:
    """Columns on a screen of fixed width, which are the bytes of GBK: two a Chinese character, one a Latin one."""
    return len(text.encode("gbk", "replace"))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _dropped_pages(lines: Sequence[_Line], pages: set[int], first: int, stop: int) -> Iterator[Edit]:
    """Page-number lines between two lines that are not joined, without the break behind them."""
    for index in range(first, stop):
        if index in pages:
            last = index == len(lines) - 1
            yield Edit(lines[index].start, lines[index].end if last else lines[index + 1].start, "")
