"""What the figures are about: events and programmes with name, kind, dates, place and organizer.

An activity is found where the text names one (`举办实用技术培训班`, `“全国科普日”宣传活动`) or counts one (`讲座6场`).
A figure belongs to the activity named last before it in its sentence, else to the first one behind it there, else to
the last one of its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from zongji.corpus import lexicon
from zongji.corpus.labels import ActivityType, Category
from zongji.corpus.records import Activity, Figure, Period, Section
from zongji.pipeline.dates import dates_of, find_date


@dataclass(frozen=True, slots=True)
class KindRow:
    """A row of `activities.tsv`: a word that ends an activity's name, and the kind it tells."""

    word: str
    type: ActivityType


@dataclass
class _Anchor:
    """An activity as it is found, before its figures are known."""

    start: int
    end: int
    name: str
    type: ActivityType
    figures: list[Figure] = field(default_factory=list)


_VERBS = (
    "举办|举行|召开|组织开展|联合开展|集中开展|深入开展|广泛开展|扎实开展|开展|"
    "组织|开办|承办|主办|协办|参加|启动|进行|开设|实施|上演"
)
_CONTEXT = 200  # characters before an activity that may tell its date, place and organizer
_OF_ONE_SENTENCE = frozenset({Category.RATE, Category.MONEY, Category.OTHER, Category.AWARDS})
_REACH = 160  # characters behind an activity in which a figure of the same paragraph may still belong to it
_PLACE = re.compile(
    rf"(?<![正现存所旨还都早])在(?P<place>[^，。；,;“”的]{{2,24}}?)(?:成功|隆重|集中|联合|组织|分别|顺利|正式)?"
    rf"(?:{_VERBS}|设立|设置|拉开|摆放|放映|演出|为)"
)
_ORGANIZER = re.compile(
    rf"(?:^|[，。；,;：:])(?P<name>[^，。；：、,;:的在\d]{{1,16}}?(?:局|委|办|会|站|院|馆|校|社区|街道|村|镇|乡|中心|公司|部|支部|队|协会|政府|团委|妇联|科协|工会|所|园))(?:联合|积极|精心|认真|专门|及时|先后|组织|牵头|共同|成功|又|还|将|分别|会同)*(?:在[^，。；,;]{{2,24}}?)?(?:成功|集中|组织)?(?:{_VERBS}|邀请|设立)"
)
_ORGANIZED_BY = re.compile(r"由(?P<name>[^，。；,;]{2,20}?)(?:主办|承办|牵头|组织|举办|负责)")
_NO_EVENT = r"[㐀-鿿]?(?:员|队|站|室|单位|制度|方案|计划|工作(?!坊))"  # what makes of an event's word another thing
_LEAD_IN = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?:我们|与|和|由|并|还|又|联合|用心|积极|主动|充分|配合|协助|会同|同时)*"
)
_DETERMINER = re.compile(
    r"^(?:了|好|各类|各种|各级|形式多样的|丰富多彩的|多种形式的|系列|一系列|一次|一场|全县|全市|全区|全镇|全校|为期[^的]{1,4}的|以[^为]{1,20}为[^的]{1,20}的|本届|首届|第.{1,3}届)+"
)


def gather(
    text: str, start: int, end: int, sections: Sequence[Section], figures: Sequence[Figure], period: Period
) -> tuple[Activity, ...]:
    """The activities of a document in order; each lists the figures that belong to it."""
    anchors = _anchors(text, start, end, figures)
    starts = [anchor.start for anchor in anchors]
    for figure in figures:
        anchor = _anchor_of(text, figure, anchors, starts)
        if anchor is not None:
            anchor.figures.append(figure)
    kept = [anchor for anchor in anchors if anchor.figures]
    return tuple(
        _activity(text, start, anchor, sections, period, number=number) for number, anchor in enumerate(kept, start=1)
    )


