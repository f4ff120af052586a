"""HTML inside Markdown: a table becomes the rows that a browser shows, single tags go, what stands in them stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zongji.corpus.alignment import Edit
from zongji.corpus.records import Span
from zongji.pipeline.sources.html import shown
from zongji.pipeline.sources.html_tags import tags

_TABLE = re.compile(r"<(?P<closing>/?)table\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:u|b|i|em|strong|span|font|center|p|div|sub|sup|a|ins|mark|small|big|details|summary|section)"
    r"(?:\s[^<>\n]{0,500})?/?>|<br\s*/?>|<!--[^<>]{0,2000}-->",
    re.IGNORECASE,
)


def html_tables(text: str, begin: int) -> Iterator[tuple[Span, list[Edit]]]:
    """Where the HTML tables behind a place stand, and the edits that show them as rows.

    A table within another is shown with it; one that never ends is left to the single tags.
    """
    depth, first = 0, begin
    for tag in _TABLE.finditer(text, begin):
        if not tag["closing"]:
            first = first if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                span = Span(first, tag.end())
                yield span, list(_shown(text, span))


def _shown(text: str, span: Span) -> Iterator[Edit]:
    source = text[span.start : span.end]
    for edit in shown(source, tuple(tags(source))).aligned.edits():
        yield Edit(span.start + edit.start, span.start + edit.end, edit.text)


def single_tags(text: str) -> Iterator[Edit]:
    """Tags of one element and comments, deleted; a line break becomes a blank."""
    for tag in _TAG.finditer(text):
        yield Edit(*tag.span(), " " if tag[0][:3].lower() == "<br" else "")
