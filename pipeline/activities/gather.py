"""Finds what figures are about: events and programmes with name, type, dates, place and organizer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from zongji.corpus.records import Activity, Figure, Period, Section
from zongji.pipeline.activities.anchors import Anchor, anchors_of
from zongji.pipeline.activities.announced import announced
from zongji.pipeline.activities.fields import fields_of
from zongji.pipeline.activities.membership import join_figures


class Found(NamedTuple):
    """The activities that a document names, in order, and among them the one event that it tells of."""

    anchors: list[Anchor]
    event: Anchor | None


def gather(
    text: str,
    start: int,
    end: int,
    sections: Sequence[Section],
    figures: Sequence[Figure],
    period: Period,
    *,
    title: str | None = None,
    organization: str | None = None,
) -> tuple[Activity, ...]:
    """The activities of the document from `start` to `end`, in order; each lists the figures that belong to it."""
    found = found_in(text, start, end, figures, title, organization)
    join_figures(text, figures, found.anchors, found.event)
    kept = [anchor for anchor in found.anchors if anchor.figures]
    return tuple(
        _activity(text, start, anchor, sections, period, number=number) for number, anchor in enumerate(kept, start=1)
    )


def found_in(
    text: str, start: int, end: int, figures: Sequence[Figure], title: str | None, organization: str | None
) -> Found:
    """What the document names; a shorter name of its event is the event."""
    anchors = anchors_of(text, start, end, figures)
    event = announced(text, start, end, title, organization)
    if event is not None:
        anchors = [anchor for anchor in anchors if anchor.name not in event.name and event.name not in anchor.name]
        anchors = sorted([*anchors, event], key=lambda anchor: anchor.start)
    return Found(anchors, event)


def _activity(
    text: str, start: int, anchor: Anchor, sections: Sequence[Section], period: Period, *, number: int
) -> Activity:
    section = bisect_right(sections, anchor.start, key=_start_of) - 1
    return Activity(
        id=f"a{number}",
        name=anchor.name,
        type=anchor.type,
        section=sections[section].id if section >= 0 else None,
        figures=tuple(figure.id for figure in anchor.figures),
        **fields_of(text, start, anchor, period)._asdict(),
    )


def _start_of(section: Section) -> int:
    return section.start
