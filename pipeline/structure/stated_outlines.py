"""An outline that the format states holds a document together, or is that of a collection of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from zongji.models.rules import evidence_of
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.edge_lines import is_body
from zongji.pipeline.structure.line_roles import Role, TaggedLine
from zongji.pipeline.structure.markers import MarkerKind

# Set by hand, with tests/test_stated_headings.py in view.
_FEWEST = 2  # documents of a collection whose titles name them
_SERIES = 3  # documents of one whose titles do not


def titles_of_collection(tagged: Sequence[TaggedLine]) -> list[int]:
    """The headings of the format that are titles of documents, below the title of their series; empty if none are.

    They are the highest ones but those in front of them, carry no numbers, and all name documents or head a numbering
    of their own (`一、`). The two halves of a report (`2023年工作总结`, `2024年工作计划`) are parts of it, and so are
    headings with the words of a section (`工作回顾`).
    """
    found = [index for index, item in enumerate(tagged) if item.depth is not None and item.heading is not None]
    while found:
        top = min(_depth(tagged[index]) for index in found)
        highest = [index for index in found if _depth(tagged[index]) == top]
        if any(is_body(item) for item in tagged[: highest[0]]):
            return []  # the outline is that of the text above
        if len(highest) >= _FEWEST:
            titles = [index for index in highest if index + 1 not in highest]  # one right above another is the series'
            named = all(_is_title(tagged[index]) for index in highest)
            numbered = len(titles) >= _SERIES and all(_heads_numbering(tagged, index) for index in titles)
            return titles if (named or numbered) and len(titles) >= _FEWEST else []
        found = [index for index in found if index not in highest]
    return []


def _depth(item: TaggedLine) -> int:
    return item.depth or 0


def _is_title(item: TaggedLine) -> bool:
    text = item.line.text
    numbered = item.heading is not None and item.heading.marker is not None
    return not numbered and document_cues.is_title(text) and not document_cues.is_part_of_year(text)


def _heads_numbering(tagged: Sequence[TaggedLine], index: int) -> bool:
    """True for a heading without the words of a section below which the numbering of a document begins: `一、`."""
    item = tagged[index]
    if item.heading is None or item.heading.marker is not None or evidence_of(item.line.text) is not None:
        return False
    below = next((other.heading for other in tagged[index + 1 :] if other.heading is not None), None)
    return below is not None and below.kind is MarkerKind.HAN and below.number == 1


def outside_outlines(tagged: Sequence[TaggedLine], starts: Iterable[int]) -> Iterator[int]:
    """The lines of these where a document may start: behind a heading of the format only one as high as any before it.

    A title without a style may stand above headings that have one, whose numbering then begins anew. The depths of
    headings are counted anew from each document on; both lines and starts are in order.
    """
    begin, top = 0, None
    for start, following in pairwise((*starts, len(tagged))):
        depths = [item.depth for item in tagged[begin:start] if item.depth is not None]
        top = min(depths, default=top) if top is None else min([top, *depths])
        depth = tagged[start].depth
        if top is None or (depth is not None and depth <= top) or _numbers_anew(tagged[start:following], top):
            yield start
            top = None
        begin = start


def _numbers_anew(lines: Sequence[TaggedLine], top: int) -> bool:
    """True for lines that begin with a title and number the highest headings from one again."""
    if lines[0].role is not Role.TITLE or lines[0].depth is not None:
        return False
    heading = next((item.heading for item in lines if item.depth == top), None)
    return heading is not None and heading.marker is not None and heading.number == 1
