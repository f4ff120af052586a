"""What a figure's sentence says about it: the base of a "per", and whether a summing cue covers it."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.pipeline.figures.items import item_of
from zongji.pipeline.figures.items.nouns import is_measurement
from zongji.pipeline.figures.items.word_lists import lists
from zongji.pipeline.figures.units import find_unit

_PER_BEFORE = re.compile(
    r"每(?:一|1)?(?:(?P<unit>个半年|半年|季度|半月|学期|学年|班级|万人口|万人|千人|百人|公里|(?:[两三四五六十]|半)(?:年|个?月|周|天|个?小时)|月|年|周(?![一二三四五六日末])|天|日|人|户|亩|餐|次|班(?!级)|校|村|镇|组(?!织)|晚|件|吨|节|斤|公斤|小时|旬|队|院|站|点|卡|桶|箱|只(?=装|配))"
    r"|(?:个|名|位|家|所|户|支|条|座|处|场|期|间|项|届|对|只|头|张|份)(?P<noun>[^\d，。；每]{0,12}))"
    r"|(?P<mean>[人户村校班亩生师店日月周次卡车桌])均|(?P<single>(?<![上全去今本当])[月年日](?=平均|补助|补贴|租金|薪)|(?<=单)[吨店车])|(?P<made>[亩日月](?=产(?![业品地])|处理|供水|烘干|发电|供应|销)|年(?=发电))"
)
_PER_EVERY = re.compile(
    r"每(?!周[一二三四五六日])(?P<noun>[㐀-鿿]{1,5}?)(?=不少于|至少|不低于|各|[\d一二三四五六七八九十两半]|(?<![预节条制合契])[约近][\d一二三四五六七八九十两])"
)
_SIGNS = frozenset("每均日亩月年单")
_INTERVAL = re.compile(r"[一二两三四五六七八九十半]+个?(?:小时|天|周|月|年|学期|季度)")
_SHORT_NAME = 4  # characters of the name of a measurement with nothing in front: 学习时间
_AREAS = frozenset("乡县区市镇季")  # 每乡抽检, 每季通报
_STOP = re.compile(r"[，。；：！？,;:!?\n]|\.(?![0-9])")
_PER_BEHIND = re.compile(r"/(人|户|亩|年|月|天|次|平方米|吨|场|期|班|生|村|公里)")
_TOTAL = re.compile(
    r"累计|总计|据统计|据不完全统计|截[至止]目前共|(?:期间|全年|一年来?|今年(?:以来)?|本年度?|年内|上半年|下半年|全学期|本学期|学期内|全县|全市|全区|全镇|活动期间|期间|月内|本月|全月|三年来|五年来|两年来|以来|总共)[^。；;，,]{0,8}[，,]?共|^(?:总共|一共|合计|共计)|[，,、](?:总共|一共|共计|合计|共)(?=[约近达]?\d|[约近达]?[一二三四五六七八九十两百])|合计\t?$"
)
# 共检查1874艘, 一共发了699份, 两项合计59万元: of the one figure behind; 共有 only states what is there.
_TOTAL_OF_ONE = re.compile(
    r"(?:(?:总共|一共|(?<![公与同和])共)(?![同建享产青创商治管和度性有读])[㐀-鿿]{1,8}|合计)(?=[\d一二三四五六七八九十两百])"
)
_APPROXIMATION = 4  # characters of an approximation word in front of the number
_PART = re.compile(r"其中|分别|包括")


def per_of(left: str, right: str) -> str | None:
    """The base of a figure's "per": `每个乡镇…1所` has 乡镇, `人均2册` 人, `每月2次` 月, `500元/人` 人."""
    if right[:1] == "/" and (behind := _PER_BEHIND.match(right)) is not None:
        return behind[1]
    if not _SIGNS.intersection(left):
        return None
    clause = _last_clause(left)
    found = None
    for match in _PER_BEFORE.finditer(clause):
        found = match
    every = None
    for match in _PER_EVERY.finditer(clause + "1"):
        every = match
    if every is not None and (found is None or every.start() > found.start()):
        return _base(every["noun"])
    if found is None:
        return None
    named = found["unit"] or found["mean"] or found["single"] or found["made"]
    if found["noun"] and len(found["noun"]) <= _SHORT_NAME and is_measurement(found["noun"]):
        return found[0].lstrip("每一1")[:1]  # 每期|时长5分钟
    return named or item_of("", found["noun"], "名") or found[0].lstrip("每一1")[:1]


def _base(noun: str) -> str:
    """The base of a "per" without the verb behind it: `升|优惠`, `乡|抽检`, `两小时|翻身`."""
    if interval := _INTERVAL.match(noun):
        return interval[0]
    if len(noun) > 2 and noun[0] in _AREAS:
        return noun[0]
    if len(noun) > 2 and noun[-2:] in lists().verbs:
        return noun[:-2]  # 每单位|预约半天
    unit = find_unit(noun, 0)
    return noun[: unit.end] if unit is not None else noun


class TotalCues(NamedTuple):
    """Where, in a sentence, summing cues end and where 其中 or 分别 take their force away."""

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
        """True where a summing cue covers the figure that starts at `start` of the sentence."""
        if any(0 <= end - start <= _APPROXIMATION for end in self.of_one):
            return True
        cue = max((end for end in self.cues if end <= start), default=-1)
        return cue >= 0 and not any(cue <= part < start for part in self.parts)


def _last_clause(left: str) -> str:
    stops = [match.end() for match in _STOP.finditer(left)]
    return left[stops[-1] :] if stops else left
