"""Recognizes the first and last lines of a plan or summary: titles, opening and closing paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable

from zongji.corpus.chinese_digits import DIGITS, ZEROS
from zongji.corpus.patterns import WordPattern

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
LONGEST_TITLE = 45  # characters
YEAR = rf"(?:20\d\d|19\d\d|20[xX×*_○]{{2}}|[xX×_]{{2,4}}|[二一][{ZEROS}0九][{ZEROS}0{DIGITS}]{{2}})"
OPENS = 4  # score from which a paragraph opens a document on its own
MAY_OPEN = 3  # score from which it does after the end of another
_SHORTEST_TITLE = 4  # characters
# The first words of a shorter paragraph neither open nor close a document.
_SHORTEST_OPENING = 25  # characters
_SHORTEST_DATED = 15  # characters of one that begins with a day
_SHORTEST_CLOSING = 8  # characters
_OPENING = 160  # characters of an opening paragraph that may mention its office

_DOCUMENT_WORDS = r"{document}|[及和与暨][^，。]{0,10}(?:{plan-half})|(?:总结|小结)暨[^，。]{2,8}"
_NAMES_DOCUMENT = WordPattern("document_cues", _DOCUMENT_WORDS)
_TITLE = WordPattern(
    "document_cues",
    r"[^。；;！!？?：:]*(?:{words})(?:{title-end})?"
    r"(?:\d{1,2}|[{up_to_ten}]{1,2})?(?:[（(【\[][^）)】\]]{1,14}[)）】\]])?(?:——[^。，]{2,30})?",
    words=_DOCUMENT_WORDS,
)
_KIND = WordPattern("document_cues", r"(?:工作|活动)?(?:{document})(?:{title-end})?$")
_NOT_A_TITLE = WordPattern(
    "document_cues",
    r"^(?:{no-title}|(?:{bare-title})$)|[，,].*[，,]|^(?!.{0,30}关于).*的(?:总结|计划|报告)$|[\t|｜]",
)
_YEAR = rf"(?:20\d\d|19\d\d|20[xX×*_]{{2}}|[xX×]{{2,4}}|[二一][{ZEROS}0九][{ZEROS}0{DIGITS}\d]{{2}}|__+|本|今|去)"
_TIME = WordPattern(
    "document_cues",
    r"^(?:{year}(?:[—–\-至]{year})?学?年|[一两三半几近数]年多?来|{time-opening})",
    year=_YEAR,
)
_REPORTS = WordPattern("document_cues", r"(?:{reported})[^。；，,]{0,10}如下[:：。]?$")
_BELOW = WordPattern(
    "document_cues",
    r"如下[^。；，,]{0,6}[:：。]?$|(?:{draws-up})以下[^。；，]{0,8}(?:{reported-below})[:：]$"
    r"|(?:特|现)(?:制定|拟定|制订)[^。]{0,20}(?:{drawn-up})[^。]{0,6}[:：。]?$",
)
_WITHIN = WordPattern("document_cues", r"(?:{reported-within})如下|作如下(?:{given-as})")
_PURPOSE = WordPattern("document_cues", r"^(?:为(?:{purpose})|在.{2,30}(?:{support})下|{by-order})")
_OFFICE = WordPattern("document_cues", r"{office}|坚持[^，。,]{2,8}[、，,]")
_CLOSING = WordPattern("document_cues", r"^(?:{closing}|下一步[，,])")
_MAY_CLOSE = WordPattern(
    "document_cues",
    r"^[^。，]{4,20}[。，](?:[^。，]{2,10}。)?(?:{may-close})|^各位[^。，]{2,4}[，,]|^会议(?:于|在).{1,12}(?:结束|闭会)"
    r"|^(?:{may-close-first})",
)
_OUTLOOK = re.compile(rf"{_YEAR}年?[，,][^，。]{{0,8}}(?:将|要)(?!求)")
_NOTICE = WordPattern("document_cues", r".{0,16}关于.{2,40}的(?:{notice})")
PART_OF_YEAR = WordPattern("document_cues", r"{year}年?度?[㐀-鿿]{0,6}(?:{part-of-year})", year=_YEAR)
_REPORTED = WordPattern("document_cues", r"[（(]?(?:{reporter}|[^。，]{0,16}[讯电](?:[（( ]|$))")
_DATELINE = WordPattern(
    "document_cues", r"(?:{dateline}|(?:20\d\d年)?(?:\d{1,2}|[{up_to_ten}]{1,3})月(?:\d{1,2}日|份|来?[，,]))"
)
_PART_OF_YEAR = WordPattern(
    "document_cues",
    r"{year}年?度?(?:全年|主要|重点|总体|各项|年度|[上下]半年)*(?:工作)?(?:{part-of-year})",
    year=_YEAR,
)
_BULLETIN = WordPattern("document_cues", r"[^。；：:]{0,24}(?:{bulletin})(?:[（(][^（）()]{1,16}[)）]|[ ]*第.{1,5}期)?")
_PLAN_OF_YEAR = WordPattern("document_cues", r"{year}年?度?(?:主要|重点)?工作(?:{plan-of-year})", year=_YEAR)
_LOOKS_BACK = WordPattern("document_cues", "{work-report}")
_TABLE_ROW = re.compile(r"\t|^\||[ |]\|[ |]|[^ \u3000][ \u3000]{3}[ \u3000]*[^ \u3000]")
_ADDRESSES = re.compile("(?:各位|同志们)[^。，：]{0,5}[，,：:！!]")
_ASKS = WordPattern(
    "document_cues",
    r"(?:请|敬请|恳请)[^。，]{0,14}(?:{asked})[^。]{0,6}[。！]?$|^(?:不当|不妥|不足)之处|^以上[为是]",
)
_LIST_LEAD = re.compile(r"[：:]$")


def is_title(text: str) -> bool:
    """True for a line that names a document: `青石县科协2023年工作总结`."""
    if not _SHORTEST_TITLE <= len(text) <= LONGEST_TITLE or not (_NAMES_DOCUMENT.search(text) or "关于" in text):
        return False
    if _NOT_A_TITLE.search(text):
        return False
    if _NOTICE.fullmatch(text):
        return True
    return bool(_TITLE.fullmatch(text.strip("《》 ")))


def names_document(text: str) -> bool:
    """True for a line with a word for a kind of document."""
    return _NAMES_DOCUMENT.search(text) is not None


def addresses_all(text: str) -> bool:
    """True for `各位代表，…` at the start of a paragraph: an assembly is addressed at the beginning and the end."""
    return bool(_ADDRESSES.match(text))


def is_outlook(text: str) -> bool:
    """True for `2019年，我们将…`: after the last item of a summary it closes the summary."""
    return bool(_OUTLOOK.match(text))


def is_second_half(text: str, title: str) -> bool:
    """True for `2021年工作安排` in a work report, which reviews one year and then plans the next.

    The halves of a double title are headings, too: `2022年工作总结` under `…2022年工作总结和2023年工作计划`.
    """
    reports = _LOOKS_BACK.search(title) is not None
    return (reports and bool(_PLAN_OF_YEAR.fullmatch(text))) or (len(text) < len(title) and text in title)


def opening_score(text: str) -> int:
    """How much a paragraph looks like the first one of a document; from `OPENS` on, it opens one on its own."""
    if len(text) < _SHORTEST_OPENING:
        return 0
    return sum(points for points, says_so in _OPENING_SIGNS if says_so(text))


def is_kind(text: str) -> bool:
    """True for `工作总结`, the name of a kind of document and nothing else."""
    return _KIND.fullmatch(text) is not None


def is_part_of_year(text: str) -> bool:
    """True for `2023年工作安排`: a year and a kind of document, without an office."""
    return _PART_OF_YEAR.fullmatch(text) is not None


def names_bulletin(text: str) -> bool:
    """True for `水利工作动态`, the name of a bulletin of several items."""
    return _BULLETIN.fullmatch(text) is not None


def is_reported(text: str) -> bool:
    """True for a text that begins as news: `本报讯（记者…）`."""
    return _REPORTED.match(text) is not None


def begins_with_time(text: str) -> bool:
    """True for a paragraph that begins like a report: `近日，…`, `今年以来，…`."""
    return len(text) >= _SHORTEST_OPENING and (
        _DATELINE.match(text) is not None or (starts_with_time(text) and text[0] != "去")
    )


def without_kind(text: str) -> str:
    """A title without the words for the kind of document at its end: `三月` of `三月工作小结`."""
    return _KIND.sub("", text)


def starts_with_time(text: str) -> bool:
    """True for `今年以来，…`."""
    return _TIME.match(text) is not None


def _announces_below(text: str) -> bool:
    return _BELOW.search(text) is not None


def _reports_below(text: str) -> bool:
    return _REPORTS.search(text) is not None


def _announces_within(text: str) -> bool:
    return _WITHIN.search(text) is not None and not _announces_below(text)


def _starts_with_purpose(text: str) -> bool:
    return _PURPOSE.match(text) is not None


def _speaks_of_office(text: str) -> bool:
    return _OFFICE.search(text, 0, _OPENING) is not None


def ends_as_opening(text: str) -> bool:
    """True if a paragraph announces the document: `现将…总结如下：`."""
    return _announces_below(text) or _reports_below(text)


def is_closing(text: str) -> bool:
    """True for a paragraph that looks like a document's last one."""
    return len(text) >= _SHORTEST_CLOSING and bool(_CLOSING.match(text)) and not ends_as_opening(text)


