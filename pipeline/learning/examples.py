"""Annotated documents to examples: what the rules made of a text, and what it should have been.

The line runs by the rules alone; every record that stands where an annotation does is an example with the annotation's
answer. Records that were not found, or where nothing is annotated, teach nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zongji.corpus.alignment import Aligned
from zongji.corpus.gold import GoldFile
from zongji.corpus.labels import DocumentType, SectionLabel
from zongji.corpus.records import Document, Section
from zongji.models.engines import RULES, Task
from zongji.models.linear import Decision
from zongji.models.train import Example
from zongji.pipeline import sources
from zongji.pipeline.flow import run_unlocated
from zongji.pipeline.metadata.doc_type import type_by_headings
from zongji.pipeline.model_decisions import (
    category_features,
    contexts,
    decoded,
    is_open,
    modality_features,
    type_features,
)

# Of 1, 3 and 6 the one that reads whole documents as well as ever (.984 cross-validated) and their first fifths much
# better (.86 instead of .75).
_PARTS = 3


def examples(files: Iterable[GoldFile]) -> dict[Task, list[Example]]:
    """The examples of each task, in the order of the files; a file is a group."""
    found: dict[Task, list[Example]] = {task: [] for task in Task}
    for gold in files:
        reading = sources.read_text(gold.annotated.text)
        aligned, documents = run_unlocated(reading, RULES)
        for document in documents:
            for task, example in _of_document(gold, document, aligned):
                found[task].append(example)
        for type_of in (_same, _withheld, _mistaken):
            aligned, documents = run_unlocated(reading, RULES, type_of)
            found[Task.SECTION_CLASS] += (
                one for document in documents for one in _of_sections(gold, document, aligned)
            )
    return found


def _same(found: DocumentType) -> DocumentType:
    return found


def _withheld(_: DocumentType) -> DocumentType:
    """As if nothing told the type: half of the examples of sections shall not lean on it."""
    return DocumentType.OTHER


def _mistaken(found: DocumentType) -> DocumentType:
    """As if the title misled: the text of a section must outweigh it."""
    return DocumentType.PLAN if found is DocumentType.SUMMARY else DocumentType.SUMMARY


def _of_document(gold: GoldFile, document: Document, aligned: Aligned) -> Iterator[tuple[Task, Example]]:
    yield from _of_type(gold, document, aligned)
    yield from ((Task.SECTION_CLASS, example) for example in _of_sections(gold, document, aligned))
    yield from _of_figures(gold, document, aligned)


def _of_sections(gold: GoldFile, document: Document, aligned: Aligned) -> list[Example]:
    labels = {section.start: section.label for section in gold.annotated.sections}
    places = {section.id: labels.get(aligned.origin(section.start, section.start)[0]) for section in document.sections}
    seen: list[Example] = []

    def note(found: list[str], section: Section) -> Decision:
        label = places[section.id] or section.label
        if label is not SectionLabel.TITLE and places[section.id] is not None:  # titles are found, not decided
            seen.append(Example(tuple(found), label, section.label, gold.path.stem))
        return Decision(label, 1.0)

    decoded(document.sections, aligned.text, document.doc_type, note)
    return seen


def _of_type(gold: GoldFile, document: Document, aligned: Aligned) -> Iterator[tuple[Task, Example]]:
    """A plan or summary as if its title told nothing, beside what its headings say; the rules find the other types."""
    types = {marked.start: marked.doc_type for marked in gold.annotated.documents}
    answer = types.get(aligned.origin(document.start, document.end)[0])
    if answer not in {DocumentType.PLAN, DocumentType.SUMMARY}:
        return
    headed = (one for one in document.sections if one.level == 1 and one.label is not SectionLabel.TITLE)
    headings = [section.title for section in headed if section.title]
    whole = type_features(document.title, headings, document.text)
    yield Task.DOCUMENT_TYPE, Example(tuple(whole), answer, type_by_headings(headings), gold.path.stem)
    for part in _parts(document.text[len(document.title or "") :]):
        found = type_features(None, (), part)
        yield Task.DOCUMENT_TYPE, Example(tuple(found), answer, type_by_headings(()), gold.path.stem)


def _parts(text: str) -> Iterator[str]:
    """The thirds of a text, by lines: short documents are read by models that learned from short ones, too."""
    lines = text.split("\n")
    size = max(1, len(lines) // _PARTS)
    for start in range(0, len(lines), size):
        if part := "\n".join(lines[start : start + size]).strip():
            yield part


def _of_figures(gold: GoldFile, document: Document, aligned: Aligned) -> Iterator[tuple[Task, Example]]:
    marked = {(figure.start, figure.end): figure.fields for figure in gold.annotated.figures}
    for context in contexts(document.figures, aligned.text, document.sections):
        figure = context.figure
        fields = marked.get(aligned.origin(figure.start, figure.end))
        if fields is None:
            continue
        group = gold.path.stem
        if is_open(figure):
            answer = str(fields["category"])
            yield Task.FIGURE_CATEGORY, Example(tuple(category_features(context)), answer, figure.category, group)
        answer = str(fields["modality"])
        features = modality_features(context, document.doc_type)
        yield Task.FIGURE_MODALITY, Example(tuple(features), answer, figure.modality, group)
