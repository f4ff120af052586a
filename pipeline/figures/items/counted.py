"""The counted noun phrase, and on which side of its number to look first."""

from __future__ import annotations

from collections.abc import Callable

from zongji.pipeline.figures.items.before import phrase_before
from zongji.pipeline.figures.items.behind import phrase_behind, phrase_behind_further_count
from zongji.pipeline.figures.items.nouns import is_quantity
from zongji.pipeline.figures.items.word_lists import is_rate
from zongji.pipeline.figures.ruled import Ruled, decided


class Sides:
    """The text of a sentence around a figure with a measure word."""

    __slots__ = ("_before", "left", "right", "unit")

    def __init__(self, left: str, right: str, unit: str) -> None:
        self.left = left
        self.right = right
        self.unit = unit
        self._before: str | None = None

    def before(self) -> str:
        """The noun phrase at the end of `left`, read once; empty if there is none."""
        if self._before is None:
            self._before = phrase_before(self.left, self.unit)
        return self._before


Rule = Callable[[Sides], str | None]


def noun_behind(sides: Sides) -> str | None:
    """The noun after the measure word: `6期|培训班`."""
    return phrase_behind(sides.right, sides.unit) or None


def noun_before(sides: Sides) -> str | None:
    """The noun before the number: `培训班|6期`."""
    return sides.before() or None


def noun_behind_further_count(sides: Sides) -> str | None:
    """The noun after a second count of the same things: `3218户1.14万|贫困群众`."""
    return phrase_behind_further_count(sides.right, sides.unit) or None


def measured_before(sides: Sides) -> str | None:
    """What a rate measures, before it: `整改率|98%`."""
    before = sides.before()
    return before if is_quantity(before) else None


def no_noun(sides: Sides) -> str:  # noqa: ARG001  # asked like the others
    """No noun on either side."""
    return ""


RULES: tuple[Rule, ...] = (noun_behind, noun_before, noun_behind_further_count)
RULES_FOR_RATES: tuple[Rule, ...] = (measured_before, noun_behind, noun_before)
"""What a rate measures is before it (`整改率98%`), what it is a share of after it (`85%的家庭`)."""


def rules_for(unit: str) -> tuple[Rule, ...]:
    """The rules for figures with this measure word."""
    return RULES_FOR_RATES if is_rate(unit) else RULES


def stated_item(left: str, right: str, unit: str) -> Ruled[str]:
    """The counted noun phrase of a figure, and its rule; `left` and `right` are the text around it in its sentence.

    The phrase is empty if the text states none.
    """
    return decided(rules_for(unit), Sides(left, right, unit), default=no_noun)


def item_of(left: str, right: str, unit: str) -> str:
    """Only the counted noun phrase."""
    return stated_item(left, right, unit)[0]
