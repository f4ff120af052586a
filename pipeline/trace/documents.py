"""Why a document begins where it does, and how its type, title, organization and period were decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from zongji.corpus.labels import DocumentField
from zongji.corpus.records import Document, Evidence
from zongji.models.engines import Task
from zongji.pipeline.flow import File, Stages, around_of
from zongji.pipeline.metadata.date import RULES as DATE_RULES
from zongji.pipeline.metadata.date import date_of, stated_by_format
from zongji.pipeline.metadata.describe import describe
from zongji.pipeline.metadata.doc_type import type_of
from zongji.pipeline.metadata.organizations import Weighed, organization_of, weighed
from zongji.pipeline.metadata.passages import passages_of
from zongji.pipeline.metadata.period import RULES as PERIOD_RULES
from zongji.pipeline.metadata.period import period_of
from zongji.pipeline.metadata.title import RULES as TITLE_RULES
from zongji.pipeline.metadata.title import title_of
from zongji.pipeline.model_decisions import decide_type, type_features
from zongji.pipeline.structure.documents import Extent, split, start_before
from zongji.pipeline.structure.line_roles import with_roles
from zongji.pipeline.trace.models import Answer, model_step
from zongji.pipeline.trace.records import NONE, Option, Stage, Step
from zongji.pipeline.trace.watching import Call, rule_of, watched

_CANDIDATES = 4  # names of offices that are shown
_SHOWN = 24  # characters of a document's first line


class Beginnings:
    """Where the documents of a file begin, and why."""

    def __init__(self, file: File) -> None:
        self.file = file
        call = watched(split, file.aligned.text, file.lines, file.headings, file.known)
        self.starts = {inner.value: inner for inner in call.of(start_before) if inner.value is not None}

    def step(self, extent: Extent) -> Step:
        """Why a document begins there: the role of its first line, and the rule that opened it."""
        first = self.file.tagged[extent.first]
        role = first.role.name.lower().replace("_", " ")
        notes = (f"its first line is read as {role}", f"lines {extent.first + 1} to {extent.last} of the restored text")
        begun = self.starts.get(extent.first)
        rule, path = (rule_of(start_before), begun.path()) if begun else (rule_of(with_roles), ())
        return Step(Stage.BEGIN, first.line.text[:_SHOWN], rule, notes=notes, path=path)


def about_steps(file: File, extent: Extent, made: Stages, document: Document) -> Iterator[Step]:
    """The decisions about a document as a whole."""
    around = around_of(file, extent)
    call = watched(describe, file.aligned.text, made.lines, made.nodes, around)
    yield from _type_steps(file, made, document, next(call.of(type_of)))
    found = {evidence.field: evidence for evidence in document.evidence}
    title, organization, period, date = map(found.get, DocumentField)
    yield _first_step(Stage.TITLE, title, document.title, title_of, [*TITLE_RULES])
    passages = passages_of(file.aligned.text, made.lines, made.nodes, around.above)
    yield _organization_step(organization, document.organization, weighed(passages, around.stated))
    days = f" ({document.period.start or '?'} to {document.period.end or '?'})" if document.period.text else ""
    yield _first_step(Stage.PERIOD, period, (document.period.text or "") + days, period_of, [*PERIOD_RULES])
    yield _first_step(Stage.DATE, date, document.date, date_of, [*DATE_RULES, stated_by_format])


def _type_steps(file: File, made: Stages, document: Document, call: Call) -> Iterator[Step]:
    model = file.engine.model(Task.DOCUMENT_TYPE)
    ruled = made.about.ruled.doc_type
    asked = model is not None and made.about.ruled.is_open
    yield Step(Stage.TYPE, ruled, rule_of(type_of), path=call.path(), decisive=not asked)
    if model is not None and asked and made.doc_type.value in model.classes:
        features = type_features(made.about.title, made.top_titles, document.text)
        answer = Answer(Task.DOCUMENT_TYPE, model, features, ruled, made.doc_type)
        yield model_step(Stage.TYPE, answer, ask=decide_type)


def _first_step(
    stage: Stage,
    found: Evidence | None,
    outcome: str | None,
    choice: Callable[..., Any],
    rules: Sequence[Callable[..., Any]],
) -> Step:
    """The first of the rules that found something, and those that were asked before it."""
    names = [rule.__name__.strip("_") for rule in rules]
    decided = names.index(found.rule) if found is not None else len(rules)
    options = tuple(Option("", rule_of(rule)) for rule in rules[:decided])
    return Step(stage, outcome or NONE, rule_of(rules[decided] if found else choice), options=options)


def _organization_step(found: Evidence | None, outcome: str | None, candidates: Sequence[Weighed]) -> Step:
    """The names with their weights, and what the text says of each."""
    options = tuple(
        Option(one.name, note=f"{one.weight:.1f}: {', '.join(sorted(one.kinds))}") for one in candidates[:_CANDIDATES]
    )
    notes = (found.rule.replace("_", " "),) if found is not None else ()
    return Step(Stage.ORGANIZATION, outcome or NONE, rule_of(organization_of), notes=notes, options=options)
