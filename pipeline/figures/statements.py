"""What a figure states: each field with the rule that decided it."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.corpus.labels import Bound, Category, DocumentType, Modality
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Figure, Section
from zongji.pipeline.figures import categories, modality
from zongji.pipeline.figures.candidates import Candidate
from zongji.pipeline.figures.items import inherited, stated_item
from zongji.pipeline.figures.ruled import Ruled
from zongji.pipeline.figures.scopes import per_of
from zongji.pipeline.figures.screen import Screened
from zongji.pipeline.figures.sentences import Sentence
from zongji.pipeline.figures.tables import table_numbers

_ITEM_REACH = 60  # characters after a figure that may hold its item
_LEAST = WordPattern("scope_cues", r"(?:{least})[^，。；,;\d{up_to_ten}两]{1,8}$")
_MOST = WordPattern("scope_cues", r"(?:{limited})[^，。；,;\d{up_to_ten}两]{0,8}$")
_BROKEN = re.compile(r"\d \d{1,2}$|\d 0\d\d$")
_LIMIT_SIGNS = frozenset("最至过限")


class Statement:
    """A figure's number with the input of the rules: its sentence before and after it, its section.

    `left` begins after the previous figure of the sentence; `right` extends as far as its item may be; `unit`
    is empty without a measure word; `cell` is what a table states about a number that fills one of its cells.
    """

    __slots__ = (
        "before",
        "candidate",
        "cell",
        "leaning",
        "left",
        "right",
        "section",
        "sentence",
        "text",
        "unit",
    )

    def __init__(
        self,
        text: str,
        screened: Screened,
        sentence: Sentence,
        before: Figure | None,
        section: Section | None,
        leaning: DocumentType,
    ) -> None:
        self.text = text
        self.candidate = candidate = screened.candidate
        self.cell = screened.cell
        self.sentence = sentence
        self.before = before
        self.section = section
        self.leaning = leaning
        end = candidate.end
        self.left = text[before.end if before else sentence.start : candidate.start]
        self.right = text[end : min(sentence.end, end + _ITEM_REACH)]
        self.unit = candidate.unit.name if candidate.unit else ""


class Decisions(NamedTuple):
    """The decisions about a statement, each value with its rule."""

    stated: Ruled[str]
    """The item stated by the number's own clause or by the table."""
    item: Ruled[str]
    """The item of the record: stated, or taken from the figure before it."""
    category: Ruled[Category]
    modality: Ruled[Modality]
    counted: categories.Counted | categories.BareNumber
    """The input of the category rules."""


def decisions_of(statement: Statement) -> Decisions:
    """The decisions that make up the record."""
    stated, item = _items(statement)
    counted = _counted(statement, item[0])
    return Decisions(stated, item, _category(statement, counted), _modality(statement), counted)


def _category(statement: Statement, counted: categories.Counted | categories.BareNumber) -> Ruled[Category]:
    if statement.cell and statement.cell.category:
        return statement.cell.category, table_numbers
    return categories.category_of(counted)


def _items(statement: Statement) -> tuple[Ruled[str], Ruled[str]]:
    if statement.cell:
        named = statement.cell.item, table_numbers
        return named, named
    left, unit = statement.left, statement.unit
    stated = stated_item(left, statement.right, unit or _counting_unit(statement))
    return stated, inherited(left, stated[0], unit, statement.before)


def _counting_unit(statement: Statement) -> str:
    """`20+项目`, `200K点赞`, `6镇3乡`: counts of things, as if 个 stood there; other bare numbers are read as rates."""
    candidate, text = statement.candidate, statement.text
    counts = text[candidate.end - 1] in "+＋" or candidate.numeral[-1] in "kKwW"
    return "个" if counts or (candidate.numeral.isdecimal() and candidate.bound is Bound.EXACT) else ""


def _counted(statement: Statement, item: str) -> categories.Counted | categories.BareNumber:
    """The input of the category rules; a cell has no sentence, its header says everything."""
    candidate, cell = statement.candidate, statement.cell
    left = "" if cell else statement.text[statement.sentence.start : candidate.start]
    if candidate.unit is None:
        return categories.bare_number(candidate.numeral, item, left)
    right, before = ("", None) if cell else (statement.right, statement.before)
    return categories.counted(candidate.unit, item, left, right=right, before=before)


def _modality(statement: Statement) -> Ruled[Modality]:
    if statement.cell and statement.cell.modality:
        return statement.cell.modality, table_numbers
    return modality.modality_of(modality_evidence(statement))


def modality_evidence(statement: Statement) -> modality.Evidence:
    """The input of the modality rules, if no table header decides."""
    sentence, section = statement.sentence, statement.section
    end = statement.candidate.end - sentence.start
    behind = statement.text[section.start : statement.candidate.start] if section else ""
    return modality.Evidence(sentence.modality, end, modality.label_for(section, behind), statement.leaning)


def figure_of(statement: Statement, decisions: Decisions, number: int) -> Figure:
    """The record of a statement, as figure `number` of the document."""
    candidate, cell, section = statement.candidate, statement.cell, statement.section
    category = decisions.category[0]
    return Figure(
        id=f"f{number}",
        category=category,
        value=candidate.value,
        value_max=candidate.value_max,
        bound=bound_of(candidate, statement.left),
        unit=statement.unit,
        item=decisions.item[0],
        modality=decisions.modality[0],
        total=cell.total if cell else category is not Category.RATE and _is_total(statement),
        per=cell.per if cell else _per(statement),
        text=statement.text[candidate.start : candidate.end],
        start=candidate.start,
        end=candidate.end,
        section=section.id if section else None,
        confidence=_confidence(candidate, decisions.item[0]),
        quote=statement.sentence.quote,
    )


def _per(statement: Statement) -> str | None:
    left = statement.text[statement.sentence.start : statement.candidate.start]
    return per_of(left, statement.right, statement.unit)


def _is_total(statement: Statement) -> bool:
    return statement.sentence.totals.cover(statement.candidate.start - statement.sentence.start)


def _confidence(candidate: Candidate, item: str) -> float:
    """The confidence of the category: by an unambiguous measure word, by the counted noun, or by default.

    The values are the shares of correct categories in annotated documents, scored before anyone looked at them; that
    of a number joined over a blank (`2 00人次`) is chosen.
    """
    if _BROKEN.search(candidate.numeral):
        return 0.5
    if candidate.unit is not None and not candidate.unit.row.open:
        return 0.99
    return 0.92 if categories.category_of_noun(item) is not None else 0.75


def bound_of(candidate: Candidate, left: str) -> Bound:
    """The candidate's bound; in `至少建成1所`, `最多可报2项` it is separate from the number."""
    if candidate.bound is not Bound.EXACT:
        return candidate.bound
    near = left[-12:]
    if ("少" in near or "低" in near or "起码" in near) and _LEAST.search(near):
        return Bound.AT_LEAST
    if not _LIMIT_SIGNS.isdisjoint(near) and _MOST.search(near):
        return Bound.AT_MOST
    return Bound.EXACT
