"""What was done with the counted objects: handed out, made, kept, taken."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.categories.counted import Counted, last_sentence


class Deed(StrEnum):
    """What a verb says was done; its words have the use of the same name in `category_cues.tsv`."""

    MADE = "made"
    KEPT = "kept"
    TAKEN = "taken"
    GIVEN = "given"


_VERBS = WordPattern("category_cues", "{made|kept|taken|given}")
_FREE = ("免费", "无偿")
_NOTHING_SAID = WordPattern("category_cues", "(?:{nothing-said}|[，、, ])*")


def deed_over_list(counted: Counted) -> Deed | None:
    """What was done; a clause of only the noun takes the verb of the clause before it."""
    done = deed(counted, counted.clause)
    if done is not None or not counted.noun or counted.noun not in counted.clause:
        return done
    goes_on = _NOTHING_SAID.fullmatch(counted.clause.replace(counted.noun, "", 1).replace("其中", ""))
    return deed(counted, last_sentence(counted.left)) if goes_on else None


def deed(counted: Counted, clause: str) -> Deed | None:
    """What the last verb of a clause does with the noun; words within the noun itself do not count."""
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
    """The deed of each verb; if it has two, the later member of `Deed`."""
    return {word: deed for deed in Deed for word in Words("category_cues", deed).ordered}