def _anchors(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[_Anchor]:
    """Named activities, and counted ones whose name is a figure's item."""
    named = list(_named(text, start, end))
    taken = [(anchor.start, anchor.end) for anchor in named]
    counted = [
        _Anchor(figure.start, figure.end, figure.item.strip("“”"), kind_of(figure.item))
        for figure in figures
        if figure.category is Category.SESSIONS and figure.item and not _has_neighbour(taken, figure)
    ]
    return sorted(named + counted, key=lambda anchor: anchor.start)


def _has_neighbour(taken: Sequence[tuple[int, int]], figure: Figure) -> bool:
    """True where the figure counts an activity that was found by its name, right before or right behind it."""
    place = bisect_right(taken, (figure.start, figure.end))
    before = place > 0 and figure.start - taken[place - 1][1] <= 4
    behind = place < len(taken) and taken[place][0] - figure.end <= 4
    return before or behind


def _named(text: str, start: int, end: int) -> Iterator[_Anchor]:
    for match in _name_pattern().finditer(text, start, end):
        kind = "quoted" if match["quoted"] else "plain"
        name_start, name = match.start(kind), match[kind]
        determiner = _DETERMINER.match(name)
        if determiner:
            name_start, name = name_start + determiner.end(), name[determiner.end() :]
        if len(name) >= 3:
            yield _Anchor(name_start, match.end(kind), name, kind_of(name))


@lru_cache(maxsize=4096)
def kind_of(name: str) -> ActivityType:
    """The kind of an activity by the last telling word of its name."""
    best, kind = -1, ActivityType.OTHER
    for row in lexicon.load("activities", KindRow):
        place = name.rfind(row.word)
        if place >= 0 and place + len(row.word) > best:
            best, kind = place + len(row.word), row.type
    return kind


@cache
def _name_pattern() -> re.Pattern[str]:
    """Quoted names, and names behind a verb of holding; the latter end in a word of `activities.tsv`."""
    listed = {row.word for row in lexicon.load("activities", KindRow)} | {"活动"}
    ordered = sorted(listed, key=len, reverse=True)
    words = "|".join("(?<![开发扩进施])展" if word == "展" else word for word in ordered)  # an exhibition, not 开展
    ending = rf"(?:{words})(?:活动|月|周|日)?"
    plain = r"[^，。；：！？、,;:\n\d“”《》]"
    return re.compile(
        rf"(?P<quoted>“[^“”\n]{{2,24}}”(?:{plain}{{0,12}}?{ending}))(?!{_NO_EVENT})"
        rf"|(?:{_VERBS})(?:了|好)?(?=[^\d“])(?P<plain>{plain}{{1,30}}?{ending})(?!{_NO_EVENT})"
    )


def _anchor_of(text: str, figure: Figure, anchors: Sequence[_Anchor], starts: Sequence[int]) -> _Anchor | None:
    place = bisect_right(starts, figure.start) - 1
    if place >= 0:
        between = text[anchors[place].end : figure.start] if figure.start - anchors[place].start <= _REACH else "\n"
        if "\n" not in between and not ("。" in between and figure.category in _OF_ONE_SENTENCE):
            following = anchors[place + 1] if place + 1 < len(anchors) else None
            if (
                "。" in between
                and following is not None
                and following.start - figure.end <= _REACH
                and not re.search(r"[。\n]", text[figure.end : following.start] or "。")
            ):
                return following
            return anchors[place]
    if place + 1 < len(anchors) and not re.search(
        r"[。；\n]", text[figure.end : min(anchors[place + 1].start, figure.end + _REACH)]
    ):
        return anchors[place + 1] if anchors[place + 1].start - figure.end < _REACH else None
    return None


def _start_of(section: Section) -> int:
    return section.start


def _activity(
    text: str, start: int, anchor: _Anchor, sections: Sequence[Section], period: Period, *, number: int
) -> Activity:
    before = text[max(start, anchor.start - _CONTEXT) : anchor.start]
    paragraph = before[before.rfind("\n") + 1 :]
    sentence = paragraph[max(map(paragraph.rfind, "。；;")) + 1 :] + anchor.name
    date = find_date(sentence) or find_date(paragraph)
    first, last = dates_of(date, period) if date else (None, None)
    holder = bisect_right(sections, anchor.start, key=_start_of) - 1
    place = _PLACE.search(sentence)
    organizer = _ORGANIZED_BY.search(sentence) or _ORGANIZER.search(sentence)
    return Activity(
        id=f"a{number}",
        name=anchor.name,
        type=anchor.type,
        start_date=first,
        end_date=last,
        date_text=date,
        place=place["place"] if place else None,
        organizer=_LEAD_IN.sub("", organizer["name"]) or None if organizer else None,
        section=sections[holder].id if holder >= 0 else None,
        figures=tuple(figure.id for figure in anchor.figures),
    )
