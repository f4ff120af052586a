"""The period that a document plans or reports."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from typing import NamedTuple

from zongji.corpus.chinese_digits import UP_TO_TEN, in_arabic
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Period
from zongji.pipeline.structure.document_cues import YEAR
from zongji.pipeline.structure.line_roles import Role
from zongji.pipeline.structure.markers import MarkerKind, number_of
from zongji.pipeline.structure.outline import Node

_MONTHS = 12
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_OPENING = 120  # characters of an opening paragraph that may state the period by its year
_WORDS = 200  # characters of it that may state the period in words
_PART = (
    r"{part}|第?[一二三四]季度"
    r"|(?:\d{1,2}|[{up_to_ten}]{1,3})月(?:份|(?={month-work}))"
)
_FOUNDED = "(?<!我于)(?<![建立办生]于)(?<![我自从])"  # 始建于1958年 dates an office, not the report
_PERIOD = WordPattern(
    "periods",
    r"{founded}{year}年?[—–\-~～至到]{year}(?:学年度?|年度?)(?:第?[上下一二]学期)?"
    r"|{founded}{year}年?度?(?:{part_of_year})?(?<={ends})",
    founded=_FOUNDED,
    year=YEAR,
    part_of_year=_PART,
)
_MONTH = re.compile(rf"{YEAR}年(?:\d{{1,2}}|[{UP_TO_TEN}]{{1,2}})月(?!\d|[{UP_TO_TEN}]|[初底中上下])")
_OF_ONE_EVENT = WordPattern("periods", "{one-event}")
_PERSONAL = WordPattern("periods", "{personal}")
_CAREER = WordPattern(
    "periods", r"{year}年(?=(?:\d{1,2}|[{up_to_ten}]{1,3})月|{career})", year=YEAR
)  # `2021年8月调任现职`: when someone took up a post
_FULL_DATE = re.compile(rf"(?<![至到—\-~]){YEAR}年(?=(?:\d{{1,2}}|[{UP_TO_TEN}xX×]{{1,2}})月)")
_PART_OF_YEAR = WordPattern(
    "periods",
    r"{part_of_year}|(?<![{up_to_ten}\d])(?:1[0-2]|[1-9]|[{digits}]|十[一二]?)月(?!\d|[{up_to_ten}])"
    r"|第(?:\d{1,2}|[{up_to_ten}]{1,3})周|[{stems}][{branches}]年",
    part_of_year=_PART,
)
_YEAR_OF_LINE = re.compile(rf"(?<=[\n\u3000 ]){YEAR}年(?=[，,])")  # `2023年，…` at the beginning of the report proper
_DAY = re.compile(rf"\d日|^[（(]?{YEAR}年(?:\d{{1,2}}|[{UP_TO_TEN}]{{1,3}})月[)）]?$")
_PERIOD_WORDS = WordPattern("periods", "{relative}")
_MONTH_OF_YEAR = re.compile(rf"年(?P<month>\d{{1,2}}|[{UP_TO_TEN}]{{1,3}})月")
_QUARTER = re.compile("(?P<all>前)?第?(?P<quarter>[一二三四])季度")


class _Evidence(NamedTuple):
    """The places where a document may state its period."""

    block: str
    """The title with the lines under it."""
    titled: str
    """Those without a day."""
    dated: str
    """Those with a day: when the document was read out, not its period."""
    opening: str
    first_heading: str
    body: str
    one_event: bool
    """True if it is about a single event: an activity, a briefing."""


_Rule = Callable[[_Evidence], re.Match[str] | None]


def period_of(block: str, opening: str, nodes: Sequence[Node], body: str = "") -> Period:
    """The period that the first of `RULES` finds, with its dates.

    `block` is the title with the lines under it, `body` the whole text of the document.
    """
    lines = block.split("\n")
    evidence = _Evidence(
        block=block,
        titled="\n".join(line for line in lines if not _DAY.search(line)),
        dated="\n".join(line for line in lines if _DAY.search(line)),
        opening=opening,
        first_heading=next((node.title or "" for node in nodes if node.role is Role.HEADING), ""),
        body=body,
        one_event=_OF_ONE_EVENT.search(block) is not None,
    )
    match = next(filter(None, (rule(evidence) for rule in RULES)), None)
    return Period(*_dates(match[0]), text=match[0]) if match else Period()


def _month_of_an_event(evidence: _Evidence) -> re.Match[str] | None:
    """The month of a single event, from the title or the first words."""
    return (_MONTH.search(evidence.block) or _MONTH.match(evidence.opening)) if evidence.one_event else None


def _in_the_title(evidence: _Evidence) -> re.Match[str] | None:
    return _PERIOD.search(evidence.titled)


def _under_the_title_of_an_event(evidence: _Evidence) -> re.Match[str] | None:
    return _PERIOD.search(evidence.dated) if evidence.one_event else None


def _at_the_opening(evidence: _Evidence) -> re.Match[str] | None:
    """The opening paragraph's; in a personal report, years of taking up a post are ignored."""
    personal = _PERSONAL.search(evidence.block)
    return _PERIOD.search((_CAREER.sub("", evidence.opening) if personal else evidence.opening)[:_OPENING])


