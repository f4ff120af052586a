"""The line on one screen: from a file's reading to its documents.

read           bytes to a decoded source and its readable text   sources (called by reader)
restore        undo what conversions did                         restore
headings       lines to markers, levels, titles                  headings
split          into documents, boilerplate apart                 documents
outline        headings to the tree of sections                  sections
describe       type, organization, period                        metadata
classify       each section its class                            classify, learned
extract        numerals to figures and rejected                  figures, learned
gather         figures to activities                             activities
compare        sums, repeats and contradictions                  checks
locate         all offsets back to the source                    locate
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zongji.corpus.alignment import Aligned
from zongji.corpus.digests import digest_of_text
from zongji.corpus.labels import NoticeCode
from zongji.corpus.records import Damage, Document, Figure, Notice, Source, Span
from zongji.models.engines import Engine
from zongji.pipeline.activities.gather import gather
from zongji.pipeline.checks import Repetitions, compare
from zongji.pipeline.figures.extract import extract
from zongji.pipeline.locate import located
from zongji.pipeline.metadata.describe import describe
from zongji.pipeline.model_decisions import type_by, with_categories_and_modalities, with_classes
from zongji.pipeline.restore import restore
from zongji.pipeline.restore.record import Certainty, Repair
from zongji.pipeline.restore.script import script_of
from zongji.pipeline.sources import Reading
from zongji.pipeline.structure.classify import classify
from zongji.pipeline.structure.documents import Extent, split
from zongji.pipeline.structure.headings import Heading, Line, find_headings, lines_of
from zongji.pipeline.structure.line_roles import Role, TaggedLine
from zongji.pipeline.structure.outline import outline

_MANY = 50  # doubtful repairs of a document; more of them are one notice
_SCRIPT_SAMPLE = 2000  # characters of a document's source that tell its script


class Found(NamedTuple):
    """What a reading holds: its documents, and the lines that belong to none as spans of the source."""

    documents: tuple[Document, ...]
    boilerplate: tuple[Span, ...]


class _File(NamedTuple):
    """What all documents of a file share. Offsets count in the restored text."""

    reading: Reading
    engine: Engine
    aligned: Aligned
    repairs: Sequence[Repair]
    lines: Sequence[Line]
    headings: Sequence[Heading]
    extents: Sequence[Extent]
    tagged: Sequence[TaggedLine]
    repetitions: Repetitions


def run(reading: Reading, *, path: str, digest: str, engine: Engine, member: str | None = None) -> Found:
    """The documents of a reading, with all offsets in its decoded source."""
    file = _opened(reading, engine)
    found = _documents(file, path, digest, member)
    documents = tuple(located(document, file.aligned, reading.places) for document in found)
    return Found(documents, _outside(file))


def unlocated(reading: Reading, engine: Engine) -> tuple[Aligned, tuple[Document, ...]]:
    """The restored text and its documents with all offsets in it, as training looks at them."""
    file = _opened(reading, engine)
    return file.aligned, tuple(_documents(file, "", ""))


def _opened(reading: Reading, engine: Engine) -> _File:
    aligned, repairs = restore(reading.aligned)
    lines = lines_of(aligned.text)
    headings = find_headings(aligned.text, lines)
    extents, tagged = split(aligned.text, lines, headings, _apart(reading, aligned, lines))
    return _File(reading, engine, aligned, repairs, lines, headings, extents, tagged, Repetitions(lines))


def _documents(file: _File, path: str, digest: str, member: str | None = None) -> Iterator[Document]:
    for part, extent in enumerate(file.extents):
        yield _document(file, extent, Source(path, digest, file.reading.format, file.reading.encoding, part, member))


def _document(file: _File, extent: Extent, source: Source) -> Document:
    """One document with everything found in it, in offsets of the restored text."""
    text, lines = file.aligned.text, file.tagged[extent.first : extent.last]
    start, end = lines[0].line.start, lines[-1].line.end
    nodes = outline(file.tagged, extent, file.headings)
    about = describe(text, lines, nodes)
    headings = [node.title for node in nodes if node.role is Role.HEADING and node.level == 1 and node.title]
    doc_type = type_by(file.engine, about.doc_type, about.title, headings, text[start:end])
    sections = with_classes(classify(nodes, doc_type, end), text, doc_type, file.engine)
    found = extract(text, start, end, sections, doc_type, _boilerplate(lines))
    figures = with_categories_and_modalities(found.figures, text, sections, doc_type, file.engine)
    first, last = file.aligned.origin(start, end)
    return Document(
        document_id=digest_of_text(f"{source.sha256}:{first}:{last}")[:20],
        source=source,
        start=start,
        end=end,
        doc_type=doc_type,
        title=about.title,
        organization=about.organization,
        period=about.period,
        script=script_of(file.aligned.source[first : min(last, first + _SCRIPT_SAMPLE)]),
        text=text[start:end],
        sections=sections,
        activities=gather(text, start, end, sections, figures, about.period),
        figures=figures,
        rejected=found.rejected,
        checks=(*compare(text, figures), *file.repetitions.within(lines)),
        notices=tuple(_notices(file, figures, first, last)),
        damage=_damage(file.repairs, first, last),
    )


def _boilerplate(lines: Sequence[TaggedLine]) -> list[Span]:
    """The site's lines in the middle of a document: no figures are taken from them."""
    return [Span(item.line.start, item.line.end) for item in lines if item.role is Role.BOILERPLATE]


