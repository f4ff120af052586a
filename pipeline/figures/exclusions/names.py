"""Numbers within names: titles, slogans, idioms, ordinals, versions, sizes, document and telephone numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.labels import Bound, Reason
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.exclusions.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class IdiomRow:
    """A row of `idioms.tsv`."""

    word: str
    reason: Reason
    not_after: str = ""
    """Characters before it that make it other words: 碰|头一次."""


_ORDINAL_BEHIND = WordPattern("contexts", "{ordinal-behind}")
_DOCUMENT_BEFORE = WordPattern(
    "contexts", r"(?:[\[【〔(（]|字第?|发 ?[\[〔（(【]\d{4}[\]〕）)】]第?|[\]〕】]第?|{number-name})[：:]?$"
)
_DOCUMENT_BEHIND = WordPattern("contexts", r"[\]〕】]|[)）] ?\d+ ?号|{document-behind}")
_TELEPHONE_BEFORE = WordPattern("contexts", r"(?:(?:{telephone})(?:号码?)?[^\d㐀-鿿，。；,;]{0,3}|\d{3,4}[-—])$")
_HYPHENS = frozenset("-–—")
_GROUPS_BEFORE = re.compile(r"\d[-–—]\d{1,6}[-–—]$")
_MOBILE_NUMBER = 11  # digits of a mobile telephone's number
_CODE_NUMBER = 5  # digits; chosen: shorter ones behind 电话 may count calls
_PAGES_BEFORE = re.compile(r"\d ?页[，,/ ]*共 ?$")
_POINTED = Words("contexts", "pointed")
_SHOWN = WordPattern("contexts", "^[^，。；]{0,3}(?:{shown})")
_SHOWN_REACH = 6
_LOCAL_NUMBER = 7  # digits; chosen: telephone numbers have 7 or 8 without the area code
_SHORT_NUMBER = 3  # digits; chosen: the shortest telephone numbers are 110, 120
_VERSION_BEHIND = WordPattern("contexts", r"(?:{edition}|[A-Za-z](?![A-Za-z]?[²³]))")
_PLACE_BEHIND = Words("contexts", "place-behind")
_BLANKED_NAME = Words("contexts", "blanked-name")
_HAPPENED = WordPattern("contexts", r"(?<![没未无])(?<!没有)(?:{happened|handled})了?$")
_RECURRING = Words("unit_classes", "once-each")
_STOPS = re.compile(r"[，。；、,;\n]|$")
_ONE_OF = Words("contexts", "one-of")
_TERMS_HELD = Words("contexts", "term-held")
_TERMS_BEHIND = WordPattern("contexts", r"(?![一二三四五六七八九十\d]|{term-all})")
_ORDINAL_BEFORE = Words("contexts", "before-ordinal")
_QUARTER = re.compile(r" ?季度(?!会|例)")
_RANKED_UNITS = Words("unit_classes", "ranked")
_NOT_RANKED = Words("contexts", "not-ranked")
_PRODUCT_UNITS = Words("unit_classes", "product")
_SIZE_UNITS = Words("unit_classes", "capacity")
_SIZED = WordPattern("contexts", "{sized}")
_SIZED_NEARBY = WordPattern("contexts", "[㐀-鿿]{0,6}(?:{sized})")
_LETTER = re.compile("[A-Za-z]")
_HAN = re.compile("[㐀-鿿]")
_FEW_YUAN = 10  # chosen: names of bridges and of cheap offers
_ONE_PROGRAMME = WordPattern("contexts", "[㐀-鿿]{0,4}(?:{one-programme})")
_ROUND = frozenset({"百", "千", "万", "亿", "百千", "千万"})


def list_marker(around: Surroundings) -> Reason | None:
    """A heading's number, also of two levels before a short title: `2.1 人员：`."""
    numbered = "." in around.candidate.numeral and around.before[-1:] in {"", "\n"} and around.next[:1] in {" ", "　"}
    return Reason.LIST_MARKER if around.marker or numbered else None


def in_title(around: Surroundings) -> Reason | None:
    """Inside 《…》, or inside a short quotation: a name or a slogan."""
    if around.titled:
        return Reason.NAME
    return Reason.SLOGAN if around.quoted else None


