"""The type of a document: a plan, a summary, both, or something else.

News, notices and minutes are told by their marks, titles and announcements by their words. Where a document has none of
these, its type is open: a model reads all of its words, and without a model its headings decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from zongji.corpus.labels import DocumentType, SectionLabel
from zongji.corpus.patterns import WordPattern
from zongji.models.rules import evidence_of, looks_ahead
from zongji.pipeline.structure.line_roles import Role
from zongji.pipeline.structure.outline import Node

_PLAN = WordPattern("document_types", "{plan}")
_SUMMARY = WordPattern("document_types", "{summary}")
_OTHER = WordPattern("document_types", "{other}")
_DISPATCH = WordPattern(
    "document_types",
    r"^[（(]?(?:(?:{paper})(?:讯|电|记者|通讯员)|[^。，；]{0,20}[讯电][ \u3000]*[（(][^（）()]{0,20}(?:{reporter}))",
)
_BYLINE = WordPattern(
    "document_types", r"(?:{paper})(?:记者|通讯员)|^[（(]?(?:{reporter})[ \u3000][㐀-鿿 \u3000]{2,20}[)）]?$"
)
_TOLD = WordPattern("document_types", r"(?<!小)记者.{0,12}(?:{told-reporter})|(?:{told-by})记者")
_HAPPENED = WordPattern(
    "document_types",
    r"^(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日|{lately})|\d{1,2}月\d{1,2}日[^。]{0,30}(?:{activity_cues/holding})",
)
_FUTURE = WordPattern("document_types", "{future}")
_INTERVIEW = re.compile(r"^(?:记者|问|主持人)[：:]", re.MULTILINE)
_NOTICE = WordPattern("document_types", "的(?:{notice})$")
_BOTH = WordPattern(
    "document_types",
    r"(?:{looks-back})(?:{and}|\s).{0,12}(?:{looks-ahead})|(?:计划|打算|安排)(?:{joins})(?:总结|回顾)",
)
_OPENS_PLAN = WordPattern(
    "document_types",
    r"(?:{announced-plan})[^。]{0,8}如下|(?:{drawn-up})[^。，]{0,16}(?:方案|计划)|{plan-opening}|今年[^。]{0,20}将",
)
_OPENS_SUMMARY = WordPattern("document_types", r"(?:{announced-summary})[^。；]{0,10}如下|{summary-opening}")
_ANNOUNCES = re.compile(r"[^。！？]{0,60}(?:如下|制定本方案|拟定本计划)[^。]{0,40}[:：。]?\s*$")
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_BYLINES = 30  # characters before an opening that may name its reporter
_HALF = 0.25  # share of the text, with title and closing, from which the plan at the end makes a document mixed
_YEAR_OF_HEADING = re.compile(r"(?P<year>20\d\d)年")  # `2018年工作回顾` … `2019年重点工作`: a report and a plan


class RuledType(NamedTuple):
    """What the rules say of a document's type."""

    doc_type: DocumentType
    is_open: bool
    """True if no mark, title or announcement tells it."""


def type_of(title: str, block: str, opening: str, nodes: Sequence[Node], text: str) -> RuledType:
    """The type by the marks of news, by the title, the lines under it, the opening paragraph, else by the headings."""
    if is_news(block, opening, text):
        return RuledType(DocumentType.OTHER, is_open=False)
    told = _by_title(title) or _by_title(block) or _by_announcement(opening) or _by_event(opening) or _by_halves(nodes)
    doc_type = told or _by_opening(opening) or type_by_headings([node.title for node in nodes if node.title])
    if doc_type is DocumentType.SUMMARY and _plan_share(nodes, nodes[0].start + len(text) if nodes else 0) >= _HALF:
        doc_type = DocumentType.MIXED
    return RuledType(doc_type, is_open=told is None)


def is_news(block: str, opening: str, text: str) -> bool:
    """True for a reporter's text: `本报讯（记者…）`, `…告诉记者`, questions and answers."""
    if _DISPATCH.search(opening) or any(_BYLINE.search(line) for line in (*block.split("\n")[1:], opening[:_BYLINES])):
        return True
    return _TOLD.search(text) is not None or len(_INTERVIEW.findall(text)) > 1


def _by_title(title: str) -> DocumentType | None:
    if _NOTICE.search(title):
        return DocumentType.OTHER
    if _BOTH.search(title):
        return DocumentType.MIXED
    plan, summary = [_last(pattern, title) for pattern in (_PLAN, _SUMMARY)]
    if plan == summary == -1:
        return DocumentType.OTHER if _OTHER.search(title) else None
    return DocumentType.PLAN if plan > summary else DocumentType.SUMMARY


def _last(pattern: WordPattern, text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)


def _by_announcement(opening: str) -> DocumentType | None:
    """`现将…总结如下`, `制定本方案`."""
    announced = _ANNOUNCES.search(opening)
    plan, summary = (_last(pattern, announced[0]) if announced else -1 for pattern in (_PLAN, _SUMMARY))
    if plan == summary:
        return None
    return DocumentType.PLAN if plan > summary else DocumentType.SUMMARY


def _by_halves(nodes: Sequence[Node]) -> DocumentType | None:
    """`一、2022年工作情况`, then `二、2023年工作打算`: a summary, as long as its plan is short."""
    titles = [node.title or "" for node in nodes if node.role is Role.HEADING and node.parent is None]
    looks_back = bool(titles) and _last(_SUMMARY, titles[0]) >= 0
    return DocumentType.SUMMARY if looks_back and any(looks_ahead(title) for title in titles[1:]) else None


def _by_event(opening: str) -> DocumentType | None:
    """`7月19日，西关镇召开…`: what happened on a day, unless the sentence looks ahead."""
    sentence = opening.partition("。")[0]
    if _FUTURE.search(sentence):
        return None
    return DocumentType.SUMMARY if _HAPPENED.search(sentence) else None


def _by_opening(opening: str) -> DocumentType | None:
    plan, summary = len(_OPENS_PLAN.findall(opening)), len(_OPENS_SUMMARY.findall(opening))
    if plan == summary:
        return None
    return DocumentType.PLAN if plan > summary else DocumentType.SUMMARY


def type_by_headings(titles: Sequence[str]) -> DocumentType:
    """A plan or a summary by the words of the headings."""
    plan = summary = 0
    for title in titles:
        evidence = evidence_of(title)
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
    """The share of a summary's text taken by its plan for the next period."""
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
