"""Undoing what conversions did to a text: one kind of damage a pass, in an order one can read.

A pass takes a text and returns edits; a text without its kind of damage costs a pass one scan and gets no edits. The
repair of damaged bytes comes first, because it needs readings, marks and widths as they were damaged; beside its edits
it tells how sure it is of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from zongji.corpus.alignment import Aligned, Edit
from zongji.pipeline.restore import blanks, damage, layout, line_ends, readings, script, width
from zongji.pipeline.restore.damage import Repair

Pass = Callable[[str], Sequence[Edit]]

PASSES: dict[str, Pass] = {
    "readings": readings.edits,  # 協(xié) -> 協
    "line-ends": line_ends.edits,  # lost no-break spaces, seen as `? ?? ? ?` -> line ends
    "script": script.edits,  # 協會 -> 协会
    "layout": layout.edits,  # page numbers and hard line breaks, while all characters have their own width
    "width": width.edits,  # １２ -> 12
    "blanks": blanks.edits,  # no-break and doubled blanks
}


class Restored(NamedTuple):
    """A text after all passes, and the repairs of its damaged bytes with their places in the source."""

    aligned: Aligned
    repairs: tuple[Repair, ...]


def restore(aligned: Aligned) -> Restored:
    """The text after all passes, still knowing where each of its characters came from."""
    repairs = damage.repairs(aligned.text)
    located = tuple(_located(repair, aligned) for repair in repairs)
    aligned = aligned.apply([repair.edit for repair in repairs if repair.after != repair.before])
    for edits in PASSES.values():
        aligned = aligned.apply(edits(aligned.text))
    return Restored(aligned, located)


def _located(repair: Repair, aligned: Aligned) -> Repair:
    start, end = aligned.origin(repair.start, repair.end)
    return replace(repair, start=start, end=end)
