"""What a file is and how it was read: for `zongji inspect`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zongji.corpus.records import Failure, Notice, Span
from zongji.pipeline.reading.inputs import Blob, unpacked
from zongji.pipeline.reading.many_files import read_each
from zongji.pipeline.reading.reader import NO_DOCUMENT, read_and_extract
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.sources.locations import shown


@dataclass(frozen=True, slots=True)
class Inspection:
    """Facts about a file or archive member; without a failure, all counts refer to what was read."""

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
    """The lines that belong to no document, each with its location."""
    warnings: tuple[Notice, ...] = ()
    text: str = ""
    """The decoded text, in which all offsets count."""


def inspections(files: Iterable[str], settings: Settings = DEFAULTS) -> Iterator[Inspection]:
    """One inspection per file or archive member. Never raises because of a file's content."""
    return read_each(files, inspected, lambda path, why: Inspection(path, 0, failure=why), settings)


def inspected(blob: Blob, settings: Settings = DEFAULTS) -> Iterator[Inspection]:
    """The same for a file whose bytes are given, or that cannot be read."""
    return (_inspection(member, settings) for member in unpacked(blob, settings.limits))


def _inspection(blob: Blob, settings: Settings) -> Inspection:
    name = f"{blob.path}: {blob.member}" if blob.member else blob.path
    reading, result = read_and_extract(blob, settings)
    if reading is None or result.failure not in {None, NO_DOCUMENT}:
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
