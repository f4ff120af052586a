"""The repairs in the sentence of a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zongji.corpus.records import Span
from zongji.pipeline import restore
from zongji.pipeline.restore.explain import Explanation
from zongji.pipeline.restore.record import Certainty, Kind
from zongji.pipeline.trace.records import Option, Stage, Step
from zongji.pipeline.trace.watching import rule_of

_CHOSEN_BY = {
    Kind.CUT: restore.CHOOSING_PASSES["damage"],
    Kind.READING: restore.CHOOSING_PASSES["damage"],
    Kind.MISREAD: restore.CHOOSING_PASSES["misdecoded"],
}
_SHOWN = 24  # characters of a repair


def repair_steps(repairs: Sequence[Explanation], start: int, end: int, *, touching: Span) -> Iterator[Step]:
    """The repairs between two offsets of the source; those of the number itself and doubtful ones are decisive."""
    for repair in repairs:
        if repair.end < start or repair.start > end:
            continue
        touches = repair.start < touching.end and repair.end > touching.start
        yield Step(
            stage=Stage.REPAIR,
            outcome=f"{_shown(repair.before)} → {_shown(repair.after)}",
            rule=rule_of(_pass(repair.kind)),
            score=None if repair.certainty is Certainty.EXACT else repair.confidence,
            notes=(f"{repair.kind}, {repair.certainty}",),
            options=tuple(Option(text) for text in repair.alternatives),
            decisive=touches or repair.certainty is not Certainty.EXACT,
        )


def _pass(kind: str) -> restore.Pass | restore.ChoosingPass:
    return _CHOSEN_BY[Kind(kind)] if kind in set(Kind) else restore.PASSES[kind]


def _shown(text: str) -> str:
    """A text on one line, visible even if empty."""
    line = text.replace("\n", "⏎").replace("\t", "⇥") or "∅"
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
