"""Lines between a title and the text: an occasion, a subtitle, an issue number, an author."""

from __future__ import annotations

import re
from functools import cache

from zongji.corpus.chinese_digits import DIGITS, UP_TO_TEN, ZEROS
from zongji.corpus.patterns import ALL, WordPattern, words_for

_HAN = "[㐀-鿿×xX]"
_DATE = (
    r"[（(]?(?:(?:19|20)\d\d ?年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?:19|20)\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}"
    rf"|[二一][{ZEROS}0九][{ZEROS}0{DIGITS}]{{2}}年(?:[{UP_TO_TEN}]{{1,2}}月(?:[{UP_TO_TEN}]{{1,3}}日)?)?)[)）]?"
)
_ISSUE = rf"[^。；：:]{{0,12}}第 ?[\d{UP_TO_TEN}×xX]{{1,4}} ?期(?:[（(].{{2,12}}[)）])?"
_LABEL = "{author-label}|(?:{report-label})(?:{report-label-end})"
_UNDER_TITLE = WordPattern(
    "document_cues",
    r"[（(【\[].{2,40}[)）】\]]|[—－-]{1,2} ?.{2,40}|(?:{label})[:： ] ?.{2,24}|时间[:：] ?{date}|"
    r"(?:{host-label})(?:单位)?[:：].{2,60}|{date}|{issue}|"
    r"[^。，]{2,14}[〔\[（(](?:19|20)\d\d[〕\]）)] ?(?:第? ?\d{1,4} ?号)|"
    r"(?:19|20)[\dxX×]{2}[—–\-~至]+(?:19|20)[\dxX×]{2}学年度?(?:第?[上下一二]学期)?",
    label=_LABEL,
    date=_DATE,
    issue=_ISSUE,
)
_FORM_LINE = WordPattern(
    "document_cues", r"(?:{form-label})[:：][^。，：:\s]{1,16}(?:\s+(?:{form-label})[:：][^。，：:\s]{1,16})+"
)
_OF_MEETING = WordPattern("document_cues", "(?:{minutes-label})[:： ]")
_NAME = re.compile(rf"{_HAN}{{2,4}}")
_PLACED = re.compile(rf"{_DATE}|{_ISSUE}")
_BLANKS = re.compile(r"[ \u3000]+")
_SENTENCE = re.compile(r"[。；，,！？!?：:\t|]")
_ALL_HAN = re.compile(f"{_HAN}+")
_SURNAMED = WordPattern("surnames", r"(?:{surnames/all})[ \u3000]{0,4}[㐀-鿿×xX](?:[ \u3000]{0,4}[㐀-鿿×xX])?")
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_FEWEST_OFFICE = 5  # characters of an office's name on its own line
_LONGEST = 50  # characters of a line with a person's name


def stands_under_title(text: str) -> bool:
    """True for a line between a title and the text: a date or occasion in parentheses, a subtitle, an author."""
    if "。" in text or "\t" in text:
        return False
    return bool(_UNDER_TITLE.fullmatch(text)) or is_form(text) or is_byline(text)


def names_issue(text: str) -> bool:
    """True for `民兵动态　第3期`."""
    return bool(re.fullmatch(_ISSUE, text))


def places_meeting(text: str) -> bool:
    """True for the lines of minutes between the title and the text: `时间：…`, `地点：…`, `主持：…　记录：…`."""
    return bool(_OF_MEETING.match(text)) and "。" not in text


def is_form(text: str) -> bool:
    """True for the filled-in head of a form: `部门：售后服务部　姓名：王小兰`."""
    return bool(_FORM_LINE.fullmatch(text))


def is_byline(text: str) -> bool:
    """True for an office or a post with a name, an issue or a date after a blank: `石桥村卫生室　田芬　2022年12月`."""
    if len(text) > _LONGEST or _SENTENCE.search(text) or " " not in text.replace("\u3000", " "):
        return False
    first, *others = _BLANKS.split(text)
    if all(_PLACED.fullmatch(field) for field in (first, *others)):
        return True
    rest = [field for field in others if not _PLACED.fullmatch(field)]
    if not others or not _names_office(first):
        return False
    rest = [field for field in rest if not field.endswith(words_for("posts", ALL))]
    return not rest or bool(_NAME.fullmatch("".join(rest)))


def is_person(text: str) -> bool:
    """True for a name on its own line: `王秀兰`. Other words look the same, so it counts only under some titles."""
    return bool(_SURNAMED.fullmatch(text))


def is_office(text: str) -> bool:
    """True for the name of an office on its own line: `青山县残疾人联合会`."""
    return _FEWEST_OFFICE <= len(text) <= _LONGEST // 2 and bool(_ALL_HAN.fullmatch(text)) and _names_office(text)


def seems_office(text: str) -> bool:
    """True for `关于自己的短处`, which ends like the name of an office but is none."""
    return text.endswith(words_for("not_offices", ALL))


def _names_office(field: str) -> bool:
    return field.endswith(_ends()) and field not in _ends() and not field.endswith(words_for("not_offices", ALL))


@cache
def _ends() -> tuple[str, ...]:
    return words_for("posts", ALL) + words_for("organizations", ALL)
