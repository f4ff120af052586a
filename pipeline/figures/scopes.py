"""From a figure's sentence: the base of its "per", and whether it is a total."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.corpus.patterns import WordPattern, Words
from zongji.corpus.verbs import verbs
from zongji.pipeline.figures.items import item_of
from zongji.pipeline.figures.items.nouns import is_measurement
from zongji.pipeline.figures.units import find_unit

_PER_BEFORE = WordPattern(
    "scope_cues",
    r"每(?:(?P<group>[{up_to_ten}两\d][{up_to_ten}百千\d]{0,3}(?:{per-group}))|(?:一|1)?(?:(?P<unit>{per-unit}|(?:[两三四五六十]|半)(?:年|个?月|周|天|个?小时)|只(?=装|配))"
    r"|(?:{per-measure})(?P<noun>[^\d，。；每]{0,12})))"
    r"|(?P<mean>{per-mean})均|(?P<single>(?<!{not-base})[月年日](?={per-paid})|(?<=单)[吨店车])"
    r"|(?P<made>[亩日月](?={per-made})|年(?=发电))",
)
_PER_EVERY = WordPattern(
    "scope_cues",
    r"每(?!周[一二三四五六日])(?P<noun>[㐀-鿿]{1,5}?)"
    r"(?={per-amount}|[\d一二三四五六七八九十两半]|(?<!{not-about})[约近][\d一二三四五六七八九十两])",
)
_SIGNS = Words("scope_cues", "per-sign")
_INTERVAL = WordPattern("scope_cues", "[一二两三四五六七八九十半]+个?(?:{interval})")
_SHORT_NAME = 4  # chosen: characters of the name of a measurement without a modifier: 学习时间
_SHORT_BASES = Words("scope_cues", "short-base")
_STOP = re.compile(r"[，。；：！？,;:!?\n]|\.(?![0-9])")
_PER_BEHIND = WordPattern("scope_cues", "[㐀-鿿]{0,8}/({per-behind})")  # 500元/人, 20次讲座/年
_IN_ONE = WordPattern("scope_cues", "(?<![第近这那每])一({in-one})(?:{in-one-adverb})?$")  # 一年|两次
_ONCE_EACH = Words("unit_classes", "once-each")
_TOTAL = WordPattern(
    "scope_cues",
    r"{total}|(?:{total-of})[^。；;，,]{0,8}[，,]?共|^(?:{total-adverb})"
    r"|[，,、](?:{total-adverb}|共)(?=[约近达]?\d|[约近达]?[一二三四五六七八九十两百])|合计\t?$",
)
# 共检查1874艘, 一共发了699份, 两项合计59万元: for the one figure after it; 共有 only states what exists.
_TOTAL_OF_ONE = WordPattern(
    "scope_cues",
    r"(?:(?:总共|一共|(?<!{not-sum})共)(?!{not-all})[㐀-鿿]{1,8}|合计)(?=[\d一二三四五六七八九十两百])",
)
_SLASH = 10  # characters after a number that may hold the slash of its base
_APPROXIMATION = 4  # chosen: characters of an approximation word before the number
_PART = re.compile(r"其中|分别|包括")


def per_of(left: str, right: str, unit: str = "") -> str | None:
    """The base of a figure's "per": `每个乡镇…1所` has 乡镇, `人均2册` 人, `每月2次` 月, `500元/人` 人.

    Two bases that touch are one: `每人每年300元` has 人/年.
    """
    if "/" in right[:_SLASH] and (behind := _PER_BEHIND.match(right)) is not None:
        return behind[1]
    if _SIGNS.all.isdisjoint(left):
        return None
    clause = _last_clause(left)
    if unit in _ONCE_EACH.all and (one := _IN_ONE.search(clause)) is not None:
        return one[1]
    found = list(_PER_BEFORE.finditer(clause))
    every = None
    for match in _PER_EVERY.finditer(clause + "1"):
        every = match
    if every is not None and not (found and found[-1].start() >= every.start()):
        last, start = _base(every["noun"]), every.start()
    elif found:
        last, start = _named(found[-1]), found[-1].start()
    else:
        return None
    outer = next((match for match in found if match.end() == start), None)
    return f"{_named(outer)}/{last}" if outer is not None else last


def _named(found: re.Match[str]) -> str:
    """The base that a match names."""
    if found["noun"] and len(found["noun"]) <= _SHORT_NAME and is_measurement(found["noun"]):
        return found[0].lstrip("每一1")[:1]  # 每期|时长5分钟
    named = found["group"] or found["unit"] or found["mean"] or found["single"] or found["made"]
    return named or item_of("", found["noun"], "名") or found[0].lstrip("每一1")[:1]


def _base(noun: str) -> str:
    """The base of a "per" without the verb after it: `升|优惠`, `乡|抽检`, `两小时|翻身`."""
    if interval := _INTERVAL.match(noun):
        return interval[0]
    if len(noun) > 2 and noun[0] in _SHORT_BASES.all:
        return noun[0]
    if len(noun) > 2 and noun[-2:] in verbs():
        return noun[:-2]  # 每单位|预约半天
    unit = find_unit(noun, 0)
    return noun[: unit.end] if unit is not None else noun


class TotalCues(NamedTuple):
    """The ends of summing cues in a sentence, and where 其中 or 分别 cancel them."""

    cues: tuple[int, ...]
    parts: tuple[int, ...]
    of_one: tuple[int, ...]

    @classmethod
    def of(cls, sentence: str) -> TotalCues:
        """The cues of a sentence."""
        cues = tuple(match.end() for match in _TOTAL.finditer(sentence))
        parts = tuple(match.start() for match in _PART.finditer(sentence)) if cues else ()
        of_one = (
            tuple(match.end() for match in _TOTAL_OF_ONE.finditer(sentence))
            if "共" in sentence or "合计" in sentence
            else ()
        )
        return cls(cues, parts, of_one)

    def cover(self, start: int) -> bool:
        """True if a summing cue covers the figure that starts at `start` of the sentence."""
        if any(0 <= end - start <= _APPROXIMATION for end in self.of_one):
            return True
        cue = max((end for end in self.cues if end <= start), default=-1)
        return cue >= 0 and not any(cue <= part < start for part in self.parts)


def _last_clause(left: str) -> str:
    stops = [match.end() for match in _STOP.finditer(left)]
    return left[stops[-1] :] if stops else left
