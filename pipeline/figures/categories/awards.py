"""Prizes, conferred titles, and winners."""

from __future__ import annotations

from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.categories.counted import Counted

_AWARDS, _ORGANIZATIONS = Category.AWARDS, Category.ORGANIZATIONS
_PRIZE = WordPattern("category_cues", "{prize}")
_PRIZE_ENDS = Words("category_cues", "prize-end")
_PRIZE_STARTS = Words("category_cues", "prize-start")
_PRIZE_UNITS = Words("category_cues", "prize-unit")
_TITLE = WordPattern("category_cues", "{title}")
_CONFERRED = WordPattern("category_cues", "{conferred}")
_NAMED = "命名"  # confers a title on people and households, but designates organizations: 命名|示范户
_WON = WordPattern("category_cues", r"(?:{honoured}|(?:获得?|受到?)[^、0-9]{0,10}(?:{prize-name}))(?:{won-end})?$")
# After the number, and after the noun there: `37人|荣获奖章`, `120名|学生|被评为标兵`, `3户|获省级表彰`.
_HONOURED = WordPattern(
    "category_cues",
    r"[^，。；：、,;:\n0-9]{0,10}?(?:{honoured}|(?:获得?|受到?)[^，。；：、,;:\n]{0,14}?(?:{prize-name}))",
)
_HONOUR_SIGNS = Words("category_cues", "honour-sign")
_WINNERS = Words("category_cues", "winner")
_PERSON_UNITS = Words("unit_classes", "person")
_LONGEST_PRIZE = 5  # characters: 先进工作者
_HONOUR_REACH = 14  # chosen: characters after a measure word that may hold the verb of winning


def prize(counted: Counted) -> Category | None:
    """A prize, or a conferred title: `评出优秀征文30篇`."""
    if counted.unit not in _PRIZE_UNITS.all:
        return None
    return _AWARDS if _is_prize(counted) or _is_conferred(counted) else None


def _is_prize(counted: Counted) -> bool:
    noun = counted.noun
    if noun.endswith(_PRIZE_ENDS.ordered) or (noun and _PRIZE.search(noun, len(noun) - _LONGEST_PRIZE)):
        return True
    persons = counted.kind is Category.PARTICIPANTS and not noun.startswith(_PRIZE_STARTS.ordered)  # 获奖师生
    return not persons and (noun.startswith(_PRIZE_STARTS.ordered) or _PRIZE.search(noun) is not None)


def _is_conferred(counted: Counted) -> bool:
    winners = counted.kind is Category.PARTICIPANTS and counted.noun.startswith(_WINNERS.ordered)  # 获奖学生
    if winners or not _TITLE.search(counted.noun):
        return False
    named = counted.kind is Category.PARTICIPANTS and _NAMED in counted.clause
    return named or _CONFERRED.search(counted.clause) is not None


def named_title(counted: Counted) -> Category | None:
    """A title in quotation marks: `评选“清洁户”30户`."""
    place = counted.clause.rfind(counted.noun) if counted.noun else -1
    quoted = place > 0 and counted.clause[place - 1] in '“"'
    return _AWARDS if quoted and _CONFERRED.search(counted.clause[:place]) else None


def honoured(counted: Counted) -> Category | None:
    """Works that won something: `论文获奖6篇`; people who did are people: `37人荣获奖章`."""
    if counted.unit not in _PRIZE_UNITS.all or counted.kind is _ORGANIZATIONS or counts_persons(counted):
        return None
    won = not _HONOUR_SIGNS.all.isdisjoint(counted.right[:_HONOUR_REACH]) and _HONOURED.match(counted.right)
    return _AWARDS if won or _WON.search(counted.clause) else None


def counts_persons(counted: Counted) -> bool:
    """True for people, by their noun or their measure word; households win titles."""
    return counted.unit in _PERSON_UNITS.all or (counted.kind is Category.PARTICIPANTS and counted.unit != "户")
