"""Parts of the time that head what is planned for them: `第一周`, `十月份：`, `第二周至第五周 抓习惯：…`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.line_roles import Role, TaggedLine

_NUMBER = rf"(?:[{UP_TO_TEN}]{{1,3}}|\d{{1,2}})"
_RANGE = r"[至到和、—–~～－-]{1,2}"
_PART = (
    rf"(?:第{_NUMBER}(?:{_RANGE}第?{_NUMBER})?周|(?:第?[一二三四1-4]季度|第[一二]学期|[上下]半年|[上中下]旬)"
    rf"|{_NUMBER}(?:{_RANGE}{_NUMBER})?月份?)"
)
_LINE = re.compile(
    rf"(?P<head>{_PART}(?:{_RANGE}{_PART}){{0,4}}(?:[（(][^（）()\n]{{1,20}}[)）])?"
    r"(?:[ \u3000]{1,4}[^，。；：:\s]{2,16})?)(?:[：:]|$)"
)
_FEWEST = 2  # such lines in a document; one may be anything


def timed_headings(lines: Sequence[TaggedLine]) -> dict[int, int]:
    """Index to length of the headings of a timetable, where a document has several."""
    matches = [_match(item) for item in lines]
    found = {
        index: match.end("head")
        for index, (match, following) in enumerate(zip_longest(matches, lines[1:]))
        if match is not None and _governs(match, following)
    }
    return found if len(found) >= _FEWEST else {}


def _match(item: TaggedLine) -> re.Match[str] | None:
    if item.heading is not None or item.role is Role.BOILERPLATE or document_cues.is_table_row(item.line.text):
        return None
    return _LINE.match(item.line.text)


def _governs(match: re.Match[str], following: TaggedLine | None) -> bool:
    """True before text of its own line, or of the next: `四月 植树` above `五月 歌会` is a list."""
    if match.end() < len(match.string):
        return True
    return following is not None and _match(following) is None
