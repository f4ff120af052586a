"""Lines between a title and the text: an occasion, a subtitle, the number of an issue, who writes or reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.chinese_digits import DIGITS, UP_TO_TEN, ZEROS


@dataclass(frozen=True, slots=True)
class PostRow:
    """A row of `posts.tsv`."""

    post: str


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """A row of `organizations.tsv`."""

    suffix: str


@dataclass(frozen=True, slots=True)
class TradeRow:
    """A row of `trades.tsv`."""

    trade: str


@dataclass(frozen=True, slots=True)
class NoOfficeRow:
    """A row of `not_offices.tsv`."""

    word: str


_HAN = "[㐀-鿿×xX]"
_DATE = (
    r"[（(]?(?:(?:19|20)\d\d ?年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?:19|20)\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}"
    rf"|[二一][{ZEROS}0九][{ZEROS}0{DIGITS}]{{2}}年(?:[{UP_TO_TEN}]{{1,2}}月(?:[{UP_TO_TEN}]{{1,3}}日)?)?)[)）]?"
)
_ISSUE = rf"[^。；：:]{{0,12}}第 ?[\d{UP_TO_TEN}×xX]{{1,4}} ?期(?:[（(].{{2,12}}[)）])?"
_LABEL = "作者|撰稿|单位|编者|编写|执笔|日期|(?:汇报|报告|述职|报送|填报|编制)(?:单位|部门|人|时间|日期)|制表"
_FORM = "部门|姓名|岗位|职务|单位|班级|学校|学科|日期|工号|职称|任教学科|述职人"
_UNDER_TITLE = re.compile(
    rf"[（(【\[].{{2,40}}[)）】\]]|[—－-]{{1,2}} ?.{{2,40}}|(?:{_LABEL})[:： ] ?.{{2,24}}|时间[:：] ?{_DATE}|"
    rf"(?:主办|承办|协办|主编|编印)(?:单位)?[:：].{{2,60}}|{_DATE}|{_ISSUE}|"
    r"[^。，]{2,14}[〔\[（(](?:19|20)\d\d[〕\]）)] ?(?:第? ?\d{1,4} ?号)|"
    r"(?:19|20)[\dxX×]{2}[—–\-~至]+(?:19|20)[\dxX×]{2}学年度?(?:第?[上下一二]学期)?"
)
_FORM_LINE = re.compile(rf"(?:{_FORM})[:：][^。，：:\s]{{1,16}}(?:\s+(?:{_FORM})[:：][^。，：:\s]{{1,16}})+")
_OF_MEETING = re.compile("(?:(?:会议)?(?:时间|地点)|主持人?|记录人?|召集人)[:： ]")
_NAME = re.compile(rf"{_HAN}{{2,4}}")
_PLACED = re.compile(rf"{_DATE}|{_ISSUE}")
_BLANKS = re.compile(r"[ \u3000]+")
_SENTENCE = re.compile(r"[。；，,！？!?：:\t|]")
_ALL_HAN = re.compile(f"{_HAN}+")
_SURNAMED = re.compile(
    "[王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦史顾侯邵孟龙万段雷钱汤尹黎贺赖龚文]"
    "[ \u3000]{0,4}[㐀-鿿×xX](?:[ \u3000]{0,4}[㐀-鿿×xX])?"
)
_FEWEST_OFFICE = 5  # characters of an office's name that stands alone
_LONGEST = 50  # characters of a line that names somebody


def stands_under_title(text: str) -> bool:
    """True for a line between a title and the text: a date or occasion in parentheses, a subtitle, an author."""
    if "。" in text or "\t" in text:
        return False
    return bool(_UNDER_TITLE.fullmatch(text)) or is_form(text) or is_byline(text)


def names_issue(text: str) -> bool:
    """True for `民兵动态　第3期`."""
    return bool(re.fullmatch(_ISSUE, text))


def places_meeting(text: str) -> bool:
    """True for the lines of minutes between the title and what was said: `时间：…`, `地点：…`, `主持：…　记录：…`."""
    return bool(_OF_MEETING.match(text)) and "。" not in text


def is_form(text: str) -> bool:
    """True for the filled-in head of a form: `部门：售后服务部　姓名：王小兰`."""
    return bool(_FORM_LINE.fullmatch(text))


def is_byline(text: str) -> bool:
    """True for an office or a post with a name, an issue or a date behind a blank: `石桥村卫生室　田芬　2022年12月`."""
    if len(text) > _LONGEST or _SENTENCE.search(text) or " " not in text.replace("\u3000", " "):
        return False
    first, *others = _BLANKS.split(text)
    if all(_PLACED.fullmatch(field) for field in (first, *others)):
        return True
    rest = [field for field in others if not _PLACED.fullmatch(field)]
    if not others or not _names_office(first):
        return False
    rest = [field for field in rest if not field.endswith(_posts())]
    return not rest or bool(_NAME.fullmatch("".join(rest)))


def is_person(text: str) -> bool:
    """True for a name on a line of its own: `王秀兰`. Others look like one: it counts under some titles only."""
    return bool(_SURNAMED.fullmatch(text))


def is_office(text: str) -> bool:
    """True for the name of an office on a line of its own: `青山县残疾人联合会`."""
    return _FEWEST_OFFICE <= len(text) <= _LONGEST // 2 and bool(_ALL_HAN.fullmatch(text)) and _names_office(text)


def seems_office(text: str) -> bool:
    """True for `关于自己的短处`, which ends like the name of an office and names none."""
    return text.endswith(_false_ends())


def _names_office(field: str) -> bool:
    return field.endswith(_ends()) and field not in _ends() and not field.endswith(_false_ends())


@cache
def _false_ends() -> tuple[str, ...]:
    return tuple(row.word for row in lexicon.load("not_offices", NoOfficeRow))


@cache
def _posts() -> tuple[str, ...]:
    return tuple(row.post for row in lexicon.load("posts", PostRow))


@cache
def _ends() -> tuple[str, ...]:
    return (*_posts(), *(row.suffix for row in lexicon.load("organizations", OrganizationRow)))
