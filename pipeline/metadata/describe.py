"""What a document says about itself: its type, title, organization and period."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from zongji.corpus.labels import DocumentType
from zongji.corpus.records import Period
from zongji.pipeline.metadata.doc_type import type_of
from zongji.pipeline.metadata.organizations import organization_of
from zongji.pipeline.metadata.period import period_of
from zongji.pipeline.metadata.title import title_block, title_of
from zongji.pipeline.structure.line_roles import Role, TaggedLine
from zongji.pipeline.structure.outline import Node

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_OPENING = 400  # characters of an opening paragraph that are searched
_OPENING_LINES = 8
_LAST_LINES = 3  # lines that may hold a signature


class Description(NamedTuple):
    """What a document says about itself."""

    doc_type: DocumentType
    title: str | None
    organization: str | None
    period: Period


def describe(text: str, lines: Sequence[TaggedLine], nodes: Sequence[Node]) -> Description:
    """Type, title, organization and period of the document that consists of these lines and sections."""
    title = title_of(nodes)
    end = lines[-1].line.end
    block = title_block(text, nodes, end)
    opening = _opening(lines, behind=lines[0].line.start + len(block))
    return Description(
        doc_type=type_of(title or "", block, opening, nodes, end),
        title=title,
        organization=organization_of(block, opening, [item.line.text for item in lines[-_LAST_LINES:]]),
        period=period_of(block, opening, nodes, text[lines[0].line.start : end]),
    )


def _opening(lines: Sequence[TaggedLine], *, behind: int) -> str:
    """The text between the title, which ends at `behind`, and the first heading."""
    body = [item for item in lines[:_OPENING_LINES] if item.line.start >= behind]
    return " ".join(item.line.text for item in takewhile(_is_no_heading, body) if item.role is not Role.BOILERPLATE)[
        :_OPENING
    ]


def _is_no_heading(item: TaggedLine) -> bool:
    return item.heading is None
