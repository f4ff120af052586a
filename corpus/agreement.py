"""Agreement of two annotators: the second annotation is scored like a program's output.

    python -m zongji.corpus.agreement FIRST SECOND      folders with files of the same names

The agreement is an upper bound for any program on such texts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from zongji.corpus.annotation import AnnotatedFigure, AnnotatedSection, AnnotatedText
from zongji.corpus.gold import read_file, read_folder
from zongji.corpus.labels import Bound, Category, Modality, Script
from zongji.corpus.records import Document, Figure, Period, Section, Source
from zongji.corpus.score import Score


def agreement(pairs: Iterable[tuple[AnnotatedText, AnnotatedText]]) -> Score:
    """The second annotation of each pair scored against the first.

    Raises:
        ValueError: if the texts differ.
    """
    score = Score()
    for first, second in pairs:
        if first.text != second.text:
            message = f"two annotations of different texts: {first.text[:20]!r}, {second.text[:20]!r}"
            raise ValueError(message)
        score.add(first, as_documents(second))
    return score


def as_documents(annotated: AnnotatedText) -> tuple[Document, ...]:
    """An annotation as the records that a program would produce."""
    return tuple(
        Document(
            document_id="",
            source=Source("", "", "", ""),
            start=document.start,
            end=document.end,
            doc_type=document.doc_type,
            title=None,
            organization=document.organization,
            period=Period(text=document.period),
            date=None,
            script=Script.SIMPLIFIED,
            text=annotated.text[document.start : document.end],
            sections=tuple(
                _section(section) for section in annotated.sections if document.start <= section.start < document.end
            ),
            figures=tuple(
                _figure(figure) for figure in annotated.figures if document.start <= figure.start < document.end
            ),
        )
        for document in annotated.documents
    )


def _section(section: AnnotatedSection) -> Section:
    start = section.start
    return Section("", None, start, start, section.level, section.marker, section.title, section.label, 1.0)


def _figure(figure: AnnotatedFigure) -> Figure:
    fields = figure.fields
    value, value_max = fields.get("value"), fields.get("value_max")
    return Figure(
        id="",
        category=Category(str(fields["category"])),
        value=value if isinstance(value, (int, float)) else None,
        value_max=value_max if isinstance(value_max, (int, float)) else None,
        bound=Bound(str(fields.get("bound", Bound.EXACT))),
        unit=str(fields.get("unit") or ""),
        item=str(fields.get("item") or ""),
        modality=Modality(str(fields["modality"])),
        total=bool(fields.get("total")),
        per=str(fields["per"]) if fields.get("per") else None,
        text=figure.text,
        start=figure.start,
        end=figure.end,
    )


def main(first: Path, second: Path) -> None:
    """Print the agreement of two folders by kind, category and field."""
    files = list(read_folder(second))
    score = agreement((read_file(first / file.path.name).annotated, file.annotated) for file in files)
    print(f"{len(files)} texts")
    for name, value in score.measures().items():
        print(f"{name:28} {value:.4f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
