"""Annotated documents: reading a folder of them, and refusing what does not fit.

`python -m zongji.corpus.gold FOLDER…` checks folders and lists the numerals that carry no annotation.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC
from zongji.corpus import lexicon
from zongji.corpus.labels import Bound, SectionLabel
from zongji.corpus.marked import Marked, MarkedFigure, MarkError, parse

SUFFIX = ".txt"
_WITHOUT_PARTS = frozenset({SectionLabel.TITLE, SectionLabel.PREAMBLE, SectionLabel.CLOSING})
_NESTED = 4  # spans of which one may lie in another: figures, refusals, what stands outside documents
_NUMERALS = re.compile(r"[0-9０-９]+|[一二三四五六七八九十百千万亿两半几]+|[xX×＿_]{2,}")


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One annotated source text."""

    path: Path
    marked: Marked


def read_folder(folder: Path) -> Iterator[GoldFile]:
    """All annotated files below a folder, in the order of their paths.

    Raises:
        MarkError: naming the file and line of the first mark that cannot be read.
    """
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        yield read_file(path)


def read_file(path: Path) -> GoldFile:
    """One annotated file.

    Raises:
        MarkError: naming the file and line of the first mark that cannot be read.
    """
    try:
        marked = parse(path.read_bytes().decode("utf-8"))
    except MarkError as error:
        message = f"{path}: {error}"
        raise MarkError(message) from None
    return GoldFile(path, marked)


def faults(marked: Marked) -> Iterator[str]:
    """What an annotation must not be, one message a fault."""
    simplified = OpenCC("t2s").convert(marked.text)
    for figure in marked.figures:
        yield from (f"{message}: {figure.text!r}" for message in _figure_faults(figure, simplified))
        if not any(document.start <= figure.start < document.end for document in marked.documents):
            yield f"a figure outside every document: {figure.text!r}"
    yield from _outline_faults(marked)
    for section in marked.sections:
        if not any(document.start <= section.start < document.end for document in marked.documents):
            yield f"a section outside every document: {marked.text[section.start : section.start + 20]!r}"
        if section.marker and not marked.text.startswith(section.marker, section.start):
            yield f"a marker that does not stand there: {section.marker!r}"
        if section.title is None and section.label not in {SectionLabel.PREAMBLE, SectionLabel.CLOSING}:
            yield f"a heading whose end is not marked: {marked.text[section.start : section.start + 20]!r}"


def _outline_faults(marked: Marked) -> Iterator[str]:
    """Sections that stand too deep: a level can be only one below that of the section in front."""
    for document in marked.documents:
        level = 0
        for section in marked.sections:
            if document.start <= section.start < document.end:
                if section.level > level + 1:
                    yield f"a section of level {section.level} behind one of level {level}: {section.title!r}"
                level = 0 if section.label in _WITHOUT_PARTS else section.level


def _is_listed(unit: str) -> bool:
    """True for a measure word of the lists, for two as alternatives, and for one of a measure: 微克/立方米."""
    listed = lexicon.words("units") | lexicon.words("rare_units")
    return unit in listed or any(part in listed for part in unit.split("/"))


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
    if isinstance(unit, str) and unit != "%" and not all(part[0] in text for part in unit.split("/") if part):
        yield f"a unit {unit!r} that the text does not have"
    if unit == "%" and not any(sign in figure.text for sign in ("%", "％", "分之", "成")) and "%" not in text:
        yield "a unit '%' that the text does not have"
    if isinstance(unit, str) and unit and not _is_listed(unit):
        yield f"a unit {unit!r} that neither units.tsv nor rare_units.tsv has"
    if figure.text != figure.text.strip():
        yield "a mark with blanks at its edge"


def unmarked_numerals(marked: Marked, explained: Iterable[tuple[int, int]] = ()) -> Iterator[str]:
    """Numerals without an annotation that stand in none of the spans, each with its surroundings, to be looked over."""
    covered = sorted([*((figure.start, figure.end) for figure in marked.figures), *explained])
    starts = [start for start, _ in covered]
    for match in _NUMERALS.finditer(marked.text):
        place = bisect_right(starts, match.start())
        if all(end <= match.start() for _, end in covered[max(0, place - _NESTED) : place]):
            around = marked.text[max(0, match.start() - 8) : match.end() + 8].replace("\n", "⏎")
            yield f"{match[0]}  …{around}…"


def main(folders: list[str]) -> int:
    """Check folders; print faults, then unmarked numerals. Returns 1 where there is a fault."""
    wrong = 0
    for path in sorted(path for folder in folders for path in Path(folder).rglob(f"*{SUFFIX}")):
        try:
            marked = read_file(path).marked
        except MarkError as error:
            wrong += 1
            print(error)
            continue
        counts = f"{len(marked.documents)} documents, {len(marked.sections)} sections, {len(marked.figures)} figures"
        print(f"{path}: {counts}")
        for fault in faults(marked):
            wrong += 1
            print(f"  FAULT {fault}")
        for numeral in unmarked_numerals(marked):
            print(f"  unmarked {numeral}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
