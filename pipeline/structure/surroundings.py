"""A line in its surroundings: the gaps between lines, the numberings that follow, the document that is open."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from zongji.pipeline.structure.edge_lines import stands_between
from zongji.pipeline.structure.line_roles import TaggedLine
from zongji.pipeline.structure.markers import MarkerKind

_FEWEST_GAPS = 4  # lines of a document that show which gaps are usual in it
_UNDER = 3  # lines of site data between a title and its text


class Gaps:
    """The blank lines before each line."""

    def __init__(self, text: str, tagged: Sequence[TaggedLine]) -> None:
        pairs = pairwise(tagged)
        self.before = [0, *(text.count("\n", one.line.end, other.line.start) - 1 for one, other in pairs)]
        counts = Counter(self.before[1:])
        self.usual = _most_frequent(counts)

    def surplus(self, index: int, current: Open) -> int:
        """How many more blank lines stand before a line than is usual in the document it follows, or in the file."""
        usual = _most_frequent(current.gaps) if current.gaps.total() >= _FEWEST_GAPS else self.usual
        return self.before[index] - max(usual, 0)


def _most_frequent(counts: Counter[int]) -> int:
    return min(counts, key=lambda gap: (-counts[gap], gap), default=0)


class Numberings:
    """The marked headings of a file by kind, to look ahead."""

    def __init__(self, tagged: Sequence[TaggedLine]) -> None:
        self._places: dict[MarkerKind, list[int]] = {}
        self._numbers: Mapping[int, int] = {
            index: item.heading.number for index, item in enumerate(tagged) if item.heading is not None
        }
        for index, item in enumerate(tagged):
            if item.heading is not None:
                self._places.setdefault(item.heading.kind, []).append(index)

    def following(self, kind: MarkerKind, index: int) -> int | None:
        """The number of the next heading of a kind behind a line."""
        places = self._places.get(kind, [])
        place = bisect_right(places, index)
        return self._numbers[places[place]] if place < len(places) else None


@dataclass
class Open:
    """The document being read."""

    first: int
    top: MarkerKind = MarkerKind.BARE
    number: int = 0
    lines: int = 0
    headings: int = 0
    has_body: bool = False
    closed: bool = False
    """True after a closing paragraph, a separator or boilerplate."""
    gaps: Counter[int] = field(default_factory=Counter)
    """How often how many blank lines stand between its lines."""
    signed: bool = False
    """True right after a signature with a date, or a line of credits."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line in its surroundings."""

    tagged: Sequence[TaggedLine]
    index: int
    current: Open
    gaps: Gaps
    numberings: Numberings
    titles: Set[int] = frozenset()
    """The lines that their format marks as titles."""

    @property
    def text(self) -> str:
        """The line."""
        return self.tagged[self.index].line.text

    @property
    def before(self) -> TaggedLine:
        """The line above."""
        return self.tagged[self.index - 1]

    @property
    def behind(self) -> Sequence[TaggedLine]:
        """The lines below: site data and the beginning of the text."""
        return self.tagged[self.index + 1 : self.index + 2 + _UNDER]

    @property
    def body(self) -> TaggedLine | None:
        """The first line of the text below a title."""
        return next((item for item in self.behind if not stands_between(item)), None)
