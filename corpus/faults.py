"""Validation of annotations: every span must fit its text, every field its figure."""

from __future__ import annotations

from collections.abc import Iterator

from opencc import OpenCC
from zongji.corpus import lexicon
from zongji.corpus.annotation import AnnotatedFigure, AnnotatedText
from zongji.corpus.labels import Bound, SectionLabel

_WITHOUT_PARTS = frozenset({SectionLabel.TITLE, SectionLabel.PREAMBLE, SectionLabel.CLOSING})


def faults(annotated: AnnotatedText) -> Iterator[str]:
    """The faults of an annotation, one message each."""
    simplified = OpenCC("t2s").convert(annotated.text)
    for figure in annotated.figures:
        yield from (f"{message}: {figure.text!r}" for message in _figure_faults(figure, simplified))
        if not any(document.start <= figure.start < document.end for document in annotated.documents):
            yield f"a figure outside every document: {figure.text!r}"
    yield from _outline_faults(annotated)
    for section in annotated.sections:
        if not any(document.start <= section.start < document.end for document in annotated.documents):
            yield f"a section outside every document: {annotated.text[section.start : section.start + 20]!r}"
        if section.marker and not annotated.text.startswith(section.marker, section.start):
            yield f"a marker that is not in the text there: {section.marker!r}"
        if section.title is None and section.label not in {SectionLabel.PREAMBLE, SectionLabel.CLOSING}:
            yield f"a heading whose end is not annotated: {annotated.text[section.start : section.start + 20]!r}"


def _outline_faults(annotated: AnnotatedText) -> Iterator[str]:
    """Sections nested too deep: a level can be at most one below that of the previous section."""
    for document in annotated.documents:
        level = 0
        for section in annotated.sections:
            if document.start <= section.start < document.end:
                if section.level > level + 1:
                    yield f"a section of level {section.level} after one of level {level}: {section.title!r}"
                level = 0 if section.label in _WITHOUT_PARTS else section.level


def _is_listed(unit: str) -> bool:
    """True for a listed measure word, for two alternatives, and for a quotient: 微克/立方米."""
    listed = lexicon.words("units") | lexicon.words("rare_units")
    return unit in listed or any(part in listed for part in unit.split("/"))


def _figure_faults(figure: AnnotatedFigure, text: str) -> Iterator[str]:
    fields = figure.fields
    if "value" not in fields:
        yield "a figure without a value"
    if "modality" not in fields:
        yield "a figure without a modality"
    if fields.get("bound") == Bound.RANGE and fields.get("value_max") is None:
        yield "a range without an upper end"
    if fields.get("value_max") is not None and fields.get("bound") != Bound.RANGE:
        yield "an upper end without the bound 'range'"
    unit = fields.get("unit")
    if isinstance(unit, str) and unit != "%" and not all(part[0] in text for part in unit.split("/") if part):
        yield f"a unit {unit!r} that is not in the text"
    if unit == "%" and not any(sign in figure.text for sign in ("%", "％", "分之", "成")) and "%" not in text:
        yield "a unit '%' that is not in the text"
    if isinstance(unit, str) and unit and not _is_listed(unit):
        yield f"a unit {unit!r} in neither units.tsv nor rare_units.tsv"
    if figure.text != figure.text.strip():
        yield "a mark with blanks at its edge"
