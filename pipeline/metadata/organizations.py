"""The office that plans or reports: from the title, a line under it, the opening paragraph, or the signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from zongji.corpus import lexicon
from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.patterns import WordPattern, words_for
from zongji.pipeline.structure.document_cues import YEAR, is_title
from zongji.pipeline.structure.lines_under_title import is_byline, is_form

_OFFICE = r"(?:{organizations/all})(?<!{not_offices/all})"
_IN_TITLE = WordPattern(
    "office_cues",
    r"(?P<name>[^\d（）()《》“”\"，，：:、 \n—]{1,24}{office})(?!{goes-on})(?!{<goes-on-with-end})",
    office=_OFFICE,
)
_IN_TEXT = WordPattern(
    "office_cues",
    r"(?:^|[，。,]|(?<={before-name})|(?<=我受))(?P<name>(?!{never-begins})[^\d，。；：、,;:的在]{1,14}?{office})"
    r"(?={predicate})",
    office=_OFFICE,
)
_IN_POST = WordPattern(
    "office_cues",
    r"(?:[现担]任|(?<=[月来起，])任)(?P<name>(?!过)[^\d，。；：、,:]{2,16}?{office})(?=[^，。；、]{0,8}(?:{posts/all}))",
    office=_OFFICE,
)
_HOSTED = WordPattern("office_cues", r"由(?P<name>[^\d，。；：、,;:的在]{2,20}?{office})(?={hosts})", office=_OFFICE)
_FIRM = WordPattern(  # by its trade, right before a year or a quoted name: `锦帆食品2023年…`
    "trades", r"(?P<name>[^\d（）()《》“”\"，：:、 \n—]{2,12}(?:{trades/all}))(?={year}年|“)", year=YEAR
)
_PIECE_MARK = re.compile(rf"^#* *(?:第?[{UP_TO_TEN}\d]+篇|篇[{UP_TO_TEN}\d]+|[（(]?[{UP_TO_TEN}]+[)）、])[：:　 ]*")
_BEFORE_NAME = re.compile(rf"^[—\-－（( ]*(?:{YEAR}年度?)?(?:关于|我?在)?")
_YEAR = re.compile(f"{YEAR}年度?")
_PARTS = re.compile(r"——|[：:”》\u3000 ]")
_HOSTS = WordPattern("office_cues", r"^(?:{host-label}|(?:{label})(?:单位|部门))[:：](?P<name>[^\u3000 ，、；]+)")
_POSTS = re.compile(r"(?P<place>.{2,20}?[镇乡县市区])(?:党委|委)[^、]{0,4}书记、[镇乡县市区]长")
_PERSONAL = WordPattern("office_cues", "{personal}")
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_FEWEST = 3  # characters of a name
_FILE_NUMBER = re.compile(r"[〔\[（(](?:19|20)\d\d[〕\]）)] ?第? ?\d{1,4} ?号")
_HOUSE = WordPattern("office_cues", r"(?:^|[，。：、,:])(?P<house>[^，。：、,:\d我本在的和为]{1,10}(?:{house}))$")
_LONGEST_HOUSE = 12  # characters before a name that may belong to it
_LONGEST_SIGNATURE = 30  # characters
_OPENING = 160  # characters of an opening paragraph that may begin with the office


def organization_of(block: str, opening: str, signature: Sequence[str]) -> str | None:
    """The office that plans or reports: from the title or a line under it, else the subject of the opening.

    `signature` holds the document's last lines, used if nothing else names an office.
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
    """The name as signed, if the text omits its place: `县工商联`, signed `伊兰县工商业联合会`."""
    if name[0] not in words_for("office_cues", "rank"):
        return name
    for signed in _signed(signature):
        letters = iter(signed)
        if len(signed) > len(name) and all(letter in letters for letter in name):
            return signed
    return name


def _in_full(name: str, opening: str) -> str:
    """The name with its place or parent body from the opening paragraph: `东屏市青草志愿者协会`."""
    place = opening.find(name)
    match = _HOUSE.search(opening[max(0, place - _LONGEST_HOUSE) : place]) if place > 0 else None
    return match["house"] + name if match is not None else name


def _titled(block: str) -> Iterator[str]:
    """Names in the title and subtitle; those in a line that names a document come first."""
    title, *under = block.split("\n")
    lines = [
        _PIECE_MARK.sub("", line).strip("《》 ") for line in (title, *under) if line is title or not _is_aside(line)
    ]
    for line in sorted(lines, key=lambda line: not is_title(line)):
        for part in (line, *_PARTS.split(line)[1:]):
            begin = _BEFORE_NAME.match(part).end()  # type: ignore[union-attr]
            match = _IN_TITLE.match(part, begin) or _FIRM.match(part, begin)
            if match is not None:
                yield _YEAR.sub("", match["name"])


def _is_aside(line: str) -> bool:
    """True for a line under the title that states who reports, or the occasion: `（2024年1月9日在县人代会上）`."""
    return any(aside(line) for aside in _ASIDES)


def _is_in_parentheses(line: str) -> bool:
    return line.startswith(("（", "("))


def _has_file_number(line: str) -> bool:
    return _FILE_NUMBER.search(line) is not None


_ASIDES: tuple[Callable[[str], bool], ...] = (_is_in_parentheses, _has_file_number, is_byline, is_form)
"""What a line under the title may be other than a part of it."""


def _signed_under_title(block: str) -> Iterator[str]:
    """`石桥村卫生室` of `石桥村卫生室　田芬`, and the host of an activity: `主办：…`."""
    for line in block.split("\n")[1:]:
        text = line.strip("（） ()")
        host, posts = _HOSTS.match(text), _POSTS.match(text)
        if host is not None:
            yield host["name"]
        elif posts is not None:
            yield posts["place"]
        elif is_byline(text):
            match = _IN_TITLE.match(text)
            if match is not None:
                yield match["name"].removeprefix("驻") if "第一书记" in text else match["name"]


def _subject(opening: str) -> Iterator[str]:
    match = _IN_TEXT.search(opening[:_OPENING])
    if match is not None:
        yield match["name"]


def _held(title: str, opening: str) -> Iterator[str]:
    """The workplace in a personal report (`现任卧龙桥街道网格员`), and the host of an activity."""
    pattern = _IN_POST if _PERSONAL.search(title) else _HOSTED
    match = pattern.search(opening)
    if match is not None:
        yield match["name"]


def _signed(lines: Sequence[str]) -> Iterator[str]:
    """A separate line at the end that is the name of an office."""
    for line in reversed(lines):
        text = _PARTS.split(line.strip("（） ()"))[0]
        match = _IN_TITLE.fullmatch(text) if len(line) <= _LONGEST_SIGNATURE else None
        if match is not None:
            yield match["name"]


def _is_common_noun(name: str) -> bool:
    """True for `我站`, `各单位`, and a bare `幼儿园`."""
    return (
        name.startswith(words_for("office_cues", "no-name"))
        or len(name) < _FEWEST
        or name in lexicon.words("organizations")
    )
