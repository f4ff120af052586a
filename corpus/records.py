"""The records. All are immutable; spans are half-open `[start, end)` in code points.

The offsets of public records count in the decoded source: the text given to `extract_text`, or a file's text as
decoded, before any repair. Inside the pipeline they count in the restored text, until `zongji.pipeline.flow` maps them
back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zongji.corpus.labels import (
    ActivityType,
    Bound,
    Category,
    CheckCode,
    DocumentField,
    DocumentType,
    FailureCode,
    Modality,
    NoticeCode,
    Reason,
    Script,
    SectionLabel,
)
from zongji.corpus.plain import Record

SCHEMA = "zongji/2"
"""The shape of a document as plain data; it changes when the shape does."""


@dataclass(frozen=True, slots=True)
class Span(Record):
    """A stretch of text: `[start, end)` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Location(Record):
    """A location in the original file. What does not apply to a format is None; all counts begin at 1."""

    member: str | None = None
    """The path inside an archive."""
    line: int | None = None
    """The line of the decoded file, for formats that are text."""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom from the page's top left corner, in points (1/72 inch); in an image, in pixels."""
    paragraph: int | None = None
    """The paragraph of the body, counted across tables."""
    table: int | None = None
    sheet: str | None = None
    cell: str | None = None
    """The cell of the table or sheet, as spreadsheets name it: B4 is the second of the fourth row."""

    def to_dict(self) -> dict[str, Any]:
        """The location as plain data, without None values."""
        return {name: value for name, value in Record.to_dict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Source(Record):
    """The origin of a document: the file, its digest (a member's, in an archive), and how its bytes became text.

    `encoding` is that of a text file; of any other format, the program that gave its text.
    """

    path: str
    sha256: str
    format: str
    encoding: str
    part: int = 0
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Period(Record):
    """The period of a document: first and last day as ISO dates, if the text states them; its wording."""

    start: str | None = None
    end: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """Where a document's title, organization, period or date was found.

    `text` are the words there; `start` and `end` are None where the decoded source does not have them as they are.
    `rule` names the rule that found them, `confidence`, from 0 to 1, is how often it is right.
    """

    field: DocumentField
    start: int | None
    end: int | None
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Section(Record):
    """A heading and what it governs, up to the next heading of its own or a higher level.

    `id` is unique in its document (`s1`), `parent` that of the section around it. `level` counts from 1, the outermost.
    `title` is restored text; `confidence`, from 0 to 1, is that of the label.
    """

    id: str
    parent: str | None
    start: int
    end: int
    level: int
    marker: str | None
    title: str | None
    label: SectionLabel
    confidence: float


@dataclass(frozen=True, slots=True)
class Figure(Record):
    """A quantity a document states.

    `id` is unique in its document (`f1`); `section` and `activity` are the ids of those it belongs to. `value` is the
    number in full (万 multiplied out), of a range its lower end with `value_max` the upper one, and None if the
    source blanks it out. `unit` is the measure word, `item` what is counted, `per` the base of a "per". `text`, `item`
    and `quote`, the sentence, are restored text; the span is that of `text`. `confidence` is from 0 to 1.
    """

    id: str
    category: Category
    value: float | int | None
    value_max: float | int | None
    bound: Bound
    unit: str
    item: str
    modality: Modality
    total: bool
    per: str | None
    text: str
    start: int
    end: int
    section: str | None = None
    activity: str | None = None
    confidence: float = 1.0
    quote: str = ""
    page: int | None = None
    place: Location | None = None
    """The location in the original file; None for a text without a file."""


@dataclass(frozen=True, slots=True)
class Activity(Record):
    """One event or programme; `figures` are the ids of those that belong to it.

    `id` is unique in its document (`a1`). The dates are ISO dates, as precise as the document states them; `date_text`
    has the wording.
    """

    id: str
    name: str
    type: ActivityType
    start_date: str | None
    end_date: str | None
    date_text: str | None
    place: str | None
    organizer: str | None
    section: str | None
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejection(Record):
    """A number rejected as a figure, and why."""

    start: int
    end: int
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Check(Record):
    """A result of comparing figures or passages of one document; `figures` are ids, the total first."""

    code: CheckCode
    figures: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Notice(Record):
    """Something to know about a span of a document or file; `message` is for people."""

    code: NoticeCode
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Failure(Record):
    """Why a file gave no document: a code to branch on, and a message for people, also returned by `str()`."""

    code: FailureCode
    message: str

    def __str__(self) -> str:
        """The message."""
        return self.message


@dataclass(frozen=True, slots=True)
class Damage(Record):
    """How badly a document was damaged: its repairs by certainty."""

    exact: int = 0
    likely: int = 0
    unrecovered: int = 0


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One plan or summary with everything that was found in it.

    `document_id` is the same for the same bytes, on any machine. `start` and `end` are its place in the decoded source;
    `text` is its restored text; no offset refers to it. `rejected` are the numbers rejected as figures.
    """

    document_id: str
    source: Source
    start: int
    end: int
    doc_type: DocumentType
    title: str | None
    organization: str | None
    period: Period
    date: str | None
    """When it was signed or published, an ISO date as precise as stated."""
    script: Script
    text: str = field(repr=False)
    evidence: tuple[Evidence, ...] = ()
    """Of title, organization, period and date, as far as they were found."""
    sections: tuple[Section, ...] = ()
    activities: tuple[Activity, ...] = ()
    figures: tuple[Figure, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    checks: tuple[Check, ...] = ()
    notices: tuple[Notice, ...] = ()
    damage: Damage = field(default_factory=Damage)
    place: Location | None = None
    """Where the document begins in the original file."""

    def to_dict(self, *, rejected: bool = False, text: bool = False) -> dict[str, Any]:
        """The object of the document's JSON line; its JSON Schema is `zongji.json_schema()`.

        `rejected` adds the rejected numbers, `text` the restored text. The notices are called `warnings`.
        """
        parts = Record.to_dict(self)
        notices, rejections, restored = parts.pop("notices"), parts.pop("rejected"), parts.pop("text")
        line = {"schema": SCHEMA, "kind": "document", **parts, "warnings": notices}
        if rejected:
            line["rejected"] = rejections
        if text:
            line["text"] = restored
        return line
