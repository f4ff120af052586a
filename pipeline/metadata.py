"""What a document says about itself: its type, organization and period."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from zongji.corpus.labels import DocumentType, SectionLabel
from zongji.corpus.records import Period
from zongji.models.rules import evidence_of, looks_ahead
from zongji.pipeline.markers import MarkerKind, number_of
from zongji.pipeline.openings import YEAR
from zongji.pipeline.organizations import organization_of
from zongji.pipeline.roles import Marked, Role
from zongji.pipeline.sections import Node

_PLAN = re.compile(r"计划|方案|策划|要点|规划|预案|打算|安排|思路|设想|谋划|部署|实施意见|倡议|行事历|月历")
_SUMMARY = re.compile(r"总结|小结|报告|简报|汇报|述职|回顾|情况|纪实|快报|体会|通报|成效|信息|盘点|自评|复盘|这一年")
_OTHER = re.compile(r"通知|公告|办法|规定|制度|细则|纪要|讲话|条例|公示")
_NEWS = re.compile("^[（(]?(?:本报|本刊|本网)(?:讯|记者|通讯员)")
_NOTICE = re.compile(r"的(?:通知|公告|公示|函|决定|请示|批复)$")
_BOTH = re.compile(
    r"(?:总结|小结|回顾|汇报|情况)(?:及|和|与|暨|、|以及|\+|\s).{0,12}(?:计划|打算|安排|思路|设想|要点|谋划|重点)|(?:计划|打算|安排)(?:及|和|与|暨|、)(?:总结|回顾)"
)
_OPENS_PLAN = re.compile(
    r"(?:计划|方案|安排|打算|要点|部署|意见)[^。]{0,8}如下|(?:制定|制订|拟定|拟)[^。，]{0,16}(?:方案|计划)|关键(?:之)?年|开局之年|今年[^。]{0,20}将"
)
_OPENS_SUMMARY = re.compile(
    r"(?:总结|汇报|报告|情况|工作|述职)[^。；]{0,10}如下|一年来|半年来|以来|取得了|顺利完成|圆满完成|圆满"
)
_ANNOUNCES = re.compile(r"[^。！？]{0,60}(?:如下|制定本方案|拟定本计划)[^。]{0,40}[:：。]?\s*$")
_OPENING = 400  # characters of an opening paragraph that are asked
_OPENING_LINES = 8
_LAST_LINES = 3  # lines that may hold a signature
_MONTHS = 12
_HALF = 0.25  # share of the text, title and closing included, from which the plan at the end makes a document mixed

_PART = (
    r"前三季度|第?[一二三四]季度|上半年|下半年|[上下]学期|春季学期|秋季学期|暑假|寒假|暑期"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份|(?=工作|总结|计划|小结|安排))"
)
_FOUNDED = "(?<!我于)(?<![建立办生]于)(?<![我自从])"  # 始建于1958年 dates an office, not what it reports
_PERIOD = re.compile(
    rf"{_FOUNDED}{YEAR}年?[—–\-~～至到]{YEAR}(?:学年度?|年度?)(?:第?[上下一二]学期)?"
    rf"|{_FOUNDED}{YEAR}年?度?(?:{_PART})?(?<=[年度期季份月假半])"
)
_MONTH = re.compile(rf"{YEAR}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?!\d|[一二三四五六七八九十]|[初底中上下])")
_OF_ONE_EVENT = re.compile("活动|策划|赛|庙会|晚会|联欢|简报|快报|动态|运动会|安全月|生产月|安排表|行事历|月历")
_PERSONAL = re.compile("述职|述廉|履职|个人")
_CAREER = re.compile(
    rf"{YEAR}年(?=(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月|[春夏秋冬]|入|参加|起|毕业|当选|任)"
)  # `2021年8月调任现职`: when a post was taken up
_FULL_DATE = re.compile(rf"(?<![至到—\-~]){YEAR}年(?=(?:\d{{1,2}}|[一二三四五六七八九十xX×]{{1,2}})月)")
_PART_OF_YEAR = re.compile(
    rf"{_PART}|(?<![一二三四五六七八九十\d])(?:1[0-2]|[1-9]|[一二三四五六七八九]|十[一二]?)月(?!\d|[一二三四五六七八九十])"
    r"|第(?:\d{1,2}|[一二三四五六七八九十]{1,3})周|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
)
_YEAR_OF_LINE = re.compile(rf"(?<=[\n\u3000 ]){YEAR}年(?=[，,])")  # `2023年，…` where a report begins to report
_YEAR_OF_HEADING = re.compile(r"(?P<year>20\d\d)年")  # `2018年工作回顾` … `2019年重点工作`: a report and a plan
_DAY = re.compile(rf"\d日|^[（(]?{YEAR}年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月[)）]?$")
_PERIOD_WORDS = re.compile(
    r"今年上半年|今年下半年|今年以来|上半年|下半年|本学期|一学期来|一年来|半年来|近年来|本年度|今年|三年来|五年来|两年来|过去的一年|近几年来|一季度"
)
_MONTH_OF_YEAR = re.compile(r"年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})月")
_QUARTER = re.compile("(?P<all>前)?第?(?P<quarter>[一二三四])季度")
_HAN_DIGITS = {character: str(value) for value, character in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


class Description(NamedTuple):
    """What a document says about itself."""

    doc_type: DocumentType
    title: str | None
    organization: str | None
    period: Period


def describe(text: str, lines: Sequence[Marked], nodes: Sequence[Node]) -> Description:
    """Type, title, organization and period of the document that consists of these lines and sections."""
    title = next((node.title for node in nodes if node.role is Role.TITLE), None)
    end = lines[-1].line.end
    block = _title_block(text, nodes, end)
    opening = _opening(lines, behind=lines[0].line.start + len(block))
    return Description(
        doc_type=type_of(title or "", block, opening, nodes, end),
        title=title,
        organization=organization_of(block, opening, [item.line.text for item in lines[-_LAST_LINES:]]),
        period=period_of(block, opening, nodes, text[lines[0].line.start : end]),
    )


def _title_block(text: str, nodes: Sequence[Node], end: int) -> str:
    """The title's lines with what stands under them; empty where a document has no title."""
    if not nodes or nodes[0].role is not Role.TITLE:
        return ""
    return text[nodes[0].start : nodes[1].start if len(nodes) > 1 else end].rstrip()


