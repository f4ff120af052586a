"""Every repair of a text as data: where, before and after, how certain, and the alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from zongji.corpus.alignment import Aligned, Edit
from zongji.pipeline.restore import Step, steps
from zongji.pipeline.restore.record import Certainty, Kind, Repair


@dataclass(frozen=True, slots=True)
class Explanation:
    """One repair. `start` and `end` are offsets in the decoded source, `before` is the text there."""

    kind: str
    """The pass that made it; for damaged and misdecoded bytes, the kind of damage."""
    start: int
    end: int
    before: str
    after: str
    certainty: Certainty
    confidence: float
    alternatives: tuple[str, ...] = ()


def explain(aligned: Aligned) -> tuple[Aligned, list[Explanation]]:
    """The restored text with all of its repairs, in order."""
    explanations: list[Explanation] = []
    for step in steps(aligned):
        explanations += _explanations(step)
        aligned = step.after
    explanations.sort(key=lambda explanation: (explanation.start, explanation.end))
    return aligned, list(_joined(explanations))


def _explanations(step: Step) -> Iterator[Explanation]:
    if step.repairs:
        yield from (_of_choice(repair, step.before) for repair in step.repairs)
        return
    for edit in step.edits:
        yield from (_explanation(step.name, part, step.before) for part in _parts(edit, step.before.text))


def _joined(explanations: Iterable[Explanation]) -> Iterator[Explanation]:
    """Merge neighbouring exact repairs of misdecoded bytes: a whole file may be misread."""
    open_one: Explanation | None = None
    for one in explanations:
        if open_one and open_one.end == one.start and _is_plain_misread(open_one) and _is_plain_misread(one):
            open_one = replace(
                open_one, end=one.end, before=open_one.before + one.before, after=open_one.after + one.after
            )
            continue
        if open_one:
            yield open_one
        open_one = one
    if open_one:
        yield open_one


def _is_plain_misread(explanation: Explanation) -> bool:
    return explanation.kind == Kind.MISREAD and explanation.certainty is Certainty.EXACT


def _of_choice(repair: Repair, aligned: Aligned) -> Explanation:
    start, end = aligned.origin(repair.start, repair.end)
    return Explanation(
        repair.kind.value,
        start,
        end,
        aligned.source[start:end],
        repair.after,
        repair.certainty,
        repair.confidence,
        repair.alternatives,
    )


def _explanation(name: str, edit: Edit, aligned: Aligned) -> Explanation:
    """A repair of a pass without alternatives."""
    start, end = aligned.origin(edit.start, edit.end)
    return Explanation(name, start, end, aligned.source[start:end], edit.text, Certainty.EXACT, 1.0)


def _parts(edit: Edit, text: str) -> Iterator[Edit]:
    """An edit of equal length, cut down to the parts it changes."""
    before = text[edit.start : edit.end]
    if len(before) != len(edit.text):
        yield edit
        return
    start = None
    for index, (old, new) in enumerate(zip(before, edit.text, strict=True)):
        if old != new and start is None:
            start = index
        elif old == new and start is not None:
            yield Edit(edit.start + start, edit.start + index, edit.text[start:index])
            start = None
    if start is not None:
        yield Edit(edit.start + start, edit.end, edit.text[start:])
