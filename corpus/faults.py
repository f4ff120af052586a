"""What an annotation must not be: every span must fit its text, every field its figure."""

from __future__ import annotations

from collections.abc import Iterator

from opencc import OpenCC
from zongji.corpus.labels import Bound, SectionLabel
from zongji.corpus.marked import Marked, MarkedFigure


def faults(marked: Marked) -> Iterator[str]:
    """What an annotation must not be, one message a fault."""
    simplified = OpenCC("t2s").convert(marked.text)
    for figure in marked.figures:
        yield from (f"{message}: {figure.text!r}" for message in _figure_faults(figure, simplified))
        if not any(document.start <= figure.start < document.end for document in marked.documents):
            yield f"a figure outside every document: {figure.text!r}"
    for section in marked.sections:
        if not any(document.start <= section.start < document.end for document in marked.documents):
            yield f"a section outside every document: {marked.text[section.start : section.start + 20]!r}"
        if section.marker and not marked.text.startswith(section.marker, section.start):
            yield f"a marker that does not stand there: {section.marker!r}"
        if section.title is None and section.label not in {SectionLabel.PREAMBLE, SectionLabel.CLOSING}:
            yield f"a heading whose end is not marked: {marked.text[section.start : section.start + 20]!r}"


def _figure_faults(figure: MarkedFigure, text: str) -> Iterator[str]:
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
    if isinstance(unit, str) and not all(part[0] in text for part in unit.split("/") if part):
        yield f"a unit {unit!r} that the text does not have"
    if figure.text != figure.text.strip():
        yield "a mark with blanks at its edge"
