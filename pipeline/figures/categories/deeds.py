"""What was done with the counted things: handed out, made, kept, taken."""

from __future__ import annotations

from zongji.pipeline.figures.categories.counted import Counted, last_sentence
from zongji.pipeline.figures.categories.cues import Cue

_FREE = ("免费", "无偿")
_NOTHING_SAID = frozenset("，、,和及与共计 ")


def deed_over_list(counted: Counted) -> Cue | None:
    """What was done; a clause that is no more than the noun goes on with the verb of the clause before it."""
    done = deed(counted, counted.clause)
    if done is not None or not counted.noun or counted.noun not in counted.clause:
        return done
    goes_on = _NOTHING_SAID.issuperset(counted.clause.replace(counted.noun, "", 1).replace("其中", ""))
    return deed(counted, last_sentence(counted.left)) if goes_on else None


def deed(counted: Counted, clause: str) -> Cue | None:
    """What the last verb of a clause says that is done with the noun; the words of the noun itself are none."""
    noun = counted.noun
    place = clause.rfind(noun) if noun else -1
    words = clause if place < 0 else clause[:place] + "|" + clause[place + len(noun) :]
    found = counted.cues.deed.findall(words)
    if not found:
        return None
    done = counted.cues.deeds[found[-1]]
    return Cue.GIVEN if done is Cue.KEPT and any(word in _FREE for word in found) else done
