"""The one event that a document tells of, if its title names it: a briefing, a plan or a summary of that event."""

from __future__ import annotations

import re
from functools import cache

from zongji.corpus.patterns import WordPattern, alternatives
from zongji.pipeline.activities.anchors import Anchor, endings, kind_of, without_determiners

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_WITHIN = 800  # characters from the start of a document in which it tells of its event
_LEAST = 3  # characters of a name
_LONGEST = 100  # characters of a title; what is longer is a paragraph
_OPENING = 300  # characters of a document that state when, where and by whom its event was held
_GENRE = WordPattern("activity_cues", r"(?:的|工作|{announcement})+$")
_LEAD = WordPattern("activity_cues", r"^.*(?:{holding}|关于|年度?|第[^第届]{1,4}届|[:：])(?=.)")
_FIRST_STOP = re.compile(r"[。；\n]")


def announced(text: str, start: int, end: int, title: str | None, organization: str | None) -> Anchor | None:
    """The event that the title of the document from `start` to `end` names; None for other titles.

    It stands where the text below the title first speaks of it, else at the end of its first sentence.
    """
    name = name_in(title or "", organization or "")
    if not name:
        return None
    begin = max(text.find(title or "", start, start + _WITHIN), start)
    below = text.find("\n", begin + len(title or ""), end) + 1 or begin
    place = text.find(name, below, min(end, below + _WITHIN))
    if place < 0:
        stop = _FIRST_STOP.search(text, below, end)
        place = stop.start() if stop else below
    return Anchor(place, place, name, kind_of(name), opening=text[below : min(end, below + _OPENING)])


def name_in(title: str, organization: str = "") -> str | None:
    """The event's name in a title without its genre, office, year and number; None if it names none."""
    words = title.strip()
    if len(words) > _LONGEST:
        return None
    genre = _GENRE.search(words)
    if genre:
        if "工作" in genre[0]:
            return None  # the work of a year, whatever it was
        words = words[: genre.start()]
    quoted = _quoted().search(words)
    if quoted:
        return quoted[0]
    named = _plain().search(words)
    if named is None:
        return None
    name = named[0]
    lead = _LEAD.match(name)
    name = without_determiners(name[lead.end() if lead else 0 :].removeprefix(organization).lstrip("的"))
    return name if len(name) >= _LEAST else None


@cache
def _quoted() -> re.Pattern[str]:
    """A quoted name that an event's word follows or ends."""
    return re.compile(rf"“[^”\n]{{2,24}}”[^，。；：！？“”《》（）()的]{{0,12}}?{endings()}|“[^”\n]{{2,24}}{endings()}”")


@cache
def _plain() -> re.Pattern[str]:
    """What ends a title in an event's word; titles are short, so the search from each place is."""
    followed = alternatives("activity_cues", "title-end")
    return re.compile(rf"[^，。；！？“”《》（）()\s]{{1,40}}{endings()}(?=$|(?:{followed})$|[，,；;！!（(\s])")
