"""Reviewed documents as annotated ones: a folder that `zongji.corpus.gold` reads, one file per document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zongji.corpus.annotation import (
    AnnotatedDocument,
    AnnotatedFigure,
    AnnotatedSection,
    AnnotatedText,
    AnnotationError,
)
from zongji.corpus.annotation_writer import written
from zongji.corpus.faults import faults
from zongji.corpus.wording import counted
from zongji.pipeline.exchange.annotated import Annotated, fields_of
from zongji.pipeline.exchange.writers import Exported
from zongji.pipeline.sinks.output import replacing_folder


def write_gold(documents: Iterable[Annotated], target: Path) -> Exported:
    """Write one file per document to the folder `target`; what the notation cannot express is refused with a reason.

    Without any document, nothing is written.

    Raises:
        OSError: if a file cannot be written.
    """
    done = Exported()
    with replacing_folder(target) as draft:
        for document in documents:
            try:
                text = written(_marked(document))
            except AnnotationError as error:
                done.refused.append((document.document.source.path, str(error)))
                continue
            (draft.path / f"{document.key}.txt").write_text(text, encoding="utf-8", newline="")
            done.add(document)
        if not done.documents:
            draft.drop()
    return done


def _marked(document: Annotated) -> AnnotatedText:
    """The document in the types of the notation.

    Raises:
        AnnotationError: naming the first thing that an annotation must not be.
    """
    about, text = document.document, document.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    annotated = AnnotatedText(
        text,
        (AnnotatedDocument(start, end, about.doc_type, about.organization, about.period.text),),
        tuple(
            AnnotatedSection(max(start, offset), section.label, section.level, section.marker, section.title or None)
            for offset, section in document.sections
        ),
        tuple(
            AnnotatedFigure(first, last, figure.text, {"category": figure.category.value, **fields_of(figure)})
            for first, last, figure in document.figures
        ),
    )
    if document.unplaced:
        message = f"{counted(document.unplaced, 'figure')} without words in the text"
        raise AnnotationError(message)
    for fault in faults(annotated):
        raise AnnotationError(fault)
    return annotated
