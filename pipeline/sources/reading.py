"""The result of reading a file: its readable text aligned to the source, how it was read, and notices."""

from __future__ import annotations

from dataclasses import dataclass

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure, Notice, Span
from zongji.pipeline.sources.locations import Locations


class SourceError(Exception):
    """A file that cannot be read as text; the message says what it is, why it cannot be read, and what to do."""

    def __init__(self, code: FailureCode, message: str) -> None:
        """Both arguments go to `args`, so that the error survives the way from another process."""
        super().__init__(code, message)
        self.failure = Failure(code, message)

    def __str__(self) -> str:
        """The message alone."""
        return self.failure.message


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a web page says about its text outside of it: evidence, no part of the text."""

    title: str | None = None
    title_lines: tuple[Span, ...] = ()
    """Where the readable text has the title, line by line."""
    date: str | None = None
    """When it was published, as an ISO date."""
    source: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A document that its format tells apart, such as a row of a dump or a sheet, as spans of the readable text."""

    span: Span
    title_lines: tuple[Span, ...] = ()
    title: str | None = None
    """What the format calls it outside of the text."""
    date: str | None = None
    """When the format says that it was published, as an ISO date."""
    author: str | None = None
    """By whom the format says that it is: a person or an office."""


@dataclass(frozen=True, slots=True)
class StatedHeading:
    """A line that the format marks as a heading, as a span of the readable text."""

    span: Span
    depth: int | None
    """Counted from the top, in steps that the format chose; None for a line that is no more than set in bold."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A decoded text as a reader sees it: `Reading` without what its bytes and its file say."""

    aligned: Aligned
    boilerplate: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()
    web_page: PageMetadata | None = None
    parts: tuple[Part, ...] = ()
    headings: tuple[StatedHeading, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as text.

    `aligned` leads from the readable text to the decoded source. `boilerplate` holds the spans of the readable
    text that are navigation and the like, sorted and disjoint; `notices` have their offsets in the decoded source.
    """

    aligned: Aligned
    format: str
    encoding: str
    boilerplate: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()
    locations: Locations | None = None
    """From the decoded source on to the original file; None for a text without a file."""
    pages: int | None = None
    tables: int = 0
    """Tables marked up as such in the format."""
    web_page: PageMetadata | None = None
    """What the web page around the text says; None where there is none."""
    parts: tuple[Part, ...] = ()
    """The documents that the format tells apart, sorted and disjoint; empty where it tells none."""
    headings: tuple[StatedHeading, ...] = ()
    """The headings that the format marks as such, sorted and disjoint."""