def may_close(text: str) -> bool:
    """True for a paragraph that closes a document if it comes last."""
    return not ends_as_opening(text) and any(closes(text) for closes in _CLOSERS)


def _sounds_like_end(text: str) -> bool:
    """True for a paragraph that may begin an ending or a middle part: `虽然…`."""
    return len(text) >= _SHORTEST_OPENING and _MAY_CLOSE.match(text) is not None


def asks_for_judgement(text: str) -> bool:
    """True for `以上汇报，不妥之处请批评指正。`, which ends a report to an assembly."""
    return bool(_ASKS.search(text))


_OPENING_SIGNS: tuple[tuple[int, Callable[[str], bool]], ...] = (
    (2, starts_with_time),
    (2, _announces_below),
    (2, _reports_below),
    (2, _announces_within),
    (1, _starts_with_purpose),
    (1, _speaks_of_office),
    (-2, is_closing),
)
"""The signs of a document's first paragraph, with their points."""
_CLOSERS: tuple[Callable[[str], bool], ...] = (is_closing, _sounds_like_end, is_outlook, asks_for_judgement)
"""The signs of a closing paragraph."""


def is_table_row(text: str) -> bool:
    """True for a line of cells between tabs, bars, or columns of blanks."""
    return bool(_TABLE_ROW.search(text))


def governs_list(text: str) -> bool:
    """True for a line that ends in a colon, like the lead-in of a list."""
    return bool(_LIST_LEAD.search(text)) and len(text) <= LONGEST_TITLE
