"""Markdown to its text: the markup is deleted, each character that is left leads back to its place.

Conservative: what is not clearly markup stays, for plans blank numbers and names with the same signs (`__人`, `张**`).
Bullets stay, as `- `; the rows of a table become lines whose cells are parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zongji.corpus.alignment import Aligned, Edit
from zongji.corpus.records import Span

EXTENSIONS = (".md", ".markdown")

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`\n]*)$")
_DELIMITER_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_RULE = re.compile(r" {0,3}(?:=+|-{2,}|\*{3,}|-(?: -){2,}|\*(?: \*){2,})\s*$")  # also under a heading; `___` is a blank
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$")
_BULLET = re.compile(r"[ \t]*[*+](?=[ \t])")
_CELL_END = re.compile(r"[ \t]*\|[ \t]*")

# Inside a line. What may not be read as markup (escaped signs, code) is covered before the others look.
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(?!`)([^`\n]+)(?<!`)\1(?!`)")
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\s]*(?:\([^()\s]*\))?(?:[ \t]+\"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\](\([^()\s]*(?:\([^()\s]*\))?(?:[ \t]+\"[^\"\n]*\")?\))")
_STRONG = re.compile(r"\*\*(?=\S)((?:[^*\n]|(?<!\*)\*(?!\*))+)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+)(?<=[^\s*])\*(?![*\w])")
_STRONG_UNDERSCORES = re.compile(r"(?<![_\w])__(?=[^\s_])([^_\n]{2,})(?<=[^\s_])__(?![_\w])")
_STRIKE = re.compile(r"~~(?=\S)([^~\n]+)(?<=\S)~~")
_MARKED = (_STRONG, _STRONG_UNDERSCORES, _EMPHASIS, _STRIKE)
COVER = "\ufffc"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end, where it begins, and where the next one does."""

    text: str
    start: int
    next: int


def read_markdown(source: str) -> tuple[Aligned, tuple[Span, ...]]:
    """The text without its markup. Markdown has no boilerplate."""
    masks = frozenset(mark for mark in ("**", "__") if _is_blank(source, mark))
    edits = [edit for line in _edits_of_lines(_lines(source)) for edit in _disjoint(line)]
    return Aligned.of(source).apply([edit for edit in edits if source[edit.start : edit.end] not in masks]), ()


def _is_blank(source: str, mark: str) -> bool:
    """Whether the mark stands for something left blank: a mark of emphasis never stands alone on its line."""
    pattern = _STRONG if mark == "**" else _STRONG_UNDERSCORES
    lone = re.compile(rf"(?<!{re.escape(mark[0])}){re.escape(mark)}(?!{re.escape(mark[0])})")
    return len(lone.findall(source)) > 2 * len(pattern.findall(source))


def _lines(source: str) -> list[_Line]:
    return [_Line(match[0].rstrip("\r\n"), *match.span()) for match in _LINE.finditer(source)]


def _edits_of_lines(lines: list[_Line]) -> Iterator[list[Edit]]:
    """The edits of each line, fences and tables followed from line to line."""
    fence = ""
    in_table = False
    for number, line in enumerate(lines):
        bar = _FENCE.match(line.text)
        if fence:
            if bar and bar[1].startswith(fence) and not bar[2].strip():
                fence = ""
                yield [_without(line)]
            continue
        if bar:
            fence = bar[1]
            yield [_without(line)]
            continue
        in_table = "|" in line.text and (in_table or _is_header(lines, number))
        yield _edits_of_line(line, in_table=in_table)


def _is_header(lines: list[_Line], number: int) -> bool:
    """Whether a row of dashes and bars follows."""
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    return "|" in below and bool(_DELIMITER_ROW.match(below))


def _without(line: _Line) -> Edit:
    return Edit(line.start, line.next, "")


def _edits_of_line(line: _Line, *, in_table: bool) -> list[Edit]:
    if _RULE.match(line.text) or (in_table and _DELIMITER_ROW.match(line.text)):
        return [_without(line)]
    quote = _QUOTE.match(line.text)
    body = quote.end() if quote else 0
    edits = [Edit(0, body, "")] if body else []
    edits += _edits_of_row(line.text, body) if in_table else _edits_of_block(line.text, body)
    edits += _inline_edits(line.text, body)
    return [Edit(line.start + edit.start, line.start + edit.end, edit.text) for edit in edits]


def _edits_of_block(text: str, body: int) -> list[Edit]:
    if heading := _HEADING.match(text, body):
        end = _HEADING_END.search(text, heading.end())
        return [Edit(body, heading.end(), "")] + ([Edit(*end.span(), "")] if end else [])
    if bullet := _BULLET.match(text, body):
        return [Edit(bullet.end() - 1, bullet.end(), "-")]
    return []


def _edits_of_row(text: str, body: int) -> list[Edit]:
    """Tabs between the cells, nothing around the row."""
    bars = list(_CELL_END.finditer(_ESCAPED_BAR.sub(COVER * 2, text), body))
    return [
        Edit(*bar.span(), "" if bar.start() == body or bar.end() == len(text) else "\t")
        for bar in bars
    ]


_ESCAPED_BAR = re.compile(r"\\\|")


def _inline_edits(text: str, body: int) -> list[Edit]:
    """What goes from inside a line. Covering keeps lengths, so that all places are those of the line itself."""
    edits: list[Edit] = []
    for code in _CODE.finditer(text, body):
        edits += _around(code.start(), code.end(), len(code[1]))
    text = _covered(text, (match.span() for match in _CODE.finditer(text, body)))
    edits += (Edit(*match.span(), "") for match in _ESCAPE.finditer(text, body))
    text = _covered(text, ((match.start(), match.end() + 1) for match in _ESCAPE.finditer(text, body)))
    edits += (Edit(*match.span(), "") for match in _IMAGE.finditer(text, body))
    text = _covered(text, (match.span() for match in _IMAGE.finditer(text, body)))
    for link in _LINK.finditer(text, body):
        edits += (Edit(link.start(), link.start() + 1, ""), Edit(link.end(1), link.end(), ""))
    text = _covered(text, (match.span(2) for match in _LINK.finditer(text, body)))
    for pattern in _MARKED:
        for marked in pattern.finditer(text, body):
            edits += _around(marked.start(), marked.end(), marked.start(1) - marked.start())
    return edits


def _around(start: int, end: int, width: int) -> tuple[Edit, Edit]:
    """Deletes the marks at both ends."""
    return Edit(start, start + width, ""), Edit(end - width, end, "")


def _covered(text: str, places: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end in places:
        parts += (text[position:start], COVER * (end - start))
        position = end
    return "".join((*parts, text[position:]))


def _disjoint(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits in order; of two that overlap, the first."""
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= position:
            yield edit
            position = edit.end
