"""What a document says of the repairs in it: how many of which certainty, and a notice of each that is doubtful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from zongji.corpus.labels import NoticeCode
from zongji.corpus.records import Damage, Notice
from zongji.pipeline.restore.record import Certainty, Repair

_MANY = 50  # doubtful repairs of a document; more of them are one notice
_ALTERNATIVES = 3  # that a notice names


def damage_of(repairs: Sequence[Repair]) -> Damage:
    """The repairs counted by certainty."""
    return Damage(**Counter(repair.certainty.value for repair in repairs))


def damage_notices(repairs: Sequence[Repair]) -> Iterator[Notice]:
    """A notice for each repair that is not exact, or one for all of them where they are many."""
    doubtful = [repair for repair in repairs if repair.certainty is not Certainty.EXACT]
    if len(doubtful) > _MANY:
        message = f"damaged bytes in {len(doubtful)} places, read by likelihood; zongji restore --explain lists them"
        yield Notice(NoticeCode.DAMAGED_TEXT, message, doubtful[0].start, doubtful[-1].end)
        return
    for repair in doubtful:
        others = f"; or {' | '.join(repair.alternatives[:_ALTERNATIVES])}" if repair.alternatives else ""
        message = f"damaged bytes, read as {repair.after}{others}"
        yield Notice(NoticeCode.DAMAGED_TEXT, message, repair.start, repair.end)
