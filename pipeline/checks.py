"""Comparing the figures and passages of a document: sums, parts and totals, repeated passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from zongji.corpus.labels import Bound, Category, CheckCode
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Check, Figure
from zongji.pipeline.structure.headings import Line
from zongji.pipeline.structure.line_roles import TaggedLine

_SUM_CUE = WordPattern("check_cues", r"(?:{total})[^，。；,;\d]{0,10}$")
_SUMMED_UP = WordPattern("check_cues", "[，,]?(?:{sums-up})")
_COUNTED = frozenset(
    {
        Category.PARTICIPANTS,
        Category.SESSIONS,
        Category.MATERIALS,
        Category.ORGANIZATIONS,
        Category.AWARDS,
        Category.MONEY,
        Category.OTHER,
    }
)
_ADDABLE = (frozenset({"场", "场次", "次"}), frozenset({"人", "名", "位", "人次"}), frozenset({"份", "册", "本", "张"}))
# Set by hand, with the annotated documents of train and dev in view; none of the numbers was measured.
_REACH = 600  # characters between a total and its first part
_TOTAL_ROW = re.compile(r"\s*\|?\s*(?:合 ?计|总 ?计|共计)\s*[\t| ]")
_MOST_CELLS = 200  # figures above a total that may be its parts
_LONGEST_ROW = 1000  # characters
_MOST_PARTS = 8
_LONG_LINE = 25  # characters; shorter lines repeat by chance


def compare(text: str, figures: Sequence[Figure]) -> Iterator[Check]:
    """Check stated totals against the parts in front of them or behind 其中."""
    yield from _table_totals(text, figures)
    for index, figure in enumerate(figures):
        if not _adds_up(figure) or not _SUM_CUE.search(text, max(0, figure.start - 20), figure.start):
            continue
        check = _parts_before(text, figures, index)
        if check is not None:
            yield check
    for index, figure in enumerate(figures):
        if _adds_up(figure):
            yield from _parts_behind(text, figures, index)


def _table_totals(text: str, figures: Sequence[Figure]) -> Iterator[Check]:
    """The row 合计 of a table against the rows above it, column by column.

    Columns with the same unit cannot be told apart here, so they are not compared.
    """
    for index, total in enumerate(figures):
        if not (total.total and _adds_up(total) and _TOTAL_ROW.match(_row_before(text, total.start))):
            continue
        same = [figure for figure in figures[max(0, index - _MOST_CELLS) : index] if figure.unit == total.unit]
        parts = [
            figure for figure in same if figure.category is total.category and _in_table_above(text, figure, total)
        ]
        if len(parts) < 2 or any("\n" not in text[first.end : second.start] for first, second in pairwise(parts)):
            continue
        yield _check(CheckCode.SUM_AGREES if _sum(parts) == total.value else CheckCode.SUM_DIFFERS, total, parts)


def _in_table_above(text: str, figure: Figure, total: Figure) -> bool:
    """True for a figure in one of the rows right above the total's."""
    rows = (_row_before(text, figure.start) + text[figure.start : total.start]).split("\n")
    return len(rows) > 1 and all("\t" in row or "  " in row or "|" in row for row in rows)


def _row_before(text: str, offset: int) -> str:
    """The text in front on the same line; empty if the line is too long for a table row."""
    before = text[max(0, offset - _LONGEST_ROW) : offset]
    start = before.rfind("\n")
    return before[start + 1 :] if start >= 0 or offset <= _LONGEST_ROW else ""


def _adds_up(figure: Figure) -> bool:
    return figure.value is not None and figure.category in _COUNTED and figure.bound in {Bound.EXACT, Bound.OVER}


def _parts_before(text: str, figures: Sequence[Figure], index: int) -> Check | None:
    """`培训班6期，讲座4场，共10场次`: the parts stand in the same paragraph in front of the total."""
    total = figures[index]
    parts: list[Figure] = []
    for before in range(index - 1, -1, -1):
        part = figures[before]
        if total.start - part.end > _REACH or "\n" in text[part.end : total.start] or len(parts) == _MOST_PARTS:
            break
        if part.category is not total.category or part.modality is not total.modality or not _adds_up(part):
            continue
        if not _addable(part, total) or (parts and _is_summed_up(text, part, parts[0])):
            continue
        parts.insert(0, part)
        if len(parts) >= 2 and _sum(parts) == total.value:
            return _check(CheckCode.SUM_AGREES, total, parts)
    return None


def _addable(part: Figure, total: Figure) -> bool:
    return part.unit == total.unit or any({part.unit, total.unit} <= units for units in _ADDABLE)


def _is_summed_up(text: str, part: Figure, following: Figure) -> bool:
    """`两期共4场次`: the second figure restates the first."""
    return bool(_SUMMED_UP.fullmatch(text[part.end : following.start]))


def _parts_behind(text: str, figures: Sequence[Figure], index: int) -> Iterator[Check]:
    """`共120人，其中男70人、女50人`: the parts stand behind 其中 in the same sentence."""
    whole = figures[index]
    parts = []
    for part in figures[index + 1 : index + 1 + _MOST_PARTS]:
        between = text[whole.end : min(part.start, whole.end + _REACH)]
        if re.search(r"[。；;\n]", between) or between.count("其中") != 1:
            break
        if part.unit == whole.unit and part.category is whole.category and part.value is not None:
            parts.append(part)
    if not parts:
        return
    if len(parts) >= 2 and _sum(parts) == whole.value:
        yield _check(CheckCode.SUM_AGREES, whole, parts)
    elif any((part.value or 0) > (whole.value or 0) for part in parts) and whole.bound is Bound.EXACT:
        yield _check(CheckCode.PARTS_EXCEED_TOTAL, whole, parts)


def _sum(parts: Sequence[Figure]) -> float | int:
    return sum(part.value or 0 for part in parts)


def _check(code: CheckCode, total: Figure, parts: Sequence[Figure]) -> Check:
    terms = "+".join(f"{part.value:,}" for part in parts)
    relation = {CheckCode.SUM_AGREES: "=", CheckCode.SUM_DIFFERS: "≠", CheckCode.PARTS_EXCEED_TOTAL: ">"}[code]
    return Check(code, (total.id, *(part.id for part in parts)), f"{terms} {relation} {total.value:,} ({total.text})")


class Repetitions:
    """The long lines of a file and where each occurred first."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Index all lines of a file."""
        self.first: dict[str, int] = {}
        for line in lines:
            if len(line.text) >= _LONG_LINE:
                self.first.setdefault(line.text, line.start)

    def within(self, lines: Sequence[TaggedLine]) -> Iterator[Check]:
        """A check for each passage of a document that occurred earlier in the file."""
        for first, last in self._runs([item.line for item in lines]):
            length = last.end - first.start
            message = f"a passage of {length} characters repeats an earlier one in this file: {first.text[:20]}…"
            yield Check(CheckCode.REPEATED_PASSAGE, (), message)

    def _runs(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
        """The first and the last line of each run of lines that occurred earlier in the file."""
        run: list[Line] = []
        for line in lines:
            if self.first.get(line.text, line.start) < line.start:
                run.append(line)
            elif run and len(line.text) >= _LONG_LINE:
                yield run[0], run[-1]
                run = []
        if run:
            yield run[0], run[-1]
