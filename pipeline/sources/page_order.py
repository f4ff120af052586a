"""Reading order: lines from top to bottom, column by column on a page with two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from zongji.pipeline.sources.page import Page, PageTable, TextRun

_SAME_LINE = 0.5  # of the lower of two runs, by which they overlap in height if they stand on one line
_WIDE_GAP = 1.6  # of the height of a character, as in `pdf_runs`
_GUTTER = (0.35, 0.65)  # of the page's width, where the gap between two columns lies
_NARROWEST_GUTTER = 6.0  # points
_FEWEST = 4  # lines in each of two columns
_MOST_CROSSING = 0.3  # of a page's runs, which stand over both columns


@dataclass(frozen=True, slots=True)
class Line:
    """The runs that stand at one height in one column, from left to right."""

    runs: tuple[TextRun, ...]
    column: int = 0

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.runs[-1].right

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.runs[0].size

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.runs[0].page

    @property
    def gaps(self) -> tuple[str, ...]:
        """The separators of its runs: a tab for a wide gap, nothing for a narrow one."""
        return tuple("\t" if b.left - a.right > _WIDE_GAP * self.size else "" for a, b in pairwise(self.runs))

    @property
    def text(self) -> str:
        """Its text, a tab for each wide gap."""
        return "".join(chain(*zip((run.text for run in self.runs), (*self.gaps, ""), strict=True)))


def in_order(page: Page) -> list[Line | PageTable]:
    """The lines and tables of a page as they are read; the runs inside tables are left to these."""
    level = [run for run in page.runs if not run.slanted]
    outside = [run for run in level if not any(table.covers(run) for table in page.tables)]
    gutter = _gutter(outside, page)
    lines = _lines(outside) if gutter is None else list(_columns(outside, gutter))
    return _with_tables(lines, page.tables)


def _lines(runs: Sequence[TextRun], column: int = 0) -> list[Line]:
    """Runs that overlap in height are one line."""
    rows: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda run: (run.middle, run.left)):
        if rows and _is_level(rows[-1][-1], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [Line(tuple(sorted(row, key=lambda run: run.left)), column) for row in rows]


def _is_level(above: TextRun, run: TextRun) -> bool:
    overlap = min(above.bottom, run.bottom) - max(above.top, run.top)
    return overlap > _SAME_LINE * min(above.size, run.size)


def _gutter(runs: Sequence[TextRun], page: Page) -> float | None:
    """The middle of the gap between two columns; None on a page of one.

    It is the widest stretch that fewest lines cross: titles over both columns may, the others end before it.
    """
    low, high = (share * page.width for share in _GUTTER)
    crossing, begin, end = _emptiest(runs, low, high)
    if end - begin < _NARROWEST_GUTTER or crossing > _MOST_CROSSING * len(runs):
        return None
    middle = (begin + end) / 2
    left = [run for run in runs if run.right <= middle]
    right = [run for run in runs if run.left >= middle]
    if min(len(left), len(right)) < _FEWEST:
        return None
    return middle if _fill(left) and _fill(right) and _side_by_side(left, right) else None


def _emptiest(runs: Sequence[TextRun], low: float, high: float) -> tuple[int, float, float]:
    """How many runs cross the stretch between `low` and `high` that fewest cross, its beginning and its end."""
    edges = sorted([*((run.left, 1) for run in runs), *((run.right, -1) for run in runs)])
    stretches = []
    crossing, begin = 0, low
    for position, change in (*edges, (high, 0)):
        end = min(position, high)
        if end > begin:
            stretches.append((crossing, begin, end))
        crossing, begin = crossing + change, max(low, position)
        if position >= high:
            break
    return min(stretches, key=lambda stretch: (stretch[0], stretch[1] - stretch[2]), default=(len(runs), low, low))


def _fill(side: Sequence[TextRun]) -> bool:
    """True where most runs of a column reach its edge: running text does, the cells of a table do not."""
    width = max(run.right for run in side) - min(run.left for run in side)
    return 2 * sum(run.right - run.left > 0.8 * width for run in side) > len(side)


def _side_by_side(left: Sequence[TextRun], right: Sequence[TextRun]) -> bool:
    top, bottom = (
        max(min(p.top for p in left), min(p.top for p in right)),
        min(max(p.bottom for p in left), max(p.bottom for p in right)),
    )
    return bottom > top


def _columns(runs: Sequence[TextRun], gutter: float) -> Iterator[Line]:
    """Between two lines that cross the gutter, the left column, then the right one."""
    crossing = [run for run in runs if run.left < gutter < run.right]
    rest = [run for run in runs if not run.left < gutter < run.right]
    position = float("-inf")
    for line in (*_lines(crossing), None):
        end = line.top if line else float("inf")
        band = [run for run in rest if position <= run.middle < end]
        yield from _lines([run for run in band if run.right <= gutter], 1)
        yield from _lines([run for run in band if run.left >= gutter], 2)
        if line:
            yield line
            position = end


def _with_tables(lines: Sequence[Line], tables: Sequence[PageTable]) -> list[Line | PageTable]:
    """Each table in front of the first line below it in its column."""
    ordered: list[Line | PageTable] = list(lines)
    for table in sorted(tables, key=lambda table: table.box[1]):
        below = (
            index
            for index, item in enumerate(ordered)
            if isinstance(item, Line)
            and item.top >= table.box[1]
            and item.right > table.box[0]
            and item.left < table.box[2]
        )
        ordered.insert(next(below, len(ordered)), table)
    return ordered
