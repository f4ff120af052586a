"""Which figures belong to an activity.

A figure belongs to the activity named last before it in its sentence, else to the first one behind it there, else to
the last one of its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from zongji.corpus.labels import Category
from zongji.corpus.records import Figure
from zongji.pipeline.activities.anchors import Anchor

_OF_ONE_SENTENCE = frozenset({Category.RATE, Category.MONEY, Category.OTHER, Category.AWARDS})
_REACH = 160  # characters behind an activity in which a figure of the same paragraph may still belong to it


def join_figures(text: str, figures: Sequence[Figure], anchors: Sequence[Anchor]) -> None:
    """Puts each figure into the list of the activity it belongs to."""
    starts = [anchor.start for anchor in anchors]
    for figure in figures:
        anchor = _anchor_of(text, figure, anchors, starts)
        if anchor is not None:
            anchor.figures.append(figure)


def _anchor_of(text: str, figure: Figure, anchors: Sequence[Anchor], starts: Sequence[int]) -> Anchor | None:
    place = bisect_right(starts, figure.start) - 1
    if place >= 0:
        between = text[anchors[place].end : figure.start] if figure.start - anchors[place].start <= _REACH else "\n"
        if "\n" not in between and not ("。" in between and figure.category in _OF_ONE_SENTENCE):
            following = anchors[place + 1] if place + 1 < len(anchors) else None
            if (
                "。" in between
                and following is not None
                and following.start - figure.end <= _REACH
                and not re.search(r"[。\n]", text[figure.end : following.start] or "。")
            ):
                return following
            return anchors[place]
    if place + 1 < len(anchors) and not re.search(
        r"[。；\n]", text[figure.end : min(anchors[place + 1].start, figure.end + _REACH)]
    ):
        return anchors[place + 1] if anchors[place + 1].start - figure.end < _REACH else None
    return None
