"""What was done with the counted things: handed out, made, kept, taken."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.categories.counted import Counted, last_sentence


class Deed(StrEnum):
    """What a verb says was done; its words have the role of the same name in `category_cues.tsv`."""

    MADE = "made"
    KEPT = "kept"
    TAKEN = "taken"
    GIVEN = "given"


_VERBS = WordPattern("category_cues", "{made|kept|taken|given}")
_FREE = ("免费", "无偿")
_NOTHING_SAID = WordPattern("category_cues", "(?:{nothing-said}|[，、, ])*")


def deed_over_list(counted: Counted) -> Deed | None:
    """What was done; a clause that is no more than the noun goes on with the verb of the clause before it."""
    done = deed(counted, counted.clause)
    if done is not None or not counted.noun or counted.noun not in counted.clause:
        return done
    goes_on = _NOTHING_SAID.fullmatch(counted.clause.replace(counted.noun, "", 1).replace("其中", ""))
    return deed(counted, last_sentence(counted.left)) if goes_on else None


def deed(counted: Counted, clause: str) -> Deed | None:
    """What the last verb of a clause says that is done with the noun; the words of the noun itself are none."""
    noun = counted.noun
    place = clause.rfind(noun) if noun else -1
    words = clause if place < 0 else clause[:place] + "|" + clause[place + len(noun) :]
    found = [verb[0] for verb in _VERBS.finditer(words)]
    if not found:
        return None
    done = _deeds()[found[-1]]
    return Deed.GIVEN if done is Deed.KEPT and any(word in _FREE for word in found) else done


@cache
def _deeds() -> dict[str, Deed]:
    """What each verb says; of a verb with two roles the later one of `Deed`."""
    return {word: deed for deed in Deed for word in Words("category_cues", deed).ordered}
