"""The fields of an activity: date, place and organizer, from the words before its name."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Period
from zongji.pipeline.activities.anchors import Anchor
from zongji.pipeline.metadata.dates import dates_of, find_date

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_CONTEXT = 200  # characters before an activity that may state its date, place and organizer
_PLACE = WordPattern(
    "activity_cues",
    r"(?<!{not-place})在(?P<place>[^，。；,;“”的]{2,24}?)(?:{place-manner})?(?:{holding}|{placed})",
)
_ORGANIZER = WordPattern(
    "activity_cues",
    r"(?:^|[，。；,;：:])(?P<name>[^，。；：、,;:的在\d]{1,16}?(?:{organizer-end}))(?:{organizer-manner})*"
    r"(?:在[^，。；,;]{2,24}?)?(?:成功|集中|组织)?(?:{holding}|邀请|设立)",
)
_ORGANIZED_BY = WordPattern("activity_cues", r"由(?P<name>[^，。；,;]{2,20}?)(?:{organized})")
_LEAD_IN = WordPattern("activity_cues", r"^(?:[{up_to_ten}]是)?(?:{organizer-lead})*")


def _organizer(passage: str) -> re.Match[str] | None:
    return _ORGANIZED_BY.search(passage) or _ORGANIZER.search(passage)


class Fields(NamedTuple):
    """What the text states about an activity."""

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
    date = find_date(sentence) or find_date(paragraph) or find_date(anchor.opening)
    first, last = dates_of(date, period) if date else (None, None)
    place = _PLACE.search(sentence) or _PLACE.search(anchor.opening)
    organizer = _organizer(sentence) or _organizer(anchor.opening)
    return Fields(
        date_text=date,
        start_date=first,
        end_date=last,
        place=place["place"] if place else None,
        organizer=_LEAD_IN.sub("", organizer["name"]) or None if organizer else None,
    )
