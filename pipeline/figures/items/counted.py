"""The counted noun phrase: on which side of its number it is looked for first."""

from __future__ import annotations

from zongji.pipeline.figures.items.before import phrase_before
from zongji.pipeline.figures.items.behind import phrase_behind, phrase_behind_further_count
from zongji.pipeline.figures.items.nouns import is_quantity
from zongji.pipeline.figures.items.word_lists import is_rate


def item_of(left: str, right: str, unit: str) -> str:
    """The counted noun phrase of a figure between `left` and `right`, the text of its sentence around it."""
    if is_rate(unit):
        return _item_of_rate(left, right, unit)
    return phrase_behind(right, unit) or phrase_before(left, unit) or phrase_behind_further_count(right, unit)


def _item_of_rate(left: str, right: str, unit: str) -> str:
    """What a rate measures stands in front of it (`整改率98%`), what it is a share of behind (`85%的家庭`)."""
    before = phrase_before(left, unit)
    return before if is_quantity(before) else phrase_behind(right, unit) or before
