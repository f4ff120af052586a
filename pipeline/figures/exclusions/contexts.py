"""The words around a number that help to tell a figure from what is none, by what they do there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from zongji.corpus import lexicon


class ContextRole(StrEnum):
    """What a word of `contexts.tsv` does beside a number."""

    ANNOUNCED = "announced"  # 四个|方面: what is counted only announces an enumeration
    NOT_ANNOUNCED = "not-announced"  # a longer word that begins like one of those
    ANNOUNCED_BY_CONTEXT = "announced-by-context"  # 三项|任务: it does if the words before it say so
    BEFORE_ANNOUNCEMENT = "before-announcement"  # 抓好|三项任务
    LISTED_KIND = "listed-kind"  # 车工、钳工、焊工三个|工种
    SMALL_THING = "small-thing"  # 两件|事
    BEFORE_DEFINITE = "before-definite"  # 举办|一期: a count even when it is one
    BEFORE_NONE = "before-none"  # 没有|一人
    BEFORE_EACH = "before-each"  # 整改|一处、销号一处
    BEFORE_DURATION = "before-duration"  # 为期|3天
    BEFORE_AMOUNT = "before-amount"  # 播放量|达2.3万
    BEFORE_SUM = "before-sum"  # 花了|92万: money without its unit
    SIZED = "sized"  # 20万千瓦|光伏
    STAGED = "staged"  # 二|期投产: with the measure word, a stage by its number
    PICTURE = "picture"  # 织密一张|网


@dataclass(frozen=True, slots=True)
class ContextRow:
    """A row of `contexts.tsv`."""

    word: str
    role: ContextRole


@cache
def pattern(template: str, role: ContextRole) -> re.Pattern[str]:
    """The template with WORDS replaced by the words of a role, the longest first."""
    words = sorted(
        (row.word for row in lexicon.load("contexts", ContextRow) if row.role is role), key=len, reverse=True
    )
    return re.compile(template.replace("WORDS", "|".join(map(re.escape, words))))
