"""The way of the data, from a file's reading to its documents: `run` is `prepared`, `staged`, `assembled`, `located`.

`prepared` sees a whole file, `staged` and `assembled` one document of it. The rules decide first, then the engine's
models where the rules leave it open (`model_decisions`).

| stage    | what it does                                            | where                                   |
|----------|---------------------------------------------------------|-----------------------------------------|
| read     | bytes to a decoded source and its readable text         | `sources`, called by `reading.reader`   |
| restore  | undo the damage of conversions                          | `restore`                               |
| headings | text to lines, markers, levels, titles                  | `structure.headings`                    |
| split    | lines to documents; boilerplate is excluded             | `structure.documents`                   |
| outline  | headings to the tree of sections                        | `structure.outline`                     |
| describe | title, type, organization, period, date                 | `metadata.describe`, `model_decisions`  |
| classify | a class for each section                                | `structure.classify`, `model_decisions` |
| extract  | numerals to figures and rejections                      | `figures.extract`, `model_decisions`    |
| gather   | figures to activities                                   | `activities.gather`                     |
| compare  | sums, repetitions, contradictions                       | `checks`                                |
| locate   | offsets back to the source, locations in the file       | `locate`                                |

Up to the last stage, offsets count in the restored text. `Aligned` maps them to the decoded source:
`aligned.origin(start, end)` is where a span of the restored text came from. Repairs, and the records that `run`
returns, have offsets of the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from zongji.corpus.alignment import Aligned
from zongji.corpus.digests import digest_of_text
from zongji.corpus.labels import DocumentType, NoticeCode
from zongji.corpus.records import Document, Figure, Notice, Section, Source, Span
from zongji.corpus.wording import readable
from zongji.models.engines import Engine
from zongji.pipeline.activities.gather import gather
from zongji.pipeline.checks import Repetitions, compare
from zongji.pipeline.figures.extract import Extracted, extract
from zongji.pipeline.locate import located
from zongji.pipeline.metadata.describe import Description, describe
from zongji.pipeline.metadata.passages import LINES_ABOVE
from zongji.pipeline.metadata.stated import NOTHING_STATED, Around, Stated
from zongji.pipeline.model_decisions import decide_classes, decide_figures, decide_leaning, decide_type, type_features
from zongji.pipeline.restore import restore
from zongji.pipeline.restore.notices import damage_notices, damage_of
from zongji.pipeline.restore.record import Repair
from zongji.pipeline.restore.script import script_of
from zongji.pipeline.sources import Reading
from zongji.pipeline.structure.classify import classify
from zongji.pipeline.structure.documents import Extent, everything, split
from zongji.pipeline.structure.headings import Heading, Line, find_headings, lines_of
from zongji.pipeline.structure.known_lines import KnownLines, known_lines
from zongji.pipeline.structure.line_roles import Role, TaggedLine
from zongji.pipeline.structure.outline import Node, outline

_SCRIPT_SAMPLE = 2000  # characters of a document's source that tell its script


class Found(NamedTuple):
    """What a reading holds: its documents, and the lines that belong to none as spans of the source."""

    documents: tuple[Document, ...]
    boilerplate: tuple[Span, ...]


def run(reading: Reading, *, path: str, digest: str, engine: Engine, member: str | None = None) -> Found:
    """The documents of a reading, with all offsets in its decoded source."""
    file = prepared(reading, engine)
    source = Source(readable(path), digest, reading.format, reading.encoding, member=member)
    documents = tuple(located(document, file.aligned, reading.locations) for document in _documents(file, source))
    return Found(documents, _outside_documents(file))


TypeOf = Callable[[DocumentType], DocumentType]
"""What a document's type is taken for."""


def run_unlocated(
    reading: Reading, engine: Engine, type_of: TypeOf = lambda found: found
) -> tuple[Aligned, tuple[Document, ...]]:
    """The restored text and its documents with all offsets in that text, for training."""
    file = prepared(reading, engine)
    source = Source("", "", reading.format, reading.encoding)
    staged_all = (staged(file, extent, type_of) for extent in file.extents)
    return file.aligned, tuple(assembled(file, stages, source) for stages in staged_all)


class File(NamedTuple):
    """What all documents of a file share. Offsets count in the restored text."""

    reading: Reading
    engine: Engine
    aligned: Aligned
    repairs: Sequence[Repair]
    lines: Sequence[Line]
    headings: Sequence[Heading]
    extents: Sequence[Extent]
    tagged: Sequence[TaggedLine]
    known: KnownLines
    repetitions: Repetitions
    part_starts: Sequence[int]
    """Where the parts of the reading begin, in the decoded source."""


def prepared(reading: Reading, engine: Engine) -> File:
    """Restore, headings, split: the stages that see a whole file."""
    aligned, repairs = restore(reading.aligned)
    lines = lines_of(aligned.text)
    known = known_lines(reading, aligned, lines)
    headings = find_headings(aligned.text, lines, known.depths, known.bold)
    extents, tagged = split(aligned.text, lines, headings, known)
    if not extents and known.is_complete:
        extents, reading = everything(tagged, known), _with_notice(reading)
    parts = [reading.aligned.origin(part.span.start, part.span.end)[0] for part in reading.parts]
    return File(reading, engine, aligned, repairs, lines, headings, extents, tagged, known, Repetitions(lines), parts)


def _with_notice(reading: Reading) -> Reading:
    message = "no line of the page looks like the beginning of a document; its whole text was read as one"
    notice = Notice(NoticeCode.WHOLE_PAGE, message, 0, len(reading.aligned.source))
    return replace(reading, notices=(*reading.notices, notice))


