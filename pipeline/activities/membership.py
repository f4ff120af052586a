"""Which figures belong to an activity.

A figure belongs to the last activity named before it in its sentence, else to the first one after it there, else to
the last one of its paragraph, else to the event that the document tells of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from zongji.corpus.labels import Category
from zongji.corpus.records import Figure
from zongji.pipeline.activities.anchors import Anchor
from zongji.pipeline.figures.ruled import Ruled, first_answer

_OF_ONE_SENTENCE = frozenset({Category.RATE, Category.MONEY, Category.OTHER, Category.AWARDS})
_STOP = re.compile(r"[。\n]")
_END = re.compile(r"[。；\n]")
_REACH = 160  # characters after an activity within which a figure of the same paragraph may belong to it


class Neighbours(NamedTuple):
    """A figure between two activities; either may be missing."""

    text: str
    figure: Figure
    before: Anchor | None
    """The last that starts before the figure."""
    behind: Anchor | None
    """The first that starts after it."""
    between: str | None
    """The text between `before` and the figure; None if that activity is out of reach."""
    event: Anchor | None = None
    """The one event that the document tells of."""


Rule = Callable[[Neighbours], Anchor | None]


def join_figures(text: str, figures: Sequence[Figure], anchors: Sequence[Anchor], event: Anchor | None = None) -> None:
    """Add each figure to the list of the activity it belongs to."""
    starts = [anchor.start for anchor in anchors]
    for figure in figures:
        owner = owner_of(neighbours_of(text, figure, anchors, starts, event))
        if owner is not None:
            owner[0].figures.append(figure)


def owner_of(neighbours: Neighbours) -> Ruled[Anchor] | None:
    """The activity that a figure belongs to, and the deciding rule; None if it belongs to none."""
    return first_answer(RULES, neighbours)


def neighbours_of(
    text: str, figure: Figure, anchors: Sequence[Anchor], starts: Sequence[int], event: Anchor | None = None
) -> Neighbours:
    """The activities on either side of a figure; `starts` are the offsets of the anchors, in order."""
    place = bisect_right(starts, figure.start)
    before = anchors[place - 1] if place else None
    behind = anchors[place] if place < len(anchors) else None
    return Neighbours(text, figure, before, behind, _between(text, figure, before), event)


def _between(text: str, figure: Figure, before: Anchor | None) -> str | None:
    if before is None or figure.start - before.start > _REACH:
        return None
    between = text[before.end : figure.start]
    apart = "\n" in between or ("。" in between and figure.category in _OF_ONE_SENTENCE)
    return None if apart else between


def sentence_of_next(neighbours: Neighbours) -> Anchor | None:
    """The figure's sentence names an activity after it; the one before it is from an earlier sentence."""
    text, figure, _, behind, between, _ = neighbours
    if between is None or "。" not in between or behind is None or behind.start - figure.end > _REACH:
        return None
    return None if _STOP.search(text[figure.end : behind.start] or "。") else behind


def named_before(neighbours: Neighbours) -> Anchor | None:
    """The last activity named before the figure, in its sentence or paragraph."""
    return None if neighbours.between is None else neighbours.before


def named_behind(neighbours: Neighbours) -> Anchor | None:
    """The first activity named after the figure in its sentence, if none before it is in reach."""
    text, figure, _, behind, *_ = neighbours
    if behind is None or behind.start - figure.end >= _REACH:
        return None
    return None if _END.search(text[figure.end : behind.start]) else behind


def event_of_document(neighbours: Neighbours) -> Anchor | None:
    """The one event that the document tells of, where nothing nearer is named."""
    return neighbours.event


RULES: tuple[Rule, ...] = (sentence_of_next, named_before, named_behind, event_of_document)
