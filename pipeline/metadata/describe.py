"""What a document says about itself: its type, title, organization, period and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from zongji.corpus.labels import DocumentField, DocumentType
from zongji.corpus.records import Evidence, Period
from zongji.pipeline.metadata.date import date_of
from zongji.pipeline.metadata.doc_type import RuledType, type_of
from zongji.pipeline.metadata.organizations import organization_of
from zongji.pipeline.metadata.passages import passages_of
from zongji.pipeline.metadata.period import period_of
from zongji.pipeline.metadata.said import Said
from zongji.pipeline.metadata.stated import Around
from zongji.pipeline.metadata.title import title_of
from zongji.pipeline.structure.line_roles import TaggedLine
from zongji.pipeline.structure.outline import Node


class Description(NamedTuple):
    """What a document says about itself."""

    ruled: RuledType
    title: str | None
    organization: str | None
    period: Period
    date: str | None
    evidence: tuple[Evidence, ...]


def describe(text: str, lines: Sequence[TaggedLine], nodes: Sequence[Node], around: Around = Around()) -> Description:  # noqa: B008  # immutable
    """What the document that consists of these lines and sections says about itself."""
    passages = passages_of(text, lines, nodes, around.above)
    said = text[lines[0].line.start : lines[-1].line.end]
    ruled = type_of(passages.title, passages.block.text, passages.opening.text, nodes, said)
    title = title_of(passages, nodes, around.stated, around.marked)
    organization = organization_of(passages, around.stated)
    date = date_of(passages, around.stated)
    period, stated_period = period_of(passages, date, is_plan=ruled.doc_type is DocumentType.PLAN)
    found = {
        DocumentField.TITLE: title,
        DocumentField.ORGANIZATION: organization,
        DocumentField.PERIOD: stated_period,
        DocumentField.DATE: date,
    }
    return Description(
        ruled=ruled,
        title=title.value if title else None,
        organization=organization.value if organization else None,
        period=period,
        date=date.value if date else None,
        evidence=tuple(_evidence(found)),
    )


def _evidence(found: Mapping[DocumentField, Said | None]) -> Iterator[Evidence]:
    for field, said in found.items():
        if said is not None:
            start, end = (said.place.start, said.place.end) if said.place else (None, None)
            yield Evidence(field, start, end, said.words, said.rule, said.confidence)
