"""Why a document begins where it does, and how its type, title, organization and period were decided."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import CO_GENERATOR

from zongji.corpus.records import Document
from zongji.models.engines import Task
from zongji.pipeline.flow import File, Stages
from zongji.pipeline.metadata import period
from zongji.pipeline.metadata.describe import describe
from zongji.pipeline.metadata.doc_type import type_of
from zongji.pipeline.metadata.organizations import organization_of
from zongji.pipeline.metadata.title import title_of
from zongji.pipeline.metadata.web_title import title_on_page
from zongji.pipeline.model_decisions import decide_type, type_features
from zongji.pipeline.structure.documents import Extent, split, start_before
from zongji.pipeline.structure.line_roles import with_roles
from zongji.pipeline.trace.models import Answer, model_step
from zongji.pipeline.trace.records import NONE, Option, Rule, Stage, Step
from zongji.pipeline.trace.watching import Call, rule_of, watched

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


def about_steps(file: File, made: Stages, document: Document) -> Iterator[Step]:
    """The decisions about a document as a whole."""
    call = watched(describe, file.aligned.text, made.lines, made.nodes)
    yield from _type_steps(file, made, document, next(call.of(type_of)))
    by_page = document.title != title_of(made.nodes)
    yield Step(Stage.TITLE, document.title or NONE, rule_of(title_on_page if by_page else title_of))
    office = next(call.of(organization_of))
    yield Step(Stage.ORGANIZATION, document.organization or NONE, rule_of(organization_of), path=_source(office))
    yield _period_step(document, call)


def _type_steps(file: File, made: Stages, document: Document, call: Call) -> Iterator[Step]:
    model = file.engine.model(Task.DOCUMENT_TYPE)
    said = made.about.doc_type
    yield Step(Stage.TYPE, said, rule_of(type_of), path=call.path(), decisive=model is None)
    if model is not None:
        features = type_features(said, made.about.title, made.top_titles, document.text)
        answer = Answer(Task.DOCUMENT_TYPE, model, features, said, made.doc_type)
        yield model_step(Stage.TYPE, answer, ask=decide_type)


def _source(call: Call) -> tuple[Rule, ...]:
    """The first source to name an office, or the part of its name that others complete."""
    named = (inner for inner in call.inside if inner.code.co_flags & CO_GENERATOR and isinstance(inner.value, str))
    return next((inner.path() for inner in named if call.value and inner.value in call.value), ())


def _period_step(document: Document, call: Call) -> Step:
    """The first of the rules that finds a period."""
    options, decided = [], None
    for rule in period.RULES:
        asked = next(call.of(rule), None)
        if asked is not None and asked.value is not None:
            decided = rule
            break
        options.append(Option("", rule_of(rule)))
    found = document.period
    days = f"{found.start or '?'} to {found.end or '?'}"
    outcome = f"{found.text} ({days})" if found.text else NONE
    return Step(Stage.PERIOD, outcome, rule_of(decided or period.period_of), options=tuple(options))
