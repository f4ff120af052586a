"""Undoing what conversions did to a text: one kind of damage a pass, in an order one can read.

A pass takes a text and returns edits; a text without its kind of damage costs a pass one scan and gets no edits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zongji.corpus.alignment import Aligned, Edit
from zongji.pipeline.restore import blanks, damage, layout, line_ends, readings, script, width

Pass = Callable[[str], Sequence[Edit]]

# The repair of damaged bytes comes first: it needs readings, marks and widths as they were damaged.
PASSES: dict[str, Pass] = {
    "damaged-bytes": damage.edits,  # 縣域?qū)W校 -> 縣域學校
    "readings": readings.edits,  # 協(xié) -> 協
    "line-ends": line_ends.edits,  # lost no-break spaces, seen as `? ?? ? ?` -> line ends
    "script": script.edits,  # 協會 -> 协会
    "layout": layout.edits,  # page numbers and hard line breaks, while all characters have their own width
    "width": width.edits,  # １２ -> 12
    "blanks": blanks.edits,  # no-break and doubled blanks
}


def restore(aligned: Aligned) -> Aligned:
    """The text after all passes, still knowing where each of its characters came from."""
    for edits in PASSES.values():
        aligned = aligned.apply(edits(aligned.text))
    return aligned
