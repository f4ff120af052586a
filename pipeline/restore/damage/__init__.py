"""Damaged bytes: the runs of a profile whose readings and cuts fell between the bytes of its characters, repaired.

    profile        what the profile tells: its annotated characters, its habits
    tokens      a run as characters, readings, broken readings and lost bytes
    search      all ways to read its bytes, the likely ones kept
    proof       damaged forward again, a repair must give back what stands there

What the damage is and how it came about: `zongji.corpus.noise`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zongji.corpus.alignment import Edit
from zongji.pipeline.restore.damage.profile import TRIGGER, learn
from zongji.pipeline.restore.damage.runs import Runs
from zongji.pipeline.restore.record import Repair

__all__ = ["edits", "repairs"]

_VAIN = 20  # fruitless runs after which a text counts as undamaged: it may hold a megabyte of `?`
_STRETCH, _CROWD = 240, 30  # more triggers in so many characters; lists on heavy pages have up to 20


def edits(text: str) -> Sequence[Edit]:
    """Edits for the damaged runs of a text; an undamaged text costs one scan for `?`."""
    return [repair.edit for repair in repairs(text) if repair.after != repair.before]


def repairs(text: str) -> Sequence[Repair]:
    """The damaged runs of a text, in order."""
    return list(_repairs(text))


def _repairs(text: str) -> Iterator[Repair]:
    if "?" not in text or TRIGGER.search(text) is None:
        return
    profile = learn(text)
    if profile is None:
        return
    runs = Runs(text, profile)
    position = vain = found = 0
    while vain <= _VAIN + 2 * found and (match := TRIGGER.search(text, position)):
        if _crowded(text, match.start()):
            position = match.start() + _STRETCH
            continue
        repair, position = runs.repair(match.start())
        if repair is None or repair.after == repair.before:
            vain += 1
        else:
            found += 1
        if repair is not None:
            yield repair


def _crowded(text: str, start: int) -> bool:
    """True if runs begin too densely for damaged prose."""
    return sum(1 for _ in TRIGGER.finditer(text, start, start + _STRETCH)) > _CROWD
