"""Lines at the edges of documents: titles, salutations, dates, signatures, credits."""

from __future__ import annotations

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.patterns import WordPattern
from zongji.pipeline.structure.line_roles import Role, TaggedLine
from zongji.pipeline.structure.lines_under_title import is_byline, places_meeting, stands_under_title

# Set by hand, with the annotated train documents and tests/cases/collections.txt in view.
_SHORTEST, _LONGEST = 4, 45  # characters of a title
_LONG = 60  # characters of a line longer than a title with its occasion

_DAY = (
    r"(?:(?:19|20)\d\d ?[年.\-/] ?\d{1,2} ?[月.\-/] ?\d{1,2} ?日?"
    rf"|[二一][〇○零0九][{UP_TO_TEN}〇○零0]{{2}}年[{UP_TO_TEN}]{{1,2}}月[{UP_TO_TEN}]{{1,3}}日)"
)
_DAY_OF_YEAR = r"\d{1,2}月\d{1,2}日"
_TIME_OF_DAY = r"(?: *(?:[（(]?(?:星期|周)[一二三四五六日天][)）]?|\d{1,2}:\d\d(?::\d\d)?|{weather}))*"
_DATED = WordPattern(
    "document_cues",
    r"[（(]?(?:(?:{site-label})[:：] ?)?{day}{time}[)）]?(?:[ \t]+(?:{site-label})[:：].*)?$",
    day=_DAY,
    time=_TIME_OF_DAY,
)
_DATE_AT_END = WordPattern(
    "document_cues", r"[^ ] +[（(]?(?:19|20)\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}{time}[)）]?$", time=_TIME_OF_DAY
)
_DAY_ALONE = WordPattern("document_cues", r"[（(]?{day}{time}[)）]?$", day=_DAY_OF_YEAR, time=_TIME_OF_DAY)
_SIGNED = WordPattern("document_cues", r"[^。；：:]{0,30}{day}", day=_DAY)
_CREDITS = WordPattern("document_cues", r"[（(](?:{credit-label})[:： ].{1,24}[)）]|(?:{credit-label})[:：].{1,24}")
_CREDITED = WordPattern("document_cues", r"[（(](?:{credit-label})[:： ].{1,24}[)）]$")
_MAIL_HEAD = WordPattern("document_cues", r"(?:{mail-label}) ?[:：]")
_SALUTES = WordPattern("document_cues", r"(?:[^。；]{0,24}(?:{addressed})(?:们)?|(?:{salute})[^。；：:]{1,16})[：:]")
_IS_NO_TITLE = WordPattern("document_cues", r"^(?:{no-title}|附)|[，,].*[，,]|[\t|｜。]|[；;，,、：:]$|^[（(].*[)）]$")


def is_dated(text: str) -> bool:
    """True for a date on its own, with the label and the site's data that may stand beside it."""
    return _DATED.match(text) is not None


def ends_with_date(text: str) -> bool:
    """True for a title with the date of its posting on the same line: `…改选工作 2018-07-26 15:18`."""
    return _DATE_AT_END.search(text) is not None


def is_day(text: str) -> bool:
    """True for `7月10日　晴`."""
    return _DAY_ALONE.match(text) is not None


def salutes(text: str) -> bool:
    """True for `尊敬的各位家长：`."""
    return _SALUTES.fullmatch(text) is not None


def heads_mail(text: str) -> bool:
    """True for a header line of a mail: `主题：第四周安排`."""
    return _MAIL_HEAD.match(text) is not None


def stands_between(item: TaggedLine) -> bool:
    """True for a line of site data, a date or a byline between a title and its text."""
    text = item.line.text
    if item.role is Role.BOILERPLATE:
        return len(text) < _LONGEST
    return any(stands(text) for stands in (is_byline, places_meeting, is_dated, is_day, heads_mail))


def may_begin(item: TaggedLine) -> bool:
    """True for a line that can be a title or a salutation."""
    if item.heading is not None or item.role not in {Role.TITLE, Role.TEXT}:
        return False
    text = item.line.text
    if salutes(text) or heads_mail(text):
        return True
    date = _DATE_AT_END.search(text)
    if not _SHORTEST <= (date.start() if date else len(text)) <= _LONGEST or _IS_NO_TITLE.search(text):
        return False
    return not (is_signature(text) or stands_under_title(text) or stands_between(item))


def is_signature(text: str) -> bool:
    """True for a date on its own or behind an office or a name, and for a line of credits (`（稿源：…）`)."""
    return bool(_SIGNED.fullmatch(text) or is_day(text) or _CREDITS.fullmatch(text))


def closes_with_credits(text: str) -> bool:
    """True for a paragraph that ends in `（稿源：…）`."""
    return _CREDITED.search(text) is not None


def is_body(item: TaggedLine) -> bool:
    """True for a line of text: a sentence, or longer than a title."""
    return len(item.line.text) > _LONG or item.line.text[-1] in "。！？；"
