"""The steps of a figure by the rules: its item, category, modality, whether it is a total, and its base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from zongji.pipeline.figures import categories, modality
from zongji.pipeline.figures.categories import bare_numbers, measure_words, rules
from zongji.pipeline.figures.extract import Stated
from zongji.pipeline.figures.items import counted, inheritance
from zongji.pipeline.figures.items.clauses import clause_before
from zongji.pipeline.figures.items.objects import behind_last_governor
from zongji.pipeline.figures.items.roles import read
from zongji.pipeline.figures.ruled import answers
from zongji.pipeline.figures.scopes import TotalCues, per_of
from zongji.pipeline.figures.statements import Statement, bound_of, modality_evidence
from zongji.pipeline.figures.tables import table_numbers
from zongji.pipeline.trace.records import NONE, Option, Rule, Stage, Step
from zongji.pipeline.trace.rows import noun_row
from zongji.pipeline.trace.watching import Call, rule_of, watched


def statement_steps(stated: Stated) -> Iterator[Step]:
    """The decisions of the rules about a figure, in order."""
    if stated.figure.bound is not stated.statement.candidate.bound:
        note = "the words before it say so"
        yield Step(Stage.BOUND, stated.figure.bound.value, rule_of(bound_of), notes=(note,))
    yield from _item_steps(stated)
    yield _category_step(stated)
    yield _modality_step(stated)
    yield from _scope_steps(stated)


def _item_steps(stated: Stated) -> Iterator[Step]:
    statement = stated.statement
    (own, own_rule), (item, rule) = stated.decisions.stated, stated.decisions.item
    if statement.cell:
        yield Step(Stage.ITEM, item or NONE, rule_of(table_numbers))
        return
    asked = (*counted.rules_for(statement.unit), counted.no_noun)
    call = watched(own_rule, _sides(statement))
    overruled = item != own or rule not in {inheritance.own_item, inheritance.no_item}
    yield Step(
        Stage.STATED if overruled else Stage.ITEM,
        own or NONE,
        rule_of(own_rule),
        notes=tuple(_words(call, statement)),
        options=tuple(_others(asked, _sides(statement), own_rule)),
        path=call.path(),
        decisive=not overruled,
    )
    if overruled:
        yield _inherited_step(statement, item, own, rule)


def _sides(statement: Statement) -> counted.Sides:
    return counted.Sides(statement.left, statement.right, statement.unit)


def _words(call: Call, statement: Statement) -> Iterator[str]:
    """The words searched for a noun, each with its role, and the governing verb."""
    if clauses := [inner.value for inner in call.of(clause_before)]:
        yield f"clause before: {clauses[-1] or NONE}"
    if runs := [inner.value for inner in call.of(read) if inner.value]:
        yield "words: " + " ".join(f"{word}/{role.name.lower()}" for word, role in runs[-1])
    governors = [inner.value[1] for inner in call.of(behind_last_governor) if inner.value[1]]
    if governors:
        yield f"governor: {governors[-1]}"
    if statement.before is not None:
        yield f"figure before it in the sentence: {statement.before.text} {statement.before.item}".rstrip()


def _inherited_step(statement: Statement, item: str, own: str, rule: Callable[..., Any]) -> Step:
    """The item of the figure before it, or of the clause before."""
    before = statement.before
    notes = [f"its own clause states {own or 'none'}"]
    if before is not None and before.item == item:
        notes.append(f"that of {before.text}")
    elif before is not None and own.endswith(f"、{item}"):
        notes.append(f"it begins with that of {before.text}, which is left out")
    asked: tuple[Callable[..., Any], ...] = (*inheritance.RULES, *inheritance.CONDITIONS)
    silent = tuple(Option("", rule_of(other)) for other in asked[: asked.index(rule)])
    said = item if rule is inheritance.own_item else own
    looked: Any = inheritance.Pair if rule in inheritance.CONDITIONS else inheritance.Clause
    return Step(
        Stage.ITEM,
        item or NONE,
        rule_of(rule),
        notes=tuple(notes),
        options=(*silent, Option(own or NONE)),
        path=watched(rule, looked(statement.left, said, statement.unit, before)).path(),
    )


def _category_step(stated: Stated) -> Step:
    looked, (category, decided) = stated.decisions.counted, stated.decisions.category
    if decided is table_numbers:
        return Step(Stage.CATEGORY, category.value, rule_of(table_numbers))
    asked: tuple[Callable[..., Any], ...]
    if isinstance(looked, categories.BareNumber):
        asked = (*bare_numbers.RULES, bare_numbers.nothing_said)
    else:
        asked = (*rules.rules_for(looked.unit), measure_words.by_measure_word)
    notes = [f"confidence {stated.figure.confidence}"]
    if (noun := noun_row(stated.decisions.item[0].strip("“”"))) is not None:
        notes.append(f"noun {noun.name}: {noun.says} ({noun.where})")
    return Step(
        Stage.CATEGORY,
        category.value,
        rule_of(decided),
        notes=tuple(notes),
        options=tuple(_others(asked, looked, decided)),
        path=watched(decided, looked).path(),
    )


def _modality_step(stated: Stated) -> Step:
    statement, (said, decided) = stated.statement, stated.decisions.modality
    if decided is table_numbers:
        return Step(Stage.MODALITY, said.value, rule_of(table_numbers))
    evidence = modality_evidence(statement)
    notes = [f"section {evidence.label or 'none'}, text of a {evidence.leaning}", *_cues(evidence)]
    options = tuple(_others((*modality.RULES, modality.document), evidence, decided))
    return Step(Stage.MODALITY, said.value, rule_of(decided), notes=tuple(notes), options=options)


def _cues(evidence: modality.Evidence) -> Iterator[str]:
    """The kinds of cues before the figure in its sentence."""
    cues = evidence.cues
    found = {
        "surely planned": cues.surely_planned,
        "planned": cues.planned,
        "strongly achieved": cues.strongly_achieved,
        "achieved": cues.achieved,
    }
    named = [name for name, end in found.items() if end <= evidence.end]
    if named:
        yield f"cues before it: {', '.join(named)}"


def _scope_steps(stated: Stated) -> Iterator[Step]:
    statement, figure = stated.statement, stated.figure
    by_table = statement.cell is not None
    total = rule_of(table_numbers if by_table else TotalCues.cover)
    yield Step(Stage.TOTAL, "yes" if figure.total else "no", total, decisive=figure.total)
    path: tuple[Rule, ...] = ()
    if figure.per and not by_table:
        left = statement.text[statement.sentence.start : statement.candidate.start]
        path = watched(per_of, left, statement.right, statement.unit).path()
    per = rule_of(table_numbers if by_table else per_of)
    yield Step(Stage.PER, figure.per or NONE, per, path=path, decisive=figure.per is not None)


def _others(asked: Iterable[Callable[..., Any]], evidence: object, decided: Callable[..., Any]) -> Iterator[Option]:
    """The rules other than the deciding one: those tried before it without an answer, and other answers."""
    said = {rule: value for value, rule in answers(asked, evidence)}
    waiting = True
    for rule in asked:
        if rule is decided:
            waiting = False
        elif rule in said and said[rule] != "":
            yield Option(str(said[rule]), rule_of(rule))
        elif waiting:
            yield Option("", rule_of(rule))
