"""The inline notation of annotated texts: text and expectation in one string.

    {achievements 1 一、}一、主要工作{/}。举办培训班[6期 sessions 6 achieved unit=期 item=培训班]

`parse` strips the marks and returns the remaining text with the annotations, in offsets of that text.
The notation is described for annotators in `corpus/gold/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zongji.corpus.labels import Bound, Category, DocumentType, Modality, SectionLabel

Value = float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document as annotated."""

    start: int
    end: int
    doc_type: DocumentType
    organization: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class AnnotatedSection:
    """A section's start and the content of its heading."""

    start: int
    label: SectionLabel
    level: int
    marker: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class AnnotatedFigure:
    """A figure's span and the fields of its mark."""

    start: int
    end: int
    text: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text and its annotations, sorted by offset."""

    text: str
    documents: tuple[AnnotatedDocument, ...]
    sections: tuple[AnnotatedSection, ...]
    figures: tuple[AnnotatedFigure, ...]


class AnnotationError(ValueError):
    """An unreadable mark; the message names its line."""


def parse(annotated: str) -> AnnotatedText:
    """The text without its marks, and the annotations.

    Raises:
        AnnotationError: if a mark is unknown, incomplete or left open.
    """
    reader = _Reader(annotated)
    position = 0
    for match in _MARK.finditer(annotated):
        reader.copy(annotated[position : match.start()])
        reader.read(match)
        position = match.end()
    reader.copy(annotated[position:])
    return reader.result()


def _alternatives(values: type[SectionLabel | Category | DocumentType]) -> str:
    return "|".join(value.value for value in values)


_MARK = re.compile(
    rf"""
      ^\{{doc[ ](?P<doc>{_alternatives(DocumentType)})(?P<doc_fields>[^{{}}\n]*)\}}[ ]*\n?
    | ^(?P<doc_end>\{{/doc\}})[ ]*\n?
    | \{{(?P<section>{_alternatives(SectionLabel)})(?:[ ](?P<level>\d))?(?:[ ](?P<marker>[^{{}}\n]+?))?[ ]*\}}
    | (?P<title_end>\{{/\}})
    | \[(?P<figure>[^\[\]\n]+?)[ ](?P<category>{_alternatives(Category)})(?P<figure_fields>(?:[ ][^\[\]\n]*)?)\]
    | (?P<unknown>[{{}}])
    """,
    re.VERBOSE | re.MULTILINE,
)
_BOUNDS = frozenset(bound.value for bound in Bound)
_MODALITIES = frozenset(modality.value for modality in Modality)
_NUMBER = re.compile(r"-?\d{1,100}(?:\.\d{1,100})?")


def _number(text: str) -> float | int:
    return float(text) if "." in text else int(text)


@dataclass
class _Reader:
    """Walks over the marks and keeps the remaining text."""

    annotated: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    documents: list[AnnotatedDocument] = field(default_factory=list)
    sections: list[AnnotatedSection] = field(default_factory=list)
    figures: list[AnnotatedFigure] = field(default_factory=list)
    open_document: AnnotatedDocument | None = None
    title_from: int | None = None

    def copy(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def read(self, match: re.Match[str]) -> None:
        if match["doc"]:
            self._start_document(match)
        elif match["doc_end"]:
            self._end_document(match)
        elif match["section"]:
            self._start_section(match)
        elif match["title_end"]:
            self._end_title(match)
        elif match["figure"]:
            self._figure(match)
        else:
            raise self._error(match, "an unknown mark")

    def result(self) -> AnnotatedText:
        if self.open_document is not None:
            message = "the last {doc …} is never closed"
            raise AnnotationError(message)
        return AnnotatedText("".join(self.parts), tuple(self.documents), tuple(self.sections), tuple(self.figures))

    def _error(self, match: re.Match[str], what: str) -> AnnotationError:
        line = self.annotated.count("\n", 0, match.start()) + 1
        return AnnotationError(f"line {line}: {what}: {match[0].strip()[:60]}")

    def _start_document(self, match: re.Match[str]) -> None:
        if self.open_document is not None:
            raise self._error(match, "a document starts inside another")
        fields = dict(part.split("=", 1) for part in match["doc_fields"].split() if "=" in part)
        self.open_document = AnnotatedDocument(
            self.length, self.length, DocumentType(match["doc"]), fields.get("organization"), fields.get("period")
        )

    def _end_document(self, match: re.Match[str]) -> None:
        document = self.open_document
        if document is None:
            raise self._error(match, "no document is open")
        inside = "".join(self.parts)[document.start :]
        start = document.start + len(inside) - len(inside.lstrip())
        end = document.start + len(inside.rstrip())
        self.documents.append(AnnotatedDocument(start, end, document.doc_type, document.organization, document.period))
        self.open_document = None

    def _start_section(self, match: re.Match[str]) -> None:
        self.title_from = self.length + len(match["marker"] or "")
        self.sections.append(
            AnnotatedSection(
                self.length, SectionLabel(match["section"]), int(match["level"] or 1), match["marker"], None
            )
        )

    def _end_title(self, match: re.Match[str]) -> None:
        if self.title_from is None:
            raise self._error(match, "no heading is open")
        section = self.sections[-1]
        title = "".join(self.parts)[self.title_from :].lstrip("# ").strip()
        self.sections[-1] = AnnotatedSection(section.start, section.label, section.level, section.marker, title)
        self.title_from = None

    def _figure(self, match: re.Match[str]) -> None:
        text = match["figure"]
        fields: dict[str, Value] = {"category": match["category"]}
        for word in match["figure_fields"].split():
            fields.update(self._figure_field(match, word))
        self.figures.append(AnnotatedFigure(self.length, self.length + len(text), text, fields))
        self.copy(text)

    def _figure_field(self, match: re.Match[str], word: str) -> dict[str, Value]:
        name, sign, value = word.partition("=")
        if sign and name in {"unit", "item", "per"}:
            return {name: value or None}
        if word in _BOUNDS:
            return {"bound": word}
        if word in _MODALITIES:
            return {"modality": word}
        if word == "total":
            return {"total": True}
        if word == "?":
            return {"value": None, "value_max": None}
        lower, dots, upper = word.partition("..")
        if _NUMBER.fullmatch(lower) and (not dots or _NUMBER.fullmatch(upper)):
            return {"value": _number(lower), "value_max": _number(upper) if dots else None}
        raise self._error(match, f"an unknown field, {word!r},")
