"""The line: bytes to documents. The one place where offsets go back from the restored text to the source.

decode and read the format      sources
undo what conversions did       restore
find headings                   headings
split into documents            documents
for each document
    outline and classify        sections, classify
    find figures                figures
    gather activities           activities
    compare figures             checks
move all offsets to the source  locate
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import CheckCode, NoticeCode
from zongji.corpus.records import Check, Document, Notice, Source
from zongji.pipeline import sources
from zongji.pipeline.activities import gather
from zongji.pipeline.checks import Repetitions, compare
from zongji.pipeline.classify import classify
from zongji.pipeline.documents import Marked, Piece, Role, split
from zongji.pipeline.figures.extract import extract
from zongji.pipeline.headings import Heading, Line, find_headings, lines_of
from zongji.pipeline.inputs import STANDARD_INPUT, standard_input
from zongji.pipeline.locate import located
from zongji.pipeline.metadata import organization_of, period_of, type_of
from zongji.pipeline.restore import restore
from zongji.pipeline.restore.script import script_of
from zongji.pipeline.sections import Node, outline
from zongji.pipeline.sources import Reading, SourceError

_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENING = 400  # characters of an opening paragraph that are asked for type, organization and period


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: its documents, or the reason why there are none."""

    path: str
    documents: tuple[Document, ...] = ()
    failure: str | None = None
    notices: tuple[Notice, ...] = ()
    """Notices about the file as a whole, in offsets of its decoded text."""
    boilerplate: int = 0
    """Characters of the restored text that belong to no document."""


def extract_text(text: str) -> tuple[Document, ...]:
    """The documents of a text. Offsets count in the text itself; a lone surrogate in it is read as U+FFFD."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if not text.strip():
        return ()
    return _extract(sources.read_text(_SURROGATE.sub("\ufffd", text)), path="", digest=digest).documents


def extract_bytes(data: bytes, *, path: str = "", encoding: str | None = None) -> Result:
    """The documents of a file's bytes, or the failure with its reason; never raises on what a file holds."""
    try:
        reading = sources.read(data, name=path, encoding=encoding)
        return _extract(reading, path=path, digest=hashlib.sha256(data).hexdigest())
    except SourceError as error:
        return Result(path, failure=str(error))
    except Exception as error:  # a bad file costs itself alone; the message says that it is our fault
        return Result(path, failure=f"internal error, please report it with the file: {type(error).__name__}: {error}")


def extract_file(path: Path | str, *, encoding: str | None = None) -> Result:
    """The documents of a file, or the failure with its reason."""
    data, failure = _bytes_of(str(path))
    if failure is not None:
        return Result(str(path), failure=failure)
    return extract_bytes(data, path=str(path), encoding=encoding)


def restored_text(path: Path | str, *, encoding: str | None = None) -> tuple[str, str | None]:
    """The restored text of a file and no failure, or an empty text and the failure with its reason."""
    data, failure = _bytes_of(str(path))
    if failure is not None:
        return "", failure
    try:
        return restore(sources.read(data, name=str(path), encoding=encoding).aligned).text, None
    except SourceError as error:
        return "", str(error)


def _bytes_of(path: str) -> tuple[bytes, str | None]:
    """The bytes of a file, of standard input for `-`, or the reason why they cannot be had."""
    try:
        return (standard_input() if path == STANDARD_INPUT else Path(path).read_bytes()), None
    except OSError as error:
        return b"", f"cannot be read: {error.strerror or error}"


def _extract(reading: Reading, *, path: str, digest: str) -> Result:
    aligned = restore(reading.aligned)
    text = aligned.text
    lines = lines_of(text)
    headings = find_headings(text, lines)
    repetitions = Repetitions(lines)
    pieces, marked = split(text, lines, headings, _apart(reading, aligned, lines))
    documents = tuple(
        _document(
            aligned, marked, piece, headings, repetitions, Source(path, digest, reading.format, reading.encoding, part)
        )
        for part, piece in enumerate(pieces)
    )
    outside = sum(len(item.line.text) for item in marked) - sum(
        len(item.line.text) for piece in pieces for item in marked[piece.first : piece.last]
    )
    notices = (*reading.notices, *_file_notices(documents))
    return Result(
        path, documents, None if documents else "holds no document, only boilerplate or blanks", notices, outside
    )


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


def _document(
    aligned: Aligned,
    marked: Sequence[Marked],
    piece: Piece,
    headings: Sequence[Heading],
    repetitions: Repetitions,
    source: Source,
) -> Document:
    """One document with everything found in it, in offsets of the source."""
    text = aligned.text
    lines = marked[piece.first : piece.last]
    start, end = lines[0].line.start, lines[-1].line.end
    nodes = outline(marked, piece, headings)
    title = next((node.title for node in nodes if node.role is Role.TITLE), None)
    named = _title_block(text, nodes, end)
    opening = _opening(lines, behind=start + len(named))
    doc_type = type_of(title or "", named, opening, nodes, end)
    sections = classify(nodes, doc_type, end)
    found = extract(text, start, end, sections, doc_type)
    period = period_of(named, opening, nodes)
    activities = gather(text, start, end, sections, found.figures, period)
    first, last = aligned.origin(start, end)
    document = Document(
        document_id=hashlib.sha256(f"{source.sha256}:{first}:{last}".encode()).hexdigest()[:20],
        source=source,
        start=start,
        end=end,
        doc_type=doc_type,
        title=title,
        organization=organization_of(named, opening),
        period=period,
        script=script_of(aligned.source[first : min(last, first + 2000)]),
        text=text[start:end],
        sections=sections,
        activities=activities,
        figures=found.figures,
        refusals=found.refusals,
        checks=(*compare(text, found.figures), *_repeated(repetitions, lines)),
    )
    return located(document, aligned)


def _repeated(repetitions: Repetitions, lines: Sequence[Marked]) -> Iterator[Check]:
    for first, last, _ in repetitions.within([item.line for item in lines]):
        message = f"a passage of {last.end - first.start} characters stands in this file before: {first.text[:20]}…"
        yield Check(CheckCode.REPEATED_PASSAGE, (), message)


def _title_block(text: str, nodes: Sequence[Node], end: int) -> str:
    """The title's lines with what stands under them; empty where a document has no title."""
    if not nodes or nodes[0].role is not Role.TITLE:
        return ""
    return text[nodes[0].start : nodes[1].start if len(nodes) > 1 else end].rstrip()


def _opening(lines: Sequence[Marked], *, behind: int) -> str:
    """The text between the title, which ends at `behind`, and the first heading."""
    return " ".join(item.line.text for item in _before_headings(lines) if item.line.start >= behind)[:_OPENING]


def _before_headings(lines: Sequence[Marked]) -> Iterator[Marked]:
    for item in lines[:8]:
        if item.heading is not None:
            return
        if item.role is not Role.BOILERPLATE:
            yield item


def _file_notices(documents: Sequence[Document]) -> Iterator[Notice]:
    for document in documents:
        if not document.figures:
            yield Notice(NoticeCode.NO_FIGURES, "no figure was found in this document", document.start, document.end)
