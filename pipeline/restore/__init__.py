"""Undoing the damage of conversions: one pass per kind of damage, in the order of the tables below.

A pass takes a text and returns edits; a text without its kind of damage costs a pass one scan and gets no edits. The
two passes that choose between several texts come first, because they need readings, marks and widths as they were
damaged; such a pass also says how sure it is of each edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from zongji.corpus.alignment import Aligned, Edit
from zongji.pipeline.restore import (
    blanks,
    compatibility,
    damage,
    doubled,
    entities,
    invisible,
    layout,
    line_ends,
    litter,
    misdecoded,
    readings,
    script,
    width,
)
from zongji.pipeline.restore.record import Repair

Pass = Callable[[str], Sequence[Edit]]
ChoosingPass = Callable[[str], Sequence[Repair]]

CHOOSING_PASSES: dict[str, ChoosingPass] = {
    "misdecoded": misdecoded.repairs,  # 鐨勫伐浣 -> 的工作, before `damage`, which would take its `?` for damaged bytes
    "damage": damage.repairs,  # 機制??茖W -> 機制。科學
}
PASSES: dict[str, Pass] = {
    "readings": readings.edits,  # 協(xié) -> 協
    "line-ends": line_ends.edits,  # lost no-break spaces, seen as `? ?? ? ?` -> line ends
    "entities": entities.edits,  # &ldquo; -> “; may give invisible and private-use characters, so before the next two
    "invisible": invisible.edits,  # zero-width characters, soft hyphens
    "compatibility": compatibility.edits,  # ⼯ -> 工; may give traditional characters
    "doubled": doubled.edits,  # 工工作作总总 -> 工作总, before layout, which measures widths
    "script": script.edits,  # 協會 -> 协会
    "litter": litter.edits,  # 培训的.管理 -> 培训的管理
    "layout": layout.edits,  # page numbers and hard line breaks, while characters still have their original width
    "width": width.edits,  # １２ -> 12
    "blanks": blanks.edits,  # no-break and doubled blanks
}


class Restored(NamedTuple):
    """A text after all passes, and the repairs of the choosing ones in offsets of the source."""

    aligned: Aligned
    repairs: tuple[Repair, ...]


class Step(NamedTuple):
    """One pass: the text before and after it, its edits, and the repairs of a choosing pass."""

    name: str
    before: Aligned
    after: Aligned
    edits: Sequence[Edit]
    repairs: Sequence[Repair] = ()


def restore(aligned: Aligned) -> Restored:
    """The text after all passes, aligned to its source."""
    located: list[Repair] = []
    for step in steps(aligned):
        located += (_located(repair, step.before) for repair in step.repairs)
        aligned = step.after
    return Restored(aligned, tuple(located))


def steps(aligned: Aligned) -> Iterator[Step]:
    """The passes in order, each applied to the output of the one before."""
    for name, choose in CHOOSING_PASSES.items():
        repairs = choose(aligned.text)
        edits = [repair.edit for repair in repairs if repair.after != repair.before]
        step = Step(name, aligned, aligned.apply(edits), edits, repairs)
        yield step
        aligned = step.after
    for name, find in PASSES.items():
        found = find(aligned.text)
        step = Step(name, aligned, aligned.apply(found), found)
        yield step
        aligned = step.after


def _located(repair: Repair, aligned: Aligned) -> Repair:
    start, end = aligned.origin(repair.start, repair.end)
    return replace(repair, start=start, end=end)
