"""The office that plans or reports: from the title, from a line under it, the opening paragraph, or the signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.pipeline.structure.document_cues import YEAR, is_title
from zongji.pipeline.structure.lines_under_title import (
    NoOfficeRow,
    OrganizationRow,
    PostRow,
    TradeRow,
    is_byline,
    is_form,
)

_IN_TITLE = (
    r"(?P<name>[^\d（）()《》“”\"，，：:、 \n—]{1,24}(?:SUFFIX)NO_OFFICE)"
    r"(?!会|员会|长|级|议|员|务|门|伍|织|费|教育|工程|化|风|代表|发[\[〔(])"
    r"(?!(?<=科)[学研普技]|(?<=系)[统列数]|(?<=部)[署分]|(?<=[局场])面|(?<=办)[起了]|(?<=处)[理置分]|(?<=校)[园友外内]|(?<=班)(?:子|主任)|(?<=主)任)"
)
_IN_TEXT = (
    r"(?:^|[，。,]|(?<=年|来|度|期|表)|(?<=我受))(?P<name>(?!上半年|下半年|以来|请|第|今|我)[^\d，。；：、,;:的在]{1,14}?(?:SUFFIX)NO_OFFICE)"
    r"(?=在|紧紧围绕|紧密围绕|坚持|认真|以|按照|深入|全面|积极|始终|充分|围绕|根据|现有|将|切实|继续|结合|把|设|决定|拟|计划|向大会|委托)"
)
_IN_POST = (
    r"(?:[现担]任|(?<=[月来起，])任)(?P<name>(?!过)[^\d，。；：、,:]{2,16}?(?:SUFFIX)NO_OFFICE)"
    r"(?=[^，。；、]{0,8}(?:POST))"
)
_HOSTED = r"由(?P<name>[^\d，。；：、,;:的在]{2,20}?(?:SUFFIX)NO_OFFICE)(?=承办|主办|牵头|负责组织)"
_PIECE_MARK = re.compile(rf"^#* *(?:第?[{UP_TO_TEN}\d]+篇|篇[{UP_TO_TEN}\d]+|[（(]?[{UP_TO_TEN}]+[)）、])[：:　 ]*")
_BEFORE_NAME = re.compile(rf"^[—\-－（( ]*(?:{YEAR}年度?)?(?:关于|我?在)?")
_YEAR = re.compile(f"{YEAR}年度?")
_PARTS = re.compile(r"——|[：:”》\u3000 ]")
_HOSTS = re.compile(
    r"^(?:主办|编印|单位|(?:主办|汇报|报告|报送|填报|编制)(?:单位|部门))[:：](?P<name>[^\u3000 ，、；]+)"
)
_POSTS = re.compile(r"(?P<place>.{2,20}?[镇乡县市区])(?:党委|委)[^、]{0,4}书记、[镇乡县市区]长")
_PERSONAL = re.compile("个人|述职|述廉|履职|自我")
_RANKS = "省州市县区镇乡"
_FEWEST = 3  # characters of a name
_NO_NAMES = ("我", "本", "关于", "各", "该", "全", "今天", "这", "每", "此", "给", "向", "为")  # 我站, 各单位
_FILE_NUMBER = re.compile(r"[〔\[（(](?:19|20)\d\d[〕\]）)] ?第? ?\d{1,4} ?号")
_HOUSE = re.compile(r"(?:^|[，。：、,:])(?P<house>[^，。：、,:\d我本在的和为]{1,10}[省市区县镇乡校院])$")
_LONGEST_HOUSE = 12  # characters in front of a name that may belong to it
_LONGEST_SIGNATURE = 30  # characters


def organization_of(block: str, opening: str, signature: Sequence[str]) -> str | None:
    """The office that plans or reports: from the title or a line under it, else the subject of the opening.

    `signature` holds the document's last lines, which are asked where nothing else names an office.
    """
    for name in (
        *_titled(block),
        *_signed_under_title(block),
        *_subject(opening),
        *_held(block, opening),
        *_signed(signature),
    ):
        if not _is_common_noun(name):
            return _signed_in_full(_in_full(name, opening), signature)
    return None


def _signed_in_full(name: str, signature: Sequence[str]) -> str:
    """The name as it is signed, where the text leaves out its place: `县工商联`, signed `伊兰县工商业联合会`."""
    if name[0] not in _RANKS:
        return name
    for signed in _signed(signature):
        letters = iter(signed)
        if len(signed) > len(name) and all(letter in letters for letter in name):
            return signed
    return name


def _in_full(name: str, opening: str) -> str:
    """The name with the place or house in front of it that the opening paragraph gives: `东屏市青草志愿者协会`."""
    place = opening.find(name)
    match = _HOUSE.search(opening[max(0, place - _LONGEST_HOUSE) : place]) if place > 0 else None
    return match["house"] + name if match is not None else name


def _titled(block: str) -> Iterator[str]:
    """Names in the title and its subtitle; those in a line that names a document come first."""
    title, *under = block.split("\n")
    lines = [
        _PIECE_MARK.sub("", line).strip("《》 ") for line in (title, *under) if line is title or not _is_aside(line)
    ]
    for line in sorted(lines, key=lambda line: not is_title(line)):
        for part in (line, *_PARTS.split(line)[1:]):
            begin = _BEFORE_NAME.match(part).end()  # type: ignore[union-attr]
            match = _named_office(_IN_TITLE).match(part, begin) or _named_firm().match(part, begin)
            if match is not None:
                yield _YEAR.sub("", match["name"])


def _is_aside(line: str) -> bool:
    """True for a line under the title that says who reports, or on what occasion: `（2024年1月9日在县人代会上）`."""
    return line.startswith(("（", "(")) or _FILE_NUMBER.search(line) is not None or is_byline(line) or is_form(line)


def _signed_under_title(block: str) -> Iterator[str]:
    """`石桥村卫生室` of `石桥村卫生室　田芬`, and who holds an activity: `主办：…`."""
    for line in block.split("\n")[1:]:
        text = line.strip("（） ()")
        host, posts = _HOSTS.match(text), _POSTS.match(text)
        if host is not None:
            yield host["name"]
        elif posts is not None:
            yield posts["place"]
        elif is_byline(text):
            match = _named_office(_IN_TITLE).match(text)
            if match is not None:
                yield match["name"].removeprefix("驻") if "第一书记" in text else match["name"]


def _subject(opening: str) -> Iterator[str]:
    match = _named_office(_IN_TEXT).search(opening[:160])
    if match is not None:
        yield match["name"]


def _held(title: str, opening: str) -> Iterator[str]:
    """Where the writer of a personal report holds a post (`现任卧龙桥街道网格员`), and who holds an activity."""
    template = _IN_POST if _PERSONAL.search(title) else _HOSTED
    match = _named_office(template).search(opening)
    if match is not None:
        yield match["name"]


def _signed(lines: Sequence[str]) -> Iterator[str]:
    """A line of its own at the end that is the name of an office."""
    for line in reversed(lines):
        text = _PARTS.split(line.strip("（） ()"))[0]
        match = _named_office(_IN_TITLE).fullmatch(text) if len(line) <= _LONGEST_SIGNATURE else None
        if match is not None:
            yield match["name"]


def _is_common_noun(name: str) -> bool:
    """True for `我站`, `各单位`, and a bare `幼儿园`."""
    return (
        name.startswith(_NO_NAMES)
        or len(name) < _FEWEST
        or any(row.suffix == name for row in lexicon.load("organizations", OrganizationRow))
    )


@cache
def _named_firm() -> re.Pattern[str]:
    """A firm by its trade, right in front of a year or a name in quotation marks: `锦帆食品2023年…`."""
    trades = "|".join(row.trade for row in lexicon.load("trades", TradeRow))
    return re.compile(rf"(?P<name>[^\d（）()《》“”\"，：:、 \n—]{{2,12}}(?:{trades}))(?={YEAR}年|“)")


@cache
def _named_office(template: str) -> re.Pattern[str]:
    """The template with SUFFIX replaced by the words that end an office's name, NO_OFFICE by those that do not."""
    suffixes = sorted((row.suffix for row in lexicon.load("organizations", OrganizationRow)), key=len, reverse=True)
    refused = "|".join(row.word for row in lexicon.load("not_offices", NoOfficeRow))
    posts = "|".join(row.post for row in lexicon.load("posts", PostRow))
    template = template.replace("POST", posts)
    return re.compile(template.replace("SUFFIX", "|".join(suffixes)).replace("NO_OFFICE", f"(?<!{refused})"))
