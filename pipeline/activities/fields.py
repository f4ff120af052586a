"""The fields of an activity: date, place and organizer, as the words before its name tell them."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.corpus.records import Period
from zongji.pipeline.activities.anchors import VERBS, Anchor
from zongji.pipeline.metadata.dates import dates_of, find_date

_CONTEXT = 200  # characters before an activity that may tell its date, place and organizer
_PLACE = re.compile(
    rf"(?<![正现存所旨还都早])在(?P<place>[^，。；,;“”的]{{2,24}}?)(?:成功|隆重|集中|联合|组织|分别|顺利|正式)?"
    rf"(?:{VERBS}|设立|设置|拉开|摆放|放映|演出|为)"
)
_ORGANIZER = re.compile(
    rf"(?:^|[，。；,;：:])(?P<name>[^，。；：、,;:的在\d]{{1,16}}?(?:局|委|办|会|站|院|馆|校|社区|街道|村|镇|乡|中心|公司|部|支部|队|协会|政府|团委|妇联|科协|工会|所|园))(?:联合|积极|精心|认真|专门|及时|先后|组织|牵头|共同|成功|又|还|将|分别|会同)*(?:在[^，。；,;]{{2,24}}?)?(?:成功|集中|组织)?(?:{VERBS}|邀请|设立)"
)
_ORGANIZED_BY = re.compile(r"由(?P<name>[^，。；,;]{2,20}?)(?:主办|承办|牵头|组织|举办|负责)")
_LEAD_IN = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?:我们|与|和|由|并|还|又|联合|用心|积极|主动|充分|配合|协助|会同|同时)*"
)


class Fields(NamedTuple):
    """What is told of an activity."""

    date_text: str | None
    start_date: str | None
    end_date: str | None
    place: str | None
    organizer: str | None


def fields_of(text: str, start: int, anchor: Anchor, period: Period) -> Fields:
    """The fields of an activity of the document that begins at `start` and reports `period`."""
    before = text[max(start, anchor.start - _CONTEXT) : anchor.start]
    paragraph = before[before.rfind("\n") + 1 :]
    sentence = paragraph[max(map(paragraph.rfind, "。；;")) + 1 :] + anchor.name
    date = find_date(sentence) or find_date(paragraph)
    first, last = dates_of(date, period) if date else (None, None)
    place = _PLACE.search(sentence)
    organizer = _ORGANIZED_BY.search(sentence) or _ORGANIZER.search(sentence)
    return Fields(
        date_text=date,
        start_date=first,
        end_date=last,
        place=place["place"] if place else None,
        organizer=_LEAD_IN.sub("", organizer["name"]) or None if organizer else None,
    )