def repeated_one(around: Surroundings) -> Reason | None:
    """`一周一调度`, `一人一档`: a slogan of two ones."""
    once = around.candidate.numeral == "一" and around.candidate.bound is Bound.EXACT and bool(around.unit)
    return Reason.IDIOM if once and around.behind.lstrip()[:1] == "一" else None


def idiom(around: Surroundings) -> Reason | None:
    """A number within an idiom, a slogan or a fixed name: `进一步`, `三下乡`."""
    if not around.is_han:
        return None
    start = around.candidate.number_start
    text = around.text
    for length in range(_longest_idiom(), 1, -1):
        for first in range(max(0, start - length + 1), start + 1):
            row = _idioms().get(text[first : first + length])
            if row is None or (row.not_after and text[max(0, first - 1) : first] in row.not_after):
                continue
            if first + length > start and not (
                _is_counted(around, first, first + length) or (row.word == "周一" and _recurs(around, first))
            ):
                return row.reason
    return None


def _recurs(around: Surroundings, start: int) -> bool:
    """`每周|一次`: not the day."""
    return around.unit in _RECURRING.all and around.text[start - 1 : start] == "每"


def _is_counted(around: Surroundings, start: int, end: int) -> bool:
    """An idiom must not end inside the number it hides, nor be a number followed by a measure word: `十一位`."""
    candidate = around.candidate
    if candidate.number_start < end < candidate.number_end:
        return True
    if candidate.unit is None or start < candidate.number_start:
        return False
    within_unit = candidate.number_end < end < candidate.end and (
        candidate.bound is Bound.EXACT or candidate.unit.row.category == "duration"  # 近十分|钟
    )
    return end <= candidate.number_end or within_unit or (end == candidate.end and _is_counted_last(around))


def _is_counted_last(around: Surroundings) -> bool:
    """`锦旗一面；`, `发生一起事故`: an idiom elsewhere, but here it counts the noun before it, or an event."""
    if around.unit in {"起", "次"} and _HAPPENED.search(around.before):
        return True
    return _STOPS.match(around.behind) is not None and around.before.endswith(_ONE_OF.ordered)


def document_number(around: Surroundings) -> Reason | None:
    """`[2007]1号`, `县发〔2023〕5号`."""
    if _DOCUMENT_BEHIND.match(around.next) or _DOCUMENT_BEFORE.search(around.before):
        inside = around.before[-1:] in "(（" and not _DOCUMENT_BEHIND.match(around.next)
        return None if inside else Reason.DOCUMENT_NUMBER
    return None


def telephone(around: Surroundings) -> Reason | None:
    """Telephone, postal and account numbers."""
    numeral = around.candidate.numeral
    if not numeral.isdecimal() or around.is_han:
        return None
    long = len(numeral) >= _LOCAL_NUMBER and not around.unit
    short = len(numeral) >= _SHORT_NUMBER and not around.unit
    return Reason.TELEPHONE if long or (short and _TELEPHONE_BEFORE.search(around.before)) else None


def identifier(around: Surroundings) -> Reason | None:
    """`ISBN 978-7-5000-1234-5册`, `QQ群：58412036位`: also before what looks like a measure word."""
    numeral = around.candidate.numeral
    if around.is_han or not numeral.isdecimal():
        return None
    if around.before[-1:] in _HYPHENS and _GROUPS_BEFORE.search(around.before):
        return Reason.TELEPHONE
    mobile = len(numeral) == _MOBILE_NUMBER and numeral[0] == "1"
    labelled = len(numeral) >= _CODE_NUMBER and _TELEPHONE_BEFORE.search(around.before)
    return Reason.TELEPHONE if mobile or labelled else None


def pointer(around: Surroundings) -> Reason | None:
    """`如图3所示`, `见表2项目清单`, `第3页 共12页`: where something stands."""
    before = around.before
    if around.unit == "页" and _PAGES_BEFORE.search(before):
        return Reason.ORDINAL
    pointed = before.rstrip(" ").endswith(_POINTED.ordered)
    shown = before.endswith(("图", "表", "图 ", "表 ")) and _SHOWN.search(around.next[:_SHOWN_REACH])
    return Reason.ORDINAL if pointed or shown else None