def _opening(lines: Sequence[Marked], *, behind: int) -> str:
    """The text between the title, which ends at `behind`, and the first heading."""
    body = [item for item in lines[:_OPENING_LINES] if item.line.start >= behind]
    return " ".join(item.line.text for item in takewhile(_is_no_heading, body) if item.role is not Role.BOILERPLATE)[
        :_OPENING
    ]


def _is_no_heading(item: Marked) -> bool:
    return item.heading is None


def type_of(title: str, block: str, opening: str, nodes: Sequence[Node], end: int) -> DocumentType:
    """The type by the title, else by what stands under it, by the opening paragraph, by what the headings speak of."""
    if _NEWS.search(opening):
        return DocumentType.OTHER
    by_words = _by_title(title) or _by_title(block) or _by_opening(opening) or _by_headings(nodes)
    if by_words is DocumentType.SUMMARY and _plan_share(nodes, end) >= _HALF:
        return DocumentType.MIXED
    return by_words


def _by_title(title: str) -> DocumentType | None:
    if _NOTICE.search(title):
        return DocumentType.OTHER
    if _BOTH.search(title):
        return DocumentType.MIXED
    plan, summary = [_last(pattern, title) for pattern in (_PLAN, _SUMMARY)]
    if plan == summary == -1:
        return DocumentType.OTHER if _OTHER.search(title) else None
    return DocumentType.PLAN if plan > summary else DocumentType.SUMMARY


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)


