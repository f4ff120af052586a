"""Moving the offsets of a document's records from the restored text to the source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from operator import attrgetter

from zongji.corpus.alignment import Aligned
from zongji.corpus.records import Document, Figure, Refusal, Section

_MARKUP = re.compile(r"(?:(?<=\n)|\A)(?:#{1,6} +|> ?)\Z|\Z")  # Markdown's, in front of a document's first line
_FIGURE_FIELDS = tuple(field.name for field in fields(Figure))
_FIGURE_VALUES: Callable[[Figure], tuple[object, ...]] = attrgetter(*_FIGURE_FIELDS)
_START, _END, _ACTIVITY = (_FIGURE_FIELDS.index(name) for name in ("start", "end", "activity"))


def located(document: Document, aligned: Aligned) -> Document:
    """The document with all its spans in offsets of the source, and each figure with the activity that lists it."""
    start, end = aligned.origin(document.start, document.end)
    start -= len(_MARKUP.search(aligned.source, max(0, start - 8), start)[0])  # type: ignore[index]  # matches always
    owners = {identifier: activity.id for activity in document.activities for identifier in activity.figures}
    return replace(
        document,
        start=start,
        end=end,
        sections=tuple(_section(section, aligned, end) for section in document.sections),
        figures=tuple(_figure(figure, aligned, owners.get(figure.id)) for figure in document.figures),
        refusals=tuple(
            Refusal(*aligned.origin(refusal.start, refusal.end), refusal.text, refusal.reason)
            for refusal in document.refusals
        ),
    )


def _section(section: Section, aligned: Aligned, last: int) -> Section:
    """A section ends where the next one starts, so both of its offsets are starts; the last one with its document."""
    start, end = (aligned.origin(place, place)[0] for place in (section.start, section.end))
    return replace(section, start=start, end=min(end, last))


def _figure(figure: Figure, aligned: Aligned, activity: str | None) -> Figure:
    """The figure in its place; five times as fast as `dataclasses.replace`, and called for every figure."""
    values = list(_FIGURE_VALUES(figure))
    values[_START], values[_END] = aligned.origin(figure.start, figure.end)
    values[_ACTIVITY] = activity
    return Figure(*values)  # type: ignore[arg-type]  # the values are the figure's own
