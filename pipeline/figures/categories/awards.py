"""Prizes, titles that are conferred, and those who won something."""

from __future__ import annotations

from zongji.corpus.labels import Category
from zongji.pipeline.figures.categories.counted import Counted
from zongji.pipeline.figures.categories.cues import Cues

_AWARDS, _ORGANIZATIONS = Category.AWARDS, Category.ORGANIZATIONS
_HONOUR_SIGNS = frozenset("获评被受荣入立")
_HONOUR_REACH = 14  # characters behind a measure word in which the verb stands that says what was won


def prize(counted: Counted) -> Category | None:
    """A prize, or a title that is conferred: `评出优秀征文30篇`."""
    if counted.unit not in counted.cues.prize_units:
        return None
    return _AWARDS if _is_prize(counted.noun, counted.cues) or _is_conferred(counted) else None


def _is_prize(noun: str, cues: Cues) -> bool:
    return noun.startswith(cues.prize_starts) or noun.endswith(cues.prize_ends) or cues.prize.search(noun) is not None


def _is_conferred(counted: Counted) -> bool:
    if not counted.cues.title.search(counted.noun):
        return False
    named = counted.kind is Category.PARTICIPANTS and counted.cues.named in counted.clause
    return named or counted.cues.conferred.search(counted.clause) is not None


def named_title(counted: Counted) -> Category | None:
    """A title that is given in quotation marks: `评选“清洁户”30户`."""
    place = counted.clause.rfind(counted.noun) if counted.noun else -1
    quoted = place > 0 and counted.clause[place - 1] in '“"'
    return _AWARDS if quoted and counted.cues.conferred.search(counted.clause[:place]) else None


def honoured(counted: Counted) -> Category | None:
    """People, households and works that won something: `37人荣获奖章`, `论文获奖6篇`."""
    if counted.unit not in counted.cues.prize_units or counted.kind is _ORGANIZATIONS:
        return None
    won = not _HONOUR_SIGNS.isdisjoint(counted.right[:_HONOUR_REACH]) and counted.cues.honoured.match(counted.right)
    return _AWARDS if won or counted.cues.won.search(counted.clause) else None
