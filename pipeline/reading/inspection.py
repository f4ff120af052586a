"""What a file is and how it was read: for `zongji inspect`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zongji.corpus.records import Failure, Notice, Span
from zongji.pipeline.reading.inputs import Blob, blobs_of
from zongji.pipeline.reading.reader import read_and_extract
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.sources import LIMITS, Limits
from zongji.pipeline.sources.locations import shown


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of a file or of a member of an archive; without a failure, all counts are of what was read."""

    name: str
    bytes: int
    failure: Failure | None = None
    format: str = ""
    decoded: str = ""
    """The encoding of a text, or the program that gave the text of another format."""
    characters: int = 0
    pages: int | None = None
    tables: int = 0
    documents: int = 0
    sections: int = 0
    figures: int = 0
    excluded: tuple[str, ...] = ()
    """The lines that belong to no document, each behind its location."""
    warnings: tuple[Notice, ...] = ()
    text: str = ""
    """The decoded text, in which all offsets count."""


def inspect(path: str, *, encoding: str | None = None, limits: Limits = LIMITS) -> Iterator[Inspection]:
    """One inspection a file, or one a member of an archive. Never raises on what a file holds."""
    for blob in blobs_of(path, limits):
        yield _inspection(blob, encoding, limits)


def _inspection(blob: Blob, encoding: str | None, limits: Limits) -> Inspection:
    name = f"{blob.path}: {blob.member}" if blob.member else blob.path
    reading, result = read_and_extract(blob, Settings(encoding, limits))
    if reading is None:
        return Inspection(name, len(blob.data), failure=result.failure)
    text, documents = reading.aligned.source, result.documents
    locations = reading.locations

    def line(span: Span) -> str:
        location = shown(locations.at(span.start, span.end)) if locations else ""
        return ": ".join(filter(None, [location, text[span.start : span.end].strip()[:60]]))

    return Inspection(
        name,
        len(blob.data),
        format=reading.format,
        decoded=reading.encoding,
        characters=len(text),
        pages=reading.pages,
        tables=reading.tables,
        documents=len(documents),
        sections=sum(len(document.sections) for document in documents),
        figures=sum(len(document.figures) for document in documents),
        excluded=tuple(line(span) for span in result.boilerplate if text[span.start : span.end].strip()),
        warnings=reading.notices,
        text=text,
    )