def _in_the_first_heading(evidence: _Evidence) -> re.Match[str] | None:
    return _PERIOD.search(evidence.first_heading)


def _year_that_begins_a_line(evidence: _Evidence) -> re.Match[str] | None:
    return _YEAR_OF_LINE.search(evidence.body) if evidence.dated else None


def _under_the_title(evidence: _Evidence) -> re.Match[str] | None:
    return _PERIOD.search(evidence.dated)


def _part_of_a_year(evidence: _Evidence) -> re.Match[str] | None:
    return _PART_OF_YEAR.search(evidence.block)


def _words_in_the_title(evidence: _Evidence) -> re.Match[str] | None:
    return _PERIOD_WORDS.search(evidence.titled)


def _date_of_an_event(evidence: _Evidence) -> re.Match[str] | None:
    """The year of a single event, from its text."""
    return _FULL_DATE.search(evidence.body) if evidence.one_event else None


def _at_the_opening_of_a_career(evidence: _Evidence) -> re.Match[str] | None:
    """The opening paragraph's, including years of taking up a post."""
    return _PERIOD.search(evidence.opening[:_OPENING])


def _words_at_the_opening(evidence: _Evidence) -> re.Match[str] | None:
    return _PERIOD_WORDS.search(evidence.opening[:_WORDS])


RULES: tuple[_Rule, ...] = (
    _month_of_an_event,
    _in_the_title,
    _under_the_title_of_an_event,
    _at_the_opening,
    _in_the_first_heading,
    _year_that_begins_a_line,
    _under_the_title,
    _part_of_a_year,
    _words_in_the_title,
    _date_of_an_event,
    _at_the_opening_of_a_career,
    _words_at_the_opening,
)
"""The sources of the period, strongest first."""


def _dates(text: str) -> tuple[str | None, str | None]:
    """First and last day of a stated year or part of it, as ISO dates; None if the year is blanked."""
    years = [in_arabic(year) for year in re.findall(YEAR, text)]
    numbers = [year for year in years if year.isdecimal() and len(year) == 4]
    if len(numbers) != len(years) or not numbers:
        return None, None
    if "上半年" in text:
        return f"{numbers[0]}-01-01", f"{numbers[0]}-06-30"
    if "下半年" in text:
        return f"{numbers[0]}-07-01", f"{numbers[0]}-12-31"
    if (month := _MONTH_OF_YEAR.search(text)) is not None:
        first = last = number_of(month["month"], MarkerKind.HAN)
        return _months(int(numbers[0]), first, last)
    if (quarter := _QUARTER.search(text)) is not None:
        last = 3 * number_of(quarter["quarter"], MarkerKind.HAN)
        return _months(int(numbers[0]), 1 if quarter["all"] else last - 2, last)
    if "学年" in text or "学期" in text:
        return f"{numbers[0]}-09-01", f"{numbers[-1]}-08-31" if len(numbers) > 1 else None
    return f"{numbers[0]}-01-01", f"{numbers[-1]}-12-31"


def _months(year: int, first: int, last: int) -> tuple[str | None, str | None]:
    """The first day of one month and the last of another; None if a month is out of range."""
    if not 1 <= first <= last <= _MONTHS:
        return None, None
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]:02}"
