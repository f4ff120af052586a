"""Every repair of a text as data: where, what stood there, what it became, how sure, what else it might have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zongji.corpus.alignment import Aligned, Edit
from zongji.pipeline.restore import CHOOSING_PASSES, PASSES
from zongji.pipeline.restore.record import Certainty, Repair


@dataclass(frozen=True, slots=True)
class Explanation:
    """One repair. `start` and `end` are its place in the decoded source, `before` what stands there."""

    kind: str
    """The pass that made it; for damaged and wrongly read bytes what befell the place."""
    start: int
    end: int
    before: str
    after: str
    certainty: Certainty
    confidence: float
    alternatives: tuple[str, ...] = ()


def explain(aligned: Aligned) -> tuple[Aligned, list[Explanation]]:
    """The restored text with all of its repairs, in the order of their places."""
    explanations: list[Explanation] = []
    for repairs in CHOOSING_PASSES.values():
        chosen = repairs(aligned.text)
        explanations += [_of_choice(repair, aligned) for repair in chosen]
        aligned = aligned.apply([repair.edit for repair in chosen if repair.after != repair.before])
    for name, edits in PASSES.items():
        found = edits(aligned.text)
        explanations += [_explanation(name, part, aligned) for edit in found for part in _parts(edit, aligned.text)]
        aligned = aligned.apply(found)
    return aligned, sorted(explanations, key=lambda explanation: (explanation.start, explanation.end))


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
    """A repair of a pass that has just one way to go."""
    start, end = aligned.origin(edit.start, edit.end)
    return Explanation(name, start, end, aligned.source[start:end], edit.text, Certainty.EXACT, 1.0)


def _parts(edit: Edit, text: str) -> Iterator[Edit]:
    """An edit of equal length as the stretches in which it changes anything."""
    before = text[edit.start : edit.end]
    if len(before) != len(edit.text):
        yield edit
        return
    start = None
    for place, (old, new) in enumerate(zip(before, edit.text, strict=True)):
        if old != new and start is None:
            start = place
        elif old == new and start is not None:
            yield Edit(edit.start + start, edit.start + place, edit.text[start:place])
            start = None
    if start is not None:
        yield Edit(edit.start + start, edit.end, edit.text[start:])