def _documents(file: File, source: Source) -> Iterator[Document]:
    for part, extent in enumerate(file.extents):
        yield assembled(file, staged(file, extent), replace(source, part=part))


class Stages(NamedTuple):
    """What each stage made of one document, in offsets of the restored text; `zongji trace` explains them."""

    lines: Sequence[TaggedLine]
    start: int
    end: int
    nodes: Sequence[Node]
    about: Description
    top_titles: Sequence[str]
    """The titles of the headings of the first level."""
    doc_type: DocumentType
    leaning: DocumentType
    """A plan or a summary, by the words of the whole text."""
    ruled_sections: Sequence[Section]
    """The sections as the rules classify them, without the models."""
    sections: tuple[Section, ...]
    extracted: Extracted
    """Figures as the rules decide them, and rejections."""
    figures: tuple[Figure, ...]


def staged(file: File, extent: Extent, type_of: TypeOf = lambda found: found) -> Stages:
    """Outline, describe, classify, extract: one document from its lines to its figures."""
    text, lines = file.aligned.text, file.tagged[extent.first : extent.last]
    start, end = lines[0].line.start, lines[-1].line.end
    nodes = outline(file.tagged, extent, file.headings)
    about = describe(text, lines, nodes, around_of(file, extent))
    top_titles = [node.title for node in nodes if node.role is Role.HEADING and node.level == 1 and node.title]
    shown = type_features(about.title, top_titles, text[start:end])
    doc_type = type_of(decide_type(file.engine, about.ruled, shown))
    leaning = decide_leaning(file.engine, doc_type, shown)
    ruled = classify(nodes, doc_type, end)
    sections = decide_classes(file.engine, ruled, text, doc_type)
    extracted = extract(text, start, end, sections, leaning, boilerplate_within(lines))
    figures = decide_figures(file.engine, extracted.figures, text, sections, leaning)
    return Stages(lines, start, end, nodes, about, top_titles, doc_type, leaning, ruled, sections, extracted, figures)


def assembled(file: File, stages: Stages, source: Source) -> Document:
    """Gather and compare: the document that the stages made, in offsets of the restored text."""
    text, start, end = file.aligned.text, stages.start, stages.end
    about, figures = stages.about, stages.figures
    first, last = file.aligned.origin(start, end)
    repairs = [repair for repair in file.repairs if first <= repair.start < last]
    return Document(
        document_id=digest_of_text(f"{source.sha256}:{first}:{last}")[:20],
        source=source,
        start=start,
        end=end,
        doc_type=stages.doc_type,
        title=about.title,
        organization=about.organization,
        period=about.period,
        date=about.date,
        evidence=about.evidence,
        script=script_of(file.aligned.source[first : min(last, first + _SCRIPT_SAMPLE)]),
        text=text[start:end],
        sections=stages.sections,
        activities=gather(
            text,
            start,
            end,
            stages.sections,
            figures,
            about.period,
            title=about.title,
            organization=about.organization,
        ),
        figures=figures,
        rejected=stages.extracted.rejected,
        checks=(*compare(text, figures), *file.repetitions.within(stages.lines)),
        notices=tuple(_notices(file.reading, repairs, figures, Span(first, last))),
        damage=damage_of(repairs),
    )


def around_of(file: File, extent: Extent) -> Around:
    """What stands around a document and is known of it by its format."""
    before = max((other.last for other in file.extents if other.last <= extent.first), default=0)
    above = [item.line for item in file.tagged[max(before, extent.first - LINES_ABOVE) : extent.first]]
    marked = [file.lines[index] for index in sorted(file.known.titles) if extent.first <= index < extent.last]
    stated = _stated(file, file.lines[extent.first].start)
    return Around(above, marked[:1] if stated.is_sure else marked, stated)


def _stated(file: File, start: int) -> Stated:
    """What the format states of the document that begins at this place."""
    page = file.reading.web_page
    if page is not None:
        alone = len(file.extents) == 1
        return Stated(page.title if alone else None, page.date if alone else None, page.author)
    place = bisect_right(file.part_starts, file.aligned.origin(start, start + 1)[0]) - 1
    if place < 0:
        return NOTHING_STATED
    part = file.reading.parts[place]
    return Stated(part.title, part.date, part.author, is_sure=True)


def boilerplate_within(lines: Sequence[TaggedLine]) -> list[Span]:
    """The site's lines in the middle of a document: no figures are taken from them."""
    return [Span(tagged.line.start, tagged.line.end) for tagged in lines if tagged.role is Role.BOILERPLATE]


def _notices(reading: Reading, repairs: Sequence[Repair], figures: Sequence[Figure], source: Span) -> Iterator[Notice]:
    """What a reader of the document at this span of the source should know."""
    yield from (notice for notice in reading.notices if notice.start < source.end and notice.end >= source.start)
    yield from damage_notices(repairs)
    if not figures:
        yield Notice(NoticeCode.NO_FIGURES, "no figure was found in this document", source.start, source.end)


def _outside_documents(file: File) -> tuple[Span, ...]:
    """The lines that belong to no document, as spans of the source."""
    inside = {index for extent in file.extents for index in range(extent.first, extent.last)}
    outside = [tagged.line for index, tagged in enumerate(file.tagged) if index not in inside]
    return tuple(Span(*file.aligned.origin(line.start, line.end)) for line in outside)
