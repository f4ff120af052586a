"""The cases of `tests/cases`: texts that must be read exactly as they are annotated, and those still read wrongly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from zongji import extract_text
from zongji.corpus.alignment import Aligned
from zongji.corpus.annotation import AnnotatedFigure, AnnotatedText, parse
from zongji.corpus.labels import Bound, DocumentType, Modality
from zongji.corpus.records import Figure, Section
from zongji.models.engines import RULES
from zongji.pipeline.figures.extract import Extracted, extract
from zongji.pipeline.restore import PASSES, restore

CASES = Path(__file__).parent / "cases"
FIELDS = ("category", "value", "value_max", "bound", "unit", "modality", "total", "per")
DEFAULTS = {
    "value_max": None,
    "bound": Bound.EXACT,
    "unit": "",
    "modality": Modality.ACHIEVED,
    "total": False,
    "per": None,
}


class Case(NamedTuple):
    """A case, its file and line, and for a known failure its kind and what is wrong."""

    name: str
    text: str
    kind: str = ""
    wrong: str = ""


def lines_of(name: str) -> Iterator[Case]:
    """The cases of a file with one per line, in which signs replace what a line cannot hold."""
    for number, line in enumerate((CASES / f"{name}.txt").read_text(encoding="utf-8").split("\n"), start=1):
        if line and not line.startswith("#"):
            yield Case(f"{name}:{number}", unfolded(line), name)


def blocks_of(name: str) -> Iterator[Case]:
    """The cases of a file that parts them by blank lines."""
    number = 1
    for block in (CASES / f"{name}.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if lines:
            yield Case(
                f"{name}:{number + block.count(chr(10), 0, block.find(lines[0]))}", unfolded("\n".join(lines)), name
            )
        number += block.count("\n") + 2


def known_failures() -> Iterator[Case]:
    """The known failures: their first line is `@kind what is wrong`."""
    for case in blocks_of("known_failures"):
        head, _, text = case.text.partition("\n")
        kind, _, wrong = head.removeprefix("@").partition(" ")
        yield Case(case.name, text, kind, wrong)


def unfolded(text: str) -> str:
    """A case with its signs replaced by line ends, tabs and code points."""
    text = text.replace("⏎\n", "\n").replace("⏎", "\n").replace("⇥", "\t")
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def figures_in(annotated: AnnotatedText) -> tuple[Extracted, Aligned]:
    """The extraction from a text with the marked sections, as in a summary."""
    aligned = restore(Aligned.of(annotated.text)).aligned
    sections = [
        Section(
            f"s{number}",
            None,
            _restored(aligned, section.start),
            len(aligned.text),
            section.level,
            section.marker,
            None,
            section.label,
            1.0,
        )
        for number, section in enumerate(annotated.sections, start=1)
    ]
    return extract(aligned.text, 0, len(aligned.text), sections, DocumentType.SUMMARY), aligned


def _restored(aligned: Aligned, start: int) -> int:
    return next(place for place in range(len(aligned.text) + 1) if aligned.origin(place, place)[0] >= start)


def found_fields(figure: Figure, wanted: AnnotatedFigure | None) -> dict[str, object]:
    """The judged fields of a figure; its item where the mark at its place states one."""
    names = (*FIELDS, "item") if wanted is not None and "item" in wanted.fields else FIELDS
    return {name: getattr(figure, name) for name in names}


def marked_fields(figure: AnnotatedFigure) -> dict[str, object]:
    """The fields of a mark, with the defaults of those it leaves out."""
    fields = {name: figure.fields.get(name, DEFAULTS.get(name)) for name in FIELDS}
    return {**fields, "item": figure.fields["item"] or ""} if "item" in figure.fields else fields


def check_figures(text: str) -> None:
    """The figures of a text are those annotated, in place and in every field."""
    annotated = parse(text)
    wanted = {(figure.start, figure.end): figure for figure in annotated.figures}
    extracted, aligned = figures_in(annotated)
    found = {aligned.origin(figure.start, figure.end): figure for figure in extracted.figures}
    assert [
        (annotated.text[slice(*span)], span, found_fields(figure, wanted.get(span))) for span, figure in found.items()
    ] == [(figure.text, span, marked_fields(figure)) for span, figure in wanted.items()]


def check_negative(text: str) -> None:
    """A text has no figures, and its numbers are rejected for the reasons after the tab."""
    decoys, _, reasons = text.rpartition("\t")
    extracted, _ = figures_in(parse(decoys))
    assert [figure.text for figure in extracted.figures] == []
    assert {str(rejection.reason) for rejection in extracted.rejected} == set(reasons.split(","))


def check_documents(text: str) -> None:
    """The documents of a text start and end where they are annotated."""
    annotated = parse(text)
    documents = extract_text(annotated.text)
    assert [annotated.text[document.start : document.end] for document in documents] == [
        annotated.text[document.start : document.end] for document in annotated.documents
    ]
    assert [document.start for document in documents] == [document.start for document in annotated.documents]


def check_metadata(text: str) -> None:
    """The documents of a text have the type, organization and period that their marks state."""
    annotated = parse(text)
    found = [
        (document.doc_type, document.organization, document.period.text) for document in extract_text(annotated.text)
    ]
    assert found == [(document.doc_type, document.organization, document.period) for document in annotated.documents]


def check_sections(text: str) -> None:
    """The sections of a text start where they are annotated, with their level, marker and title."""
    annotated = parse(text)
    sections = [section for document in extract_text(annotated.text) for section in document.sections]
    found = [
        (annotated.text[one.start : one.start + 12], one.start, one.level, one.marker, one.title) for one in sections
    ]
    assert found == [
        (
            annotated.text[one.start : one.start + 12],
            one.start,
            one.level,
            one.marker,
            one.title and one.title.lstrip("，,："),
        )
        for one in annotated.sections
    ]


def check_labels(text: str) -> None:
    """By the rules, the sections of a text have the marked classes; models are measured instead."""
    annotated = parse(text)
    documents = extract_text(annotated.text, engine=RULES)
    found = {section.start: section.label for document in documents for section in document.sections}
    assert [(section.title, found.get(section.start)) for section in annotated.sections] == [
        (section.title, section.label) for section in annotated.sections
    ]


def check_restore(text: str) -> None:
    """A pass turns the source into the text after the second tab; `=` is the source itself."""
    name, source, restored = text.split("|" if "|" in text else "\t")
    assert Aligned.of(source).apply(PASSES[name](source)).text == (source if restored == "=" else restored)


CHECKS: dict[str, Callable[[str], None]] = {
    "figures": check_figures,
    "negative": check_negative,
    "documents": check_documents,
    "metadata": check_metadata,
    "sections": check_sections,
    "labels": check_labels,
    "restore": check_restore,
}


def named(cases: Iterator[Case]) -> list[object]:
    """Parameters with the file and line of each case as id."""
    return [pytest.param(case.text, id=case.name) for case in cases]


def expected_to_fail(cases: Iterator[Case]) -> list[object]:
    """Parameters that must fail: one that passes belongs into the file of its kind."""
    return [
        pytest.param(
            case.kind,
            case.text,
            id=case.name,
            marks=pytest.mark.xfail(strict=True, reason=case.wrong, raises=AssertionError),
        )
        for case in cases
    ]


@pytest.mark.parametrize("text", named(lines_of("figures")))
def test_figures_are_found_with_exactly_the_marked_fields(text: str) -> None:
    check_figures(text)


@pytest.mark.parametrize("text", named(lines_of("negative")))
def test_decoys_are_rejected_with_their_reason(text: str) -> None:
    check_negative(text)


@pytest.mark.parametrize("text", named(blocks_of("documents")))
def test_documents_start_and_end_where_marked(text: str) -> None:
    check_documents(text)


@pytest.mark.parametrize("text", named(blocks_of("collections")))
def test_collections_are_split_and_single_documents_are_not(text: str) -> None:
    check_documents(text)


@pytest.mark.parametrize("text", named(blocks_of("documents")))
def test_documents_have_the_marked_type_organization_and_period(text: str) -> None:
    check_metadata(text)


@pytest.mark.parametrize("text", named(blocks_of("sections")))
def test_sections_have_the_marked_start_level_marker_and_title(text: str) -> None:
    check_sections(text)


@pytest.mark.parametrize("text", named(blocks_of("sections")))
def test_sections_have_the_marked_class(text: str) -> None:
    check_labels(text)


@pytest.mark.parametrize("text", named(lines_of("restore")))
def test_a_pass_restores_its_damage_and_nothing_else(text: str) -> None:
    check_restore(text)


@pytest.mark.parametrize(("kind", "text"), expected_to_fail(known_failures()))
def test_known_failures_still_fail(kind: str, text: str) -> None:
    CHECKS[kind](text)