def _damage(repairs: Sequence[Repair], first: int, last: int) -> Damage:
    """The repairs of a document, counted by certainty."""
    counts = Counter(repair.certainty.value for repair in repairs if first <= repair.start < last)
    return Damage(**counts)


def _notices(file: _File, figures: Sequence[Figure], first: int, last: int) -> Iterator[Notice]:
    """What a reader of the document at `first` to `last` of the source should know."""
    yield from (notice for notice in file.reading.notices if notice.start < last and notice.end >= first)
    yield from _damaged([repair for repair in file.repairs if first <= repair.start < last])
    if not figures:
        yield Notice(NoticeCode.NO_FIGURES, "no figure was found in this document", first, last)


def _damaged(repairs: Sequence[Repair]) -> Iterator[Notice]:
    """The repairs that are not exact: each by itself, or all in one where they are many."""
    doubtful = [repair for repair in repairs if repair.certainty is not Certainty.EXACT]
    if len(doubtful) > _MANY:
        message = f"damaged bytes at {len(doubtful)} places, read by likelihood; zongji restore --explain lists them"
        yield Notice(NoticeCode.DAMAGED_TEXT, message, doubtful[0].start, doubtful[-1].end)
        return
    for repair in doubtful:
        others = f"; or {' | '.join(repair.alternatives[:3])}" if repair.alternatives else ""
        yield Notice(
            NoticeCode.DAMAGED_TEXT, f"damaged bytes, read as {repair.after}{others}", repair.start, repair.end
        )


def _outside(file: _File) -> tuple[Span, ...]:
    """The lines that belong to no document."""
    inside = {place for extent in file.extents for place in range(extent.first, extent.last)}
    outside = [item.line for place, item in enumerate(file.tagged) if place not in inside]
    return tuple(Span(*file.aligned.origin(line.start, line.end)) for line in outside)


def _apart(reading: Reading, aligned: Aligned, lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the lines that lie in what the format set apart; both are in order."""
    spans = [reading.aligned.origin(span.start, span.end) for span in reading.boilerplate]
    apart, place = set(), 0
    for index, line in enumerate(lines if spans else ()):
        start = aligned.origin(line.start, line.end)[0]
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place < len(spans) and spans[place][0] <= start:
            apart.add(index)
    return frozenset(apart)