def _by_opening(opening: str) -> DocumentType | None:
    announced = _ANNOUNCES.search(opening)
    if announced is not None:
        plan, summary = _last(_PLAN, announced[0]), _last(_SUMMARY, announced[0])
        if plan != summary:
            return DocumentType.PLAN if plan > summary else DocumentType.SUMMARY
    plan, summary = len(_OPENS_PLAN.findall(opening)), len(_OPENS_SUMMARY.findall(opening))
    if plan == summary:
        return None
    return DocumentType.PLAN if plan > summary else DocumentType.SUMMARY


def _by_headings(nodes: Sequence[Node]) -> DocumentType:
    plan = summary = 0
    for node in nodes:
        evidence = evidence_of(node.title) if node.title else None
        if evidence is None:
            continue
        plan += evidence.weight * (
            evidence.label in {SectionLabel.TASKS, SectionLabel.GOALS, SectionLabel.SAFEGUARDS, SectionLabel.GUIDANCE}
        )
        summary += evidence.weight * (
            evidence.label in {SectionLabel.ACHIEVEMENTS, SectionLabel.PROBLEMS, SectionLabel.EXPERIENCE}
        )
    return DocumentType.PLAN if plan > summary else DocumentType.SUMMARY


def _plan_share(nodes: Sequence[Node], end: int) -> float:
    """The share of a summary's text that its plan for the next period takes."""
    if not nodes:
        return 0.0
    start, first_year = nodes[0].start, None
    for index, node in enumerate(nodes):
        if node.role is not Role.HEADING or node.parent is not None:
            continue
        year = _YEAR_OF_HEADING.match(node.title or "")
        goes_on = bool(year and first_year and year["year"] > first_year)
        first_year = first_year or (year["year"] if year else None)
        if goes_on or looks_ahead(node.title or ""):
            later = [other for other in nodes[index + 1 :] if other.level <= node.level]
            own_items = sum(other.parent == index for other in nodes)
            stop = later[0].start if later else end
            return (stop - node.start) / max(1, end - start) if own_items >= 2 else 0.0
    return 0.0


def period_of(block: str, opening: str, nodes: Sequence[Node], body: str = "") -> Period:
    """The period in the title's own words, else the opening paragraph's or the first heading's, with its dates.

    A line under the title that holds a day says when the document was read out, not what it is about. One event (an
    activity, a briefing) falls into a month where the title gives one, and into the year that its `body` dates it in.
    """
    dated = [line for line in block.split("\n") if _DAY.search(line)]
    titled = "\n".join(line for line in block.split("\n") if line not in dated)
    first_heading = next((node.title or "" for node in nodes if node.role is Role.HEADING), "")
    said = _CAREER.sub("", opening) if _PERSONAL.search(block) else opening
    one_event = _OF_ONE_EVENT.search(block) is not None
    match = (
        (_MONTH.search(block) or _MONTH.match(opening) if one_event else None)
        or _PERIOD.search(titled)
        or (_PERIOD.search("\n".join(dated)) if one_event else None)
        or _PERIOD.search(said[:120])
        or _PERIOD.search(first_heading)
        or (_YEAR_OF_LINE.search(body) if dated else None)
        or _PERIOD.search("\n".join(dated))
        or _PART_OF_YEAR.search(block)
        or _PERIOD_WORDS.search(titled)
        or (_FULL_DATE.search(body) if one_event else None)
        or _PERIOD.search(opening[:120])
        or _PERIOD_WORDS.search(opening[:200])
    )
    return Period(*_dates(match[0]), text=match[0]) if match else Period()


def _dates(text: str) -> tuple[str | None, str | None]:
    """First and last day of a stated year or part of it, as ISO dates; None where the year is blanked."""
    years = ["".join(_HAN_DIGITS.get(character, character) for character in year) for year in re.findall(YEAR, text)]
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
    """The first day of one month and the last of another, None where the year has no such month."""
    if not 1 <= first <= last <= _MONTHS:
        return None, None
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]:02}"
