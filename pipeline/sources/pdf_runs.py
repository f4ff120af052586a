"""A PDF page's characters to runs of lines, with pdfium: its text, and the boxes of what begins and ends a run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from zongji.corpus.records import Location
from zongji.pipeline.sources.page import Box, TextRun
from zongji.pipeline.sources.pdf_text import TextPage, pdfium

_LINE = re.compile(r"[^\r\n]+")
_BLANKS = re.compile(r"[ \u3000\xa0]+")
_HAN = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\u201c\u201d]"
# Blanks that typesetting adds around Chinese characters: 共 6 场.
_SET = re.compile(rf"(?<={_HAN}) | (?={_HAN})")
_BETWEEN_HAN = re.compile(rf"(?<={_HAN}) (?={_HAN})")
_BETWEEN_WORDS = re.compile(
    r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff（“])"
)  # beside other signs, a gap may be their own
_BLANK_GAP = 0.2  # of the height of a character, between two Chinese ones that a blank parts …
_SPREAD = 0.15  # … unless so many of a line's characters are followed by one: then the line is justified
_WIDE_GAP = 1.6  # of the height of a character: wider than any justified blank, narrower than a column's gutter
_BACK = 1.0  # points by which a character stands in front of the one before it, where the order is not that of reading
_ARE_WORDS = re.compile(r"[\x21-\x7e]{2}|[\u3400-\u9fff]{2}")  # two signs between which a gap is a blank
_ODD_SIGNS = "\ufffe\x02\xad\uffff"  # pdfium's marks of a hyphen at a line's end
_ODD = str.maketrans(dict.fromkeys(_ODD_SIGNS, ""))
_SURROGATES = 0x10000
_SAMPLE = 400  # characters, from which the direction of writing is told
_STEP = 0.5  # of a character's height, by which the next one stands below it


def runs_of(text_page: TextPage, number: int) -> Iterator[TextRun]:
    """The runs of a page in the order they are stored in."""
    raw = pdfium()
    text = text_page.handle.get_text_range()
    shift = _shifts(text) if max(text, default="") >= "\U00010000" else None
    for line in _LINE.finditer(text):
        start = line.start() if shift is None else shift[line.start()]
        first = raw.FPDFText_GetCharIndexFromTextIndex(text_page.handle, start)
        if first >= 0:
            yield from _told_apart(text_page, _runs(text_page, line[0], first, number))


def is_vertical(text_page: TextPage, text: str) -> bool:
    """True for a page whose characters mostly stand below one another: `text` is that of the page."""
    down = across = 0
    for line in _LINE.finditer(text[:_SAMPLE]):
        boxes = [text_page.box(index) for index in range(*line.span()) if not text[index].isspace()]
        for first, second in pairwise(boxes):
            height = first[3] - first[1]
            if second[1] - first[1] > _STEP * height and abs(second[0] - first[0]) < height:
                down += 1
            elif second[0] > first[0]:
                across += 1
    return down > across


def columns_of(text_page: TextPage, text: str, number: int, width: float) -> Iterator[TextRun]:
    """The columns of a vertical page as lines of the page turned to the left: the rightmost one is its first line."""
    for line in _LINE.finditer(text):
        first = line.start()
        boxes = [text_page.box(index) for index in range(*line.span()) if not text[index].isspace()]
        if boxes:
            left, top, right, bottom = _around(boxes)
            yield TextRun(line[0].strip(), number, top, width - right, bottom, width - left, line[0], first)


def _told_apart(text_page: TextPage, runs: Iterator[TextRun]) -> Iterator[TextRun]:
    """The runs of a line, those marked that are written aslant."""
    for run in runs:
        yield replace(run, slanted=True) if text_page.is_slanted(run.first) else run


def _shifts(text: str) -> list[int]:
    """The UTF-16 offset of each character, as pdfium counts."""
    offsets, offset = [], 0
    for character in text:
        offsets.append(offset)
        offset += 1 + (ord(character) >= _SURROGATES)
    return offsets


def _runs(text_page: TextPage, line: str, first: int, number: int) -> Iterator[TextRun]:
    """The runs of a line, split at wide gaps."""
    start = len(line) - len(line.lstrip())
    stop = len(line.rstrip())
    cuts = [start]
    for gap in _BLANKS.finditer(line, start, stop):
        before, behind = text_page.box(first + gap.start() - 1), text_page.box(first + gap.end())
        if behind[0] < before[2] - _BACK:
            yield from _sorted_runs(text_page, line, first, number)
            return
        if behind[0] - before[2] > _WIDE_GAP * (before[3] - before[1]):
            cuts += gap.span()
    cuts.append(stop)
    for begin, end in zip(cuts[::2], cuts[1::2], strict=True):
        if begin < end:
            yield _run(text_page, line[begin:end], first + begin, number)


def _sorted_runs(text_page: TextPage, line: str, first: int, number: int) -> Iterator[TextRun]:
    """The same for a line whose characters are stored out of order: LibreOffice draws quotation marks last."""
    drawn = sorted(
        (text_page.pen(first + offset), first + offset, character)
        for offset, character in enumerate(line)
        if character not in _ODD_SIGNS and not (character.isspace() and text_page.is_generated(first + offset))
    )
    run: list[tuple[Box, int, str]] = []
    for _, index, character in drawn:
        box = text_page.box(index)
        gap = box[0] - run[-1][0][2] if run else 0.0
        height = box[3] - box[1]
        if gap > _WIDE_GAP * height:
            yield _run_of(run, number)
            run = []
        elif run and gap > _BLANK_GAP * height and _ARE_WORDS.fullmatch(run[-1][2] + character):
            run.append((box, index, " "))
        run.append((box, index, character))
    if run:
        yield _run_of(run, number)


def _run_of(drawn: list[tuple[Box, int, str]], number: int) -> TextRun:
    text = "".join(character for _, _, character in drawn)
    left, top, right, bottom = _around([box for box, _, _ in drawn])
    return TextRun(text, number, left, top, right, bottom, text, drawn[0][1], tuple(index for _, index, _ in drawn))


def _run(text_page: TextPage, raw: str, first: int, number: int) -> TextRun:
    left, top, _, bottom = text_page.box(first)
    right = text_page.box(first + len(raw) - 1)[2]
    is_spread = raw.count(" ") > 2 and len(_BETWEEN_HAN.findall(raw)) > _SPREAD * len(raw)

    def typed(blank: re.Match[str]) -> str:
        return " " if not is_spread and _is_blank(text_page, raw, first, blank.start()) else ""

    text = _SET.sub(typed, raw)
    return TextRun(text.translate(_ODD), number, left, top, right, bottom, raw, first)


def _is_blank(text_page: TextPage, raw: str, first: int, offset: int) -> bool:
    """True for a blank that somebody typed: it is stored, or as wide as one between two Chinese characters."""
    if not text_page.is_generated(first + offset):
        return True
    if not _BETWEEN_HAN.match(raw, offset):
        return False
    before, behind = text_page.box(first + offset - 1), text_page.box(first + offset + 1)
    gap = _BLANK_GAP if _BETWEEN_WORDS.match(raw, offset) else 2 * _BLANK_GAP
    return behind[0] - before[2] > gap * (before[3] - before[1])


@dataclass(frozen=True, slots=True)
class RunOnPage:
    """Maps a run's characters to their box; the page is reopened only on demand."""

    document: Any = field(repr=False)
    run: TextRun

    def within(self, start: int, end: int) -> Location:
        """The page, and the box around these characters of the run."""
        run = self.run
        if run.first < 0:
            return Location(page=run.page, box=rounded(run.box))
        indexes = run.indexes or [run.first + offset for offset in _offsets(run)]
        text_page = self.document.text_page(run.page)
        boxes = [text_page.tight_box(index) for index in indexes[start : max(end, start + 1)] or indexes[-1:]]
        return Location(page=run.page, box=rounded(_around(boxes)))


def _offsets(run: TextRun) -> list[int]:
    """For each character of the run's text its offset in the raw text, which has blanks that the text lacks."""
    offsets, position = [], 0
    for character in run.text:
        position = max(run.raw.find(character, position), position)
        offsets.append(position)
        position += 1
    return offsets


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def rounded(box: Box) -> Box:
    """The box rounded to tenths."""
    left, top, right, bottom = (round(side, 1) for side in box)
    return left, top, right, bottom


def text_inside(text_page: TextPage, box: Box) -> str:
    """The text in a box, without the blanks that typesetting adds."""
    return _SET.sub("", text_page.inside(box).translate(_ODD))
