"""An outline that the format states holds a document together: within it, none begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zongji.pipeline.structure.line_roles import TaggedLine


def outside_outlines(tagged: Sequence[TaggedLine], starts: Iterable[int]) -> Iterator[int]:
    """The lines of these where a document may start: behind a heading of the format only one as high as any before it.

    The depths of headings are counted anew from each document on; both lines and starts are in order.
    """
    begin, top = 0, None
    for start in starts:
        depths = [item.depth for item in tagged[begin:start] if item.depth is not None]
        top = min(depths, default=top) if top is None else min([top, *depths])
        depth = tagged[start].depth
        if top is None or (depth is not None and depth <= top):
            yield start
            top = None
        begin = start
