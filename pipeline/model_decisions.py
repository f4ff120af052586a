"""What learned models decide: a document's type, a section's class, a figure's category and modality.

The `decide_…` functions take what the rules said and return what the model says instead, or the same where the engine
leaves the task to the rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from zongji.corpus.labels import Category, DocumentType, Modality, SectionLabel
from zongji.corpus.records import Figure, Section
from zongji.models import features
from zongji.models.engines import Engine, Task
from zongji.models.linear import Decision, LinearModel
from zongji.pipeline.figures.units import unit_table
from zongji.pipeline.metadata.doc_type import RuledType

_SURE = 0.5  # from which a model outweighs the rules
# Better than .5 on the annotated train documents: .9831 of the modalities right, not .9798; the same without titles.
_SURE_WORDS = 0.95
_READ = 6000  # characters behind the title that tell a document's type

Decider = Callable[[list[str], Section], Decision]


class Context(NamedTuple):
    """A figure with what its features are taken from."""

    figure: Figure
    left: str
    right: str
    before: Figure | None
    section: Section | None


def decide_type(engine: Engine, ruled: RuledType, found: Sequence[str]) -> DocumentType:
    """The type that the engine gives a document with these features where the rules leave it open."""
    model = engine.model(Task.DOCUMENT_TYPE)
    if model is None or not ruled.is_open:
        return ruled.doc_type
    decided = DocumentType(model.decide(found).label)
    both = ruled.doc_type is DocumentType.MIXED and decided is DocumentType.SUMMARY
    return ruled.doc_type if both else decided


def decide_leaning(engine: Engine, doc_type: DocumentType, found: Sequence[str]) -> DocumentType:
    """Whether most of a document's text plans or reports: by its words, and by its type where these are not sure."""
    model = engine.model(Task.DOCUMENT_TYPE)
    if model is None:
        return doc_type
    decided = model.decide(found)
    is_told = doc_type in {DocumentType.PLAN, DocumentType.SUMMARY}
    return doc_type if is_told and decided.confidence < _SURE_WORDS else DocumentType(decided.label)


def type_features(title: str | None, headings: Sequence[str], text: str) -> list[str]:
    """The features of a document's type; the title itself is none of them."""
    return features.document_features(headings, text[len(title or "") :][:_READ])


def decide_classes(
    engine: Engine, sections: Sequence[Section], text: str, doc_type: DocumentType
) -> tuple[Section, ...]:
    """The sections with the classes that the engine gives them; titles stay titles."""
    model = engine.model(Task.SECTION_CLASS)
    if model is None:
        return tuple(sections)
    return decoded(sections, text, doc_type, lambda found, section: class_by(section, found, model))


def class_by(section: Section, found: Sequence[str], model: LinearModel) -> Decision:
    """The model's class of a section with these features; what the rules say where the model is less than half sure."""
    scores = model.scores(found)
    decision = model.decided(scores)
    if decision.confidence < _SURE and section.label in model.classes:
        return model.share(scores, section.label)
    return decision


def decoded(sections: Sequence[Section], text: str, doc_type: DocumentType, decide: Decider) -> tuple[Section, ...]:
    """The sections in order, each decided with the new classes of those before it.

    Where the rules gave a section its parent's class, it is asked with the new class of its parent.
    """
    indexes = {section.id: index for index, section in enumerate(sections)}
    said = [section.label for section in sections]
    found, seen = list(sections), set[SectionLabel]()
    outline = features.Outline(found, indexes, seen, text, doc_type)
    for index, section in enumerate(sections):
        if section.label is SectionLabel.TITLE:
            continue
        parent = indexes[section.parent] if section.parent is not None else None
        if parent is not None and section.label is said[parent] is not found[parent].label:
            found[index] = replace(section, label=found[parent].label)
        decision = decide(features.section_features(outline, index), found[index])
        agree = decision.label == section.label.value  # two voices are as sure as the surer one
        confidence = max(decision.confidence, section.confidence) if agree else decision.confidence
        found[index] = replace(section, label=SectionLabel(decision.label), confidence=round(confidence, 4))
        seen.add(found[index].label)
    return tuple(found)


class FigureModels(NamedTuple):
    """The models that are asked about figures; None where the rules decide."""

    category: LinearModel | None
    modality: LinearModel | None


Asked: TypeAlias = tuple[Decision | None, Decision | None]
"""What the models say of a figure, its category and its modality; None of a model that is not asked."""


def decide_figures(
    engine: Engine, figures: Sequence[Figure], text: str, sections: Sequence[Section], leaning: DocumentType
) -> tuple[Figure, ...]:
    """The figures with the categories and modalities that the engine gives them."""
    models = figure_models(engine)
    if models == (None, None):
        return tuple(figures)
    return tuple(
        _settled(context.figure, asked(context, leaning, models)) for context in contexts(figures, text, sections)
    )


def figure_models(engine: Engine) -> FigureModels:
    """The engine's models for figures."""
    return FigureModels(engine.model(Task.FIGURE_CATEGORY), engine.model(Task.FIGURE_MODALITY))


def asked(context: Context, leaning: DocumentType, models: FigureModels) -> Asked:
    """What the models say of a figure."""
    category = modality = None
    if models.category is not None and is_open(context.figure):
        category = models.category.decide(category_features(context))
    if models.modality is not None:
        modality = models.modality.decide(modality_features(context, leaning))
    return category, modality


def _settled(figure: Figure, answers: Asked) -> Figure:
    """The figure with what the models say."""
    category, modality = answers
    if category is not None:
        confidence = round(category.confidence, 4)
        figure = replace(figure, category=Category(category.label), confidence=confidence)
    return figure if modality is None else replace(figure, modality=Modality(modality.label))


_SAID_AROUND = frozenset({Category.MONEY, Category.RATE})


def is_open(figure: Figure) -> bool:
    """True where the measure word leaves open what is counted, and no word around it says so (`均价38块`)."""
    row = unit_table().get(figure.unit.split("/")[0])
    sure = figure.category in _SAID_AROUND and figure.unit in {"", "块"}
    return (row is None or row.open) and not sure


def category_features(context: Context) -> list[str]:
    """The features of a figure's category."""
    return features.category_features(context.figure, context.before)


def modality_features(context: Context, leaning: DocumentType) -> list[str]:
    """The features of a figure's modality."""
    return features.modality_features(context.figure, context.left, context.right, context.section, leaning)


def contexts(figures: Sequence[Figure], text: str, sections: Sequence[Section]) -> Iterator[Context]:
    """Each figure with its sentence around it, the figure before it there, and its section."""
    starts = [section.start for section in sections]
    before: Figure | None = None
    for figure in figures:
        start = _sentence_start(text, figure)
        index = bisect_right(starts, figure.start) - 1
        same = before if before is not None and before.start >= start else None
        behind = text[figure.end : start + len(figure.quote)]
        yield Context(figure, text[start : figure.start], behind, same, sections[index] if index >= 0 else None)
        before = figure


def _sentence_start(text: str, figure: Figure) -> int:
    """Where a figure's sentence begins, which is its quote."""
    start = text.rfind(figure.quote, max(0, figure.end - len(figure.quote)), figure.start + len(figure.quote))
    return start if 0 <= start <= figure.start else figure.start
