"""How the sections of a document were found and classified."""

from __future__ import annotations

from zongji.corpus.records import Section
from zongji.models.engines import Engine, Task
from zongji.models.linear import Decision
from zongji.models.rules import evidence_of
from zongji.pipeline.flow import Stages
from zongji.pipeline.model_decisions import class_by, decoded
from zongji.pipeline.structure.classify import class_of, classify
from zongji.pipeline.structure.headings import find_headings
from zongji.pipeline.structure.markers import MarkerKind
from zongji.pipeline.structure.outline import Node, outline
from zongji.pipeline.structure.unmarked_headings import bare_headings
from zongji.pipeline.trace.models import Answer, model_step
from zongji.pipeline.trace.records import Stage, Step
from zongji.pipeline.trace.watching import Call, rule_of, watched

_UNMARKED = frozenset({MarkerKind.BARE, MarkerKind.KEYED})


def section_steps(made: Stages, text: str, engine: Engine) -> dict[str, tuple[Step, ...]]:
    """The steps of each section, by its id."""
    call = watched(classify, made.nodes, made.doc_type, made.end)
    by_rules = list(call.of(class_of))
    by_model = _asked(made, text, engine)
    steps = {}
    for node, said, section, decided in zip(made.nodes, made.ruled_sections, made.sections, by_rules, strict=True):
        model = by_model.get(section.id)
        rules = _rules_step(said, decided, decisive=model is None)
        steps[section.id] = (_heading_step(node, section), rules, *(() if model is None else (model,)))
    return steps


def _heading_step(node: Node, section: Section) -> Step:
    shown = f"{section.marker or ''}{section.title or ''}".strip() or node.role.name.lower()
    if node.heading is None:
        return Step(Stage.HEADING, shown, rule_of(outline), notes=(f"the document's {node.role.name.lower()}",))
    kind = node.heading.kind
    notes = [f"level {section.level}", f"marker {kind.name.lower().replace('_', ' ')}"]
    notes += ["on a line of its own"] if node.heading.own_line else ["before its text"]
    found_by = rule_of(bare_headings if kind in _UNMARKED else find_headings)
    return Step(Stage.HEADING, shown, found_by, notes=tuple(notes))


def _rules_step(said: Section, decided: Call, *, decisive: bool) -> Step:
    evidence = evidence_of(said.title or "")
    words = f"words of the heading: {evidence.label}, weight {evidence.weight}" if evidence else "no listed words"
    path = decided.path()
    return Step(
        Stage.CLASS, said.label, rule_of(class_of), said.confidence, notes=(words,), path=path, decisive=decisive
    )


def _asked(made: Stages, text: str, engine: Engine) -> dict[str, Step]:
    """The model's decision about each section; empty if the rules decide alone."""
    model = engine.model(Task.SECTION_CLASS)
    if model is None:
        return {}
    steps: dict[str, Step] = {}

    def ask(found: list[str], section: Section) -> Decision:
        decision = class_by(section, found, model)
        answer = Answer(Task.SECTION_CLASS, model, found, section.label, decision.label)
        steps[section.id] = model_step(Stage.CLASS, answer, ask=class_by)
        return decision

    decoded(made.ruled_sections, text, made.doc_type, ask)
    return steps
