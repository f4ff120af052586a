"""The title of a document: the line that names it, or what the format states."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from zongji.corpus.records import Span
from zongji.pipeline.metadata.passages import Passages
from zongji.pipeline.metadata.said import Said
from zongji.pipeline.metadata.stated import Stated
from zongji.pipeline.sources.web_title import without_day
from zongji.pipeline.structure.headings import Line
from zongji.pipeline.structure.line_roles import Role
from zongji.pipeline.structure.lines_under_title import is_office, stands_under_title
from zongji.pipeline.structure.outline import Node

_TITLE_LINE = re.compile(r"[^。；;：:，,！!？?\t\d一二三四五六七八九十（(][^。；;：:，,！!？?\t]{3,39}")


class _Evidence(NamedTuple):
    shown: Node | None
    """The title that the outline of the text shows."""
    marked: Sequence[Line]
    """The lines of the document that its format marks as the title."""
    stated: Stated
    passages: Passages


_Rule = Callable[[_Evidence], Said | None]


def title_of(passages: Passages, nodes: Sequence[Node], stated: Stated, marked: Sequence[Line]) -> Said | None:
    """The title that the first of `RULES` finds; `marked` are the lines that the format marks as the title."""
    shown = next((node for node in nodes if node.role is Role.TITLE and node.title), None)
    evidence = _Evidence(shown, marked, stated, passages)
    return next(filter(None, (rule(evidence) for rule in RULES)), None)


def _marked(evidence: _Evidence) -> Said | None:
    """The lines that the format marks: in whole, unless the text shows a title that is no part of them."""
    shown, words = evidence.shown, "".join(line.text for line in evidence.marked)
    if not words or not (evidence.stated.is_sure or shown is None or (shown.title or "") in words):
        return None
    place = Span(evidence.marked[0].start, evidence.marked[-1].end)
    return Said(without_day(words), words, place, "marked", 0.95)


def _stated_of_this_part(evidence: _Evidence) -> Said | None:
    """What front matter, a row of a dump or the name of a sheet states."""
    return _stated(evidence) if evidence.stated.is_sure else None


def _in_the_text(evidence: _Evidence) -> Said | None:
    shown = evidence.shown
    if shown is None or shown.title is None:
        return None
    title = shown.title
    if is_office(title) and (goes_on := _line_below(evidence.passages)) is not None:
        title += goes_on  # an office alone names no document
    return Said(title, title, Span(shown.start, shown.start + len(title)), "in_the_text", 0.9)


def _line_below(passages: Passages) -> str | None:
    """The short line under the title's that has no mark of a sentence and states no date."""
    below = passages.lines[0].text if passages.lines else ""
    return below if below and _TITLE_LINE.fullmatch(below) and not stands_under_title(below) else None


def _first_line(evidence: _Evidence) -> Said | None:
    """A short first line above the text that the outline does not take for a title: `工作总结`."""
    title = evidence.passages.title
    if not title or evidence.shown is not None:
        return None
    return Said(title, title, evidence.passages.block.span(0, len(title)), "first_line", 0.7)


def _stated(evidence: _Evidence) -> Said | None:
    """What the head of a page states."""
    title = evidence.stated.title
    return Said(title, title, None, "stated", 0.7) if title else None


RULES: tuple[_Rule, ...] = (_marked, _stated_of_this_part, _in_the_text, _stated, _first_line)
"""Where a title may stand, strongest first. The confidences are set by hand."""