def package(around: Surroundings) -> Reason | None:
    """`12粒装的胶囊`: the size of a package."""
    packed = around.behind[:1] == "装" and (around.behind[1:2] in "的、，。；）)" or not around.behind[1:])
    return Reason.SIZE_IN_NAME if packed and around.unit else None


def counted_ordinal(around: Surroundings) -> Reason | None:
    """`第3次`, `四届二次`, `前三名`."""
    before = around.before[-3:]
    if before.endswith(("第", "第 ")):
        return Reason.ORDINAL
    if before.endswith(("最后", "排名后")) and around.is_han:
        return Reason.ORDINAL
    if around.unit == "次" and before.endswith(("届", "大", "全委会")):
        return Reason.ORDINAL
    ranked = around.unit in _RANKED_UNITS.all and before.endswith(("前", "倒数"))
    return Reason.ORDINAL if ranked and not before.endswith(_NOT_RANKED.ordered) else None


def ordinal(around: Surroundings) -> Reason | None:
    """`第十七届`, `三等奖`, `三年级`, `7.0级` (a magnitude)."""
    if counted_ordinal(around) is not None:
        return Reason.ORDINAL
    if around.is_han and around.before.endswith(_ORDINAL_BEFORE.ordered) and not around.unit:
        return Reason.ORDINAL
    if _QUARTER.match(around.next) and not around.before.endswith(("每", "个")):
        return Reason.DATE
    if around.unit == "届" and around.before.endswith(_TERMS_HELD.ordered) and _TERMS_BEHIND.match(around.behind):
        return None
    if around.unit in {"届", "级"}:
        return Reason.MAGNITUDE if "." in around.candidate.numeral else Reason.ORDINAL
    return Reason.ORDINAL if _ORDINAL_BEHIND.match(around.next) else None


def version(around: Surroundings) -> Reason | None:
    """`CPR 2.0`, `5G`, `2.0版`."""
    if around.before[-1:].isascii() and around.before[-1:].isalpha() and not (around.is_han and around.unit):
        return Reason.VERSION
    edition = around.unit == "版" and "." in around.candidate.numeral
    return Reason.VERSION if edition or (not around.unit and _VERSION_BEHIND.match(around.next)) else None


def size(around: Surroundings) -> Reason | None:
    """A size within a name: `20万千瓦光伏`, `64排CT`."""
    if around.unit in _SIZE_UNITS.all and _SIZED_NEARBY.match(around.behind):
        return Reason.SIZE_IN_NAME
    if around.unit in _PRODUCT_UNITS.all and _LETTER.match(around.behind):
        return Reason.SIZE_IN_NAME  # 64排CT
    if around.unit == "米" and _SIZED.match(around.behind):
        return Reason.SIZE_IN_NAME  # 9.6米厢车
    if around.before.endswith("年产") and _HAN.match(around.behind):
        return Reason.SIZE_IN_NAME
    return None


def name(around: Surroundings) -> Reason | None:
    """Round numbers in names (`百场报告进企业`), blanked names (`XX县`), bus and road numbers."""
    candidate = around.candidate
    if around.unit == "元" and around.is_han and _is_of_name(around):
        return Reason.NAME
    if around.unit == "里" and around.is_han and around.behind.startswith(_PLACE_BEHIND.ordered):
        return Reason.NAME  # 五里铺
    if candidate.numeral in _ROUND and candidate.bound is Bound.EXACT:
        return Reason.NAME
    blanked = candidate.bound is Bound.REDACTED and candidate.unit is not None
    return Reason.NAME if blanked and around.next.startswith(_BLANKED_NAME.ordered) else None


def _is_of_name(around: Surroundings) -> bool:
    """`四元桥`, `“一元早餐”计划`."""
    value = around.candidate.value
    small = value is not None and value <= _FEW_YUAN and around.candidate.bound is Bound.EXACT
    return small and (around.behind[:1] == "桥" or _ONE_PROGRAMME.match(around.behind) is not None)


@cache
def _idioms() -> dict[str, IdiomRow]:
    return {row.word: row for row in lexicon.load("idioms", IdiomRow)}


@cache
def _longest_idiom() -> int:
    return max(map(len, _idioms()))
