"""The steps that decide whether a number is a figure: the scan, the table cell, the rejection rules."""

from __future__ import annotations

from functools import cached_property

from zongji.corpus.labels import Bound, Reason
from zongji.pipeline.figures import exclusions
from zongji.pipeline.figures.candidates import Candidate, candidates
from zongji.pipeline.figures.exclusions import Surroundings
from zongji.pipeline.figures.ruled import Ruled, answers
from zongji.pipeline.figures.screen import Screen, Screened, counts_people
from zongji.pipeline.figures.tables import TableNumber, table_numbers
from zongji.pipeline.trace.records import Option, Rule, Stage, Step
from zongji.pipeline.trace.rows import row_of
from zongji.pipeline.trace.watching import rule_of, watched

FIGURE = "a figure"
_GROUPED = 10_000  # from which digits are grouped by thousands


def scan_step(text: str, candidate: Candidate) -> Step:
    """How the number was scanned: its surroundings, its value and bound, its measure word."""
    before = text[candidate.start : candidate.number_start]
    number = text[candidate.number_start : candidate.number_end]
    behind = text[candidate.number_end : candidate.end]
    notes = [f"{before}[{number}]{behind}"]
    if before.strip() or (behind and candidate.unit is None):
        notes.append(f"{candidate.bound}: {(before + behind).strip()}")
    path: tuple[Rule, ...] = ()
    if candidate.unit is not None:
        row = row_of("units", candidate.unit.row.unit, candidate.unit.row.category)
        kind = candidate.unit.row.category + (", the noun decides" if candidate.unit.row.open else "")
        notes.append(f"unit {candidate.unit.name}: {kind} ({row.where})")
    again = watched(_scanned, text, candidate)
    if again.value == candidate:
        path = again.path()[2:]  # after this function and the generator
    return Step(Stage.SCAN, _shown(candidate), rule_of(candidates), notes=tuple(notes), path=path)


def _scanned(text: str, candidate: Candidate) -> Candidate | None:
    return next(candidates(text, candidate.number_start, len(text)), None)


def _shown(candidate: Candidate) -> str:
    """`160 over 名`, `3–5 range 场`, `? redacted 人`."""
    upper = "" if candidate.value_max is None else f"–{_grouped(candidate.value_max)}"
    value = "?" if candidate.value is None else _grouped(candidate.value) + upper
    bound = "" if candidate.bound is Bound.EXACT else candidate.bound.value
    return " ".join(filter(None, (value, bound, candidate.unit.name if candidate.unit else "")))


def _grouped(value: float) -> str:
    """`53,000`, but a year as it is."""
    return f"{value:,}" if value >= _GROUPED else str(value)


class Cells:
    """What the tables of a document state about the numbers in their cells; read on first use."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    @cached_property
    def _paths(self) -> dict[int, tuple[Rule, ...]]:
        """The path to what is stated about each number, by its start."""
        call = watched(table_numbers, self.text, self.start, self.end)
        found = {id(inner.value): inner for inner in call.all() if isinstance(inner.value, TableNumber)}
        return {place: found[id(meaning)].path() for place, meaning in call.value.items()}

    def step(self, screened: Screened) -> Step | None:
        """What a table states about a number; None for a number outside tables."""
        if screened.cell is None:
            return None
        path = self._paths[screened.candidate.start]
        return Step(Stage.TABLE, _said(screened.cell), rule_of(table_numbers), notes=_header(screened.cell), path=path)


def _header(cell: TableNumber) -> tuple[str, ...]:
    return tuple(f"{name} {text}" for name, text in (("column", cell.head), ("row", cell.row)) if text)


def _said(cell: TableNumber) -> str:
    said = {
        "unit": cell.unit.name if cell.unit else "",
        "item": cell.item,
        "modality": cell.modality or "",
        "per": cell.per or "",
        "category": cell.category or "",
        "times": f"{cell.magnitude:,}" if cell.magnitude != 1 else "",
        "row": "total" if cell.total else "",
    }
    return "; ".join(f"{name} {value}" for name, value in said.items() if value)


def rejection_step(screened: Screened) -> Step:
    """The rejection rules that were tried, up to the one that applied."""
    reason, around = screened.reason, screened.around
    if reason is None:
        return _kept_step(around)
    if around is None:  # boilerplate
        return Step(Stage.REJECTION, _rejected(reason[0]), rule_of(reason[1]))
    rejected = _rejected_step(reason, around)
    if not screened.overruled:
        return rejected
    note = f"{rejected.rule.name} would reject it: {reason[0]}"
    return Step(Stage.REJECTION, FIGURE, rule_of(counts_people), notes=(note,), options=rejected.options)


def _kept_step(around: Surroundings | None) -> Step:
    """No rule rejects the number, or none was tried."""
    if around is None:
        note = "no rules are tried on a number that fills a table cell"
        return Step(Stage.REJECTION, FIGURE, rule_of(Screen.screened), notes=(note,), decisive=False)
    asked = tuple(Option("", rule_of(rule)) for rule in exclusions.rules_for(around))
    note = f"none of {len(asked)} rules rejects it"
    return Step(Stage.REJECTION, FIGURE, rule_of(exclusions.rejection), notes=(note,), options=asked, decisive=False)


def _rejected_step(reason: Ruled[Reason], around: Surroundings) -> Step:
    """The rule that rejects the number, those tried before it, and those that would also reject it."""
    said, decided = reason
    rules = exclusions.rules_for(around)
    place = rules.index(decided)
    before = [Option("", rule_of(rule)) for rule in rules[:place]]
    later = [Option(_rejected(other), rule_of(rule)) for other, rule in answers(rules[place + 1 :], around)]
    return Step(
        Stage.REJECTION,
        _rejected(said),
        rule_of(decided),
        notes=(f"rule {place + 1} of {len(rules)}",),
        options=(*before, *later),
        path=watched(decided, around).path(),
    )


def _rejected(reason: Reason) -> str:
    return f"rejected: {reason.value}"
