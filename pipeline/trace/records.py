"""A trace as data: the steps of each number, and the shared steps of each document."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from zongji.corpus.plain import plain
from zongji.corpus.records import Document, Failure, Figure, Location, Rejection, Span

NONE = "(none)"
"""The outcome of a step that found nothing."""


class Stage(StrEnum):
    """What a step decides."""

    SCAN = "number"
    BOUND = "bound"
    TABLE = "table"
    REJECTION = "rejection"
    STATED = "item stated"
    ITEM = "item"
    CATEGORY = "category"
    MODALITY = "modality"
    TOTAL = "total"
    PER = "per"
    ACTIVITY = "activity"
    HEADING = "section"
    CLASS = "class"
    BEGIN = "document"
    TYPE = "type"
    TITLE = "title"
    ORGANIZATION = "organization"
    PERIOD = "period"
    DATE = "date"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class Rule:
    """A function or row of a list that decides something, with its location."""

    name: str
    where: str
    """File and line, from the package's root: `pipeline/figures/exclusions/counts.py:42`."""
    says: str = ""
    """Its purpose: the first line of its docstring. On the path through a rule, the line of code that returned."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something else that was considered."""

    outcome: str
    """Empty if the rule was tried without an answer."""
    rule: Rule | None = None
    score: float | None = None
    """The probability given by a model."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One decision."""

    stage: Stage
    outcome: str
    rule: Rule
    score: float | None = None
    """The probability, where a model decided."""
    notes: tuple[str, ...] = ()
    """The input of the rule."""
    options: tuple[Option, ...] = ()
    """What else was considered, in the order tried; for a model, most likely first."""
    path: tuple[Rule, ...] = ()
    """The path through the rule: each inner function that passed the outcome on, and the line that returned it."""
    decisive: bool = True
    """False for a step omitted from summaries: overruled by a later one, or without a result."""

    @property
    def runner_up(self) -> Option | None:
        """The first option with another outcome; None if nothing else was considered."""
        return next((option for option in self.options if option.outcome not in {"", self.outcome}), None)


@dataclass(frozen=True, slots=True)
class Trace:
    """How one number became its record: the figure, or the rejection. Offsets count in the decoded source."""

    text: str
    start: int
    end: int
    line: int
    """The line of the decoded source, from 1."""
    place: Location | None
    """The number's location in the original file."""
    sentence: str
    mark: Span
    """The number in `sentence`."""
    steps: tuple[Step, ...]
    section: str | None = None
    """The id of its section."""
    figure: Figure | None = None
    rejection: Rejection | None = None

    def step(self, stage: Stage) -> Step | None:
        """The last step of a stage, which is the effective one; None if there is none."""
        return next((step for step in reversed(self.steps) if step.stage is stage), None)

    def to_dict(self) -> dict[str, Any]:
        """The trace as plain values, for JSON."""
        records = {"place": self.place, "figure": self.figure, "rejection": self.rejection}
        return asdict(self) | {name: plain(record) for name, record in records.items()}


@dataclass(frozen=True, slots=True)
class DocumentTrace:
    """A document with the steps that made it, and the traces of its numbers in text order."""

    document: Document
    steps: tuple[Step, ...]
    sections: dict[str, tuple[Step, ...]]
    """How each section was found and classified, by its id."""
    numbers: tuple[Trace, ...]

    def to_dict(self) -> dict[str, Any]:
        """The trace as plain values, for JSON; the document is reduced to what identifies it."""
        document = self.document
        return {
            "document_id": document.document_id,
            "part": document.source.part,
            "start": document.start,
            "end": document.end,
            "title": document.title,
            "steps": [asdict(step) for step in self.steps],
            "sections": {name: [asdict(step) for step in steps] for name, steps in self.sections.items()},
            "numbers": [number.to_dict() for number in self.numbers],
        }


@dataclass(frozen=True, slots=True)
class FileTrace:
    """A file or archive member with the traces of its documents, or the reason why there are none."""

    path: str
    documents: tuple[DocumentTrace, ...] = ()
    failure: Failure | None = None
    member: str | None = None
    source: str = ""
    """The decoded source, in which offsets and lines count."""

    @property
    def name(self) -> str:
        """The path, followed by that inside the archive."""
        return f"{self.path}: {self.member}" if self.member else self.path

    def to_dict(self) -> dict[str, Any]:
        """The trace as plain values, for JSON; without the source."""
        documents = [document.to_dict() for document in self.documents]
        return {
            "path": self.path,
            "member": self.member,
            "failure": None if self.failure is None else str(self.failure),
            "documents": documents,
        }
