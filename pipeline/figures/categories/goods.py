"""Objects: materials if one can hand them over, show or install them."""

from __future__ import annotations

import re

from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.categories.counted import GOODS, Counted
from zongji.pipeline.figures.categories.deeds import Deed, deed_over_list

_MATERIALS, _OTHER = Category.MATERIALS, Category.OTHER
_PUBLICITY = re.compile("宣传.{1,2}$")
_PUBLICITY_ENDS = Words("category_cues", "publicity")
_WRITTEN_ENDS = Words("category_cues", "written")
_ABSTRACT_ENDS = Words("category_cues", "abstract")
_THING_UNITS = Words("category_cues", "thing-unit")
_PASSED_ON = frozenset({Deed.GIVEN, Deed.MADE})
_OBJECT_UNITS = Words("category_cues", "object-unit")
_IMMOVABLE_ENDS = Words("category_cues", "immovable")
_PRINT_UNITS = Words("category_cues", "print-unit")
# After the number and the rest of its list, with no further number following: `40床、电热毯40条|送到老人家里`.
_GIVEN_BEHIND = WordPattern(
    "category_cues", r"[^，。；：,;:\n]*?(?:{given-behind})[^，。；：、,;:0-9]*(?:[，。；：,;:\n]|$)"
)


def goods(counted: Counted) -> Category | None:
    """Objects that one can hand over, show or install are materials, by their noun or by their measure word.

    What is only inspected, repaired or taken away is none, unless it is written.
    """
    things = counted.row.category is _MATERIALS or counted.row.unit in _THING_UNITS.all
    if not things or (counted.row.open and counted.kind not in GOODS):
        return None
    if counted.noun.endswith(_ABSTRACT_ENDS.ordered):
        return _OTHER
    deed = deed_over_list(counted)
    if deed is Deed.TAKEN:
        return _MATERIALS if counted.noun.endswith(_WRITTEN_ENDS.ordered) else _OTHER
    if _is_goods(counted, deed):
        return _MATERIALS
    return _OTHER if _MATERIALS in {counted.row.category, counted.kind} else None


def _is_goods(counted: Counted, deed: Deed | None) -> bool:
    """By what the noun names or the measure word counts, else by what was done with it."""
    if counted.noun.endswith(_IMMOVABLE_ENDS.ordered):
        return deed in _PASSED_ON
    if counted.kind is _MATERIALS or counted.row.unit in _OBJECT_UNITS.all:
        return True
    if deed is Deed.GIVEN or counted.row.unit in _PRINT_UNITS.all or _is_publicity(counted):
        return True
    return _GIVEN_BEHIND.match(counted.right) is not None


def _is_publicity(counted: Counted) -> bool:
    if counted.kind is _OTHER:
        return False
    return counted.noun.endswith(_PUBLICITY_ENDS.ordered) or _PUBLICITY.search(counted.noun) is not None
