"""Things: materials where they reach people, else none."""

from __future__ import annotations

import re

from zongji.corpus.labels import Category
from zongji.pipeline.figures.categories.counted import GOODS, Counted
from zongji.pipeline.figures.categories.cues import Cue
from zongji.pipeline.figures.categories.deeds import deed_over_list

_MATERIALS, _OTHER = Category.MATERIALS, Category.OTHER
_PUBLICITY = re.compile("宣传.{1,2}$")


def goods(counted: Counted) -> Category | None:
    """Things are materials when handed out, shown or made for people, or when they are print by nature."""
    things = counted.row.category is _MATERIALS or counted.row.unit in counted.cues.thing_units
    if not things or (counted.row.open and counted.kind not in GOODS):
        return None
    if counted.noun.endswith(counted.cues.abstract_ends):
        return _OTHER
    deed = deed_over_list(counted)
    if deed is Cue.TAKEN:
        return _MATERIALS if counted.noun.endswith(counted.cues.written_ends) else _OTHER
    if _reaches_people(counted, deed):
        return _MATERIALS
    return _OTHER if _MATERIALS in {counted.row.category, counted.kind} else None


def _reaches_people(counted: Counted, deed: Cue | None) -> bool:
    if deed is Cue.GIVEN or (deed is Cue.MADE and counted.kind is _MATERIALS):
        return True
    if counted.row.unit in counted.cues.print_units or _is_publicity(counted):
        return True
    return counted.cues.given_behind.match(counted.right) is not None


def _is_publicity(counted: Counted) -> bool:
    if counted.kind is _OTHER:
        return False
    return counted.noun.endswith(counted.cues.publicity_ends) or _PUBLICITY.search(counted.noun) is not None
