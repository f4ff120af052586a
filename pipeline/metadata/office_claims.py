"""What a document's text says for or against a name of an office: where the name stands, and between which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Span
from zongji.models.words import tag
from zongji.pipeline.metadata.office_names import Name, is_name, names_in
from zongji.pipeline.metadata.passages import Passage, Passages, joined
from zongji.pipeline.metadata.stated import Stated
from zongji.pipeline.structure.document_cues import YEAR
from zongji.pipeline.structure.headings import Line
from zongji.pipeline.structure.lines_under_title import is_byline, is_form, is_office

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_SUBJECT = 160  # characters of an opening paragraph whose subject may be the office
_STORY = 800  # characters of a text in which a verb tells who holds what is told
_LONGEST_SIGNATURE = 40  # characters of a line that is a signature
_OFTEN = 3  # mentions of the name that a text tells of
_LONGEST_TEXT = 4000  # characters in which the name with most mentions is sought
_VERB = 8  # characters behind a name of which the first word is read
_LONGEST_ADDRESS = 30

_PIECE_MARK = re.compile(rf"^#* *(?:第?[{UP_TO_TEN}\d]+篇|篇[{UP_TO_TEN}\d]+|[（(]?[{UP_TO_TEN}]+[)）、])[：:　 ]*")
_BEFORE_NAME = re.compile(rf"[—\-－（( 《“]*(?:{YEAR}年度?)?(?:关于|我?在)?")
_PARTS = re.compile(r"——|[：:”》\u3000 ]")
_ENDS_BYLINE = WordPattern("office_cues", r"[ \u3000）)\d—]|$|[^，。；]{0,6}?(?:{posts/all}|{author-of})")
_PART_OF_OFFICE = WordPattern("office_cues", "(?:{part-of-office})$")
_SENTENCE = re.compile("[，。；：:！!]")
_FILE_NUMBER = re.compile(r"[〔\[（(](?:19|20)\d\d[〕\]）)] ?第? ?\d{1,4} ?号")
_HEAD = WordPattern("office_cues", r"(?:{letterhead})[ \u3000]*$")
_FIRM = WordPattern(  # by its trade, right before a year or a quoted name: `锦帆食品2023年…`
    "trades", r"(?P<name>[^\d（）()《》“”\"，：:、 \n—]{2,12}(?:{trades/all}))(?={year}年|“)", year=YEAR
)
_PLACE = re.compile(r"(?P<name>[㐀-鿿×xX]{1,7}?[省市县区州旗])(?![㐀-鿿]{0,8}(?:局|委|办|会|院|校|站|中心)[^㐀-鿿])")
_SUBJECT_OF = re.compile("[全我]?[省市县区]")
_POSTS = re.compile(r"(?P<place>.{2,20}?[镇乡县市区])(?:党委|委)[^、]{0,4}书记、[镇乡县市区]长")
_LABEL = WordPattern(
    "office_cues",
    r"^[【\[（(]?(?:[{up_to_ten}\d]{1,2}[、.．)）] ?)?"
    r"(?:{host-label}|(?:{label})(?:单位|部门|机构|方|人))[】\])）]?[:：\u3000 ]+",
)
_PREDICATE = WordPattern("office_cues", r"(?:{predicate})")
_HOLDS = WordPattern("office_cues", r"(?:[、和与及][^，。；、]{2,16}){0,3}[^，。；、]{0,12}?(?:{holds})")
_ANNOUNCES = re.compile(r"[^。；]{0,60}?如下")
_HOSTED = WordPattern("office_cues", r"[^，。；]{0,40}?(?:{hosts})")
_MYSELF = WordPattern("office_cues", r"(?:{myself})[^，。；：]{0,6}$")
_RECEIVES = WordPattern("office_cues", r"(?:{receives})$")
_LED = WordPattern("office_cues", r"[^，。；]{0,24}?(?:{led})")
_OF_PERSON = WordPattern("office_cues", r"(?:{posts/all}|{of-person})")
_ADDRESS = re.compile(r"(?!.*如下)[^，。；\n]*[：:]")
_SENTENCE_START = WordPattern("office_cues", r"(?:^|[，。；,;！\n ]|{before-name}|^.{0,6}受)$")


class Claim(NamedTuple):
    """What a place says for a name, or against it."""

    kind: str
    name: Name
    place: Span | None
    """None outside of the text."""


def claims_of(passages: Passages, stated: Stated) -> Iterator[Claim]:
    """What all rules say, in their order."""
    for rule in CLAIMS:
        yield from rule(passages, stated)


_Rule = Callable[[Passages, Stated], Iterator[Claim]]


def _in_title(passages: Passages, _: Stated) -> Iterator[Claim]:
    """Names in the lines of the title, at their beginning or elsewhere."""
    for line in _title_lines(passages):
        mark = _PIECE_MARK.match(line.text)
        begins = {mark.end() if mark else 0}
        parts = {part.end() for part in _PARTS.finditer(line.text)}
        for name in (*names_in(line.text), *_firms(line.text)):
            places = _starts_before(line.text, name.start)
            kind = "begins_title" if places & begins else "begins_part_of_title" if places & parts else "in_title"
            yield _claim(kind, name, line)


def _place_in_title(passages: Passages, _: Stated) -> Iterator[Claim]:
    """`沙河县` of `沙河县脱贫攻坚工作汇报`: a place that reports its own work, where no office is named."""
    if passages.block.text:
        line = _lines_of(passages.block)[0]
        found = _PLACE.match(line.text)
        if found is not None and is_name(found["name"]):
            name = Name(found["name"], *found.span("name"))
            yield _claim("place_in_title", name, line)
            if _SUBJECT_OF.search(passages.opening.text[:_SUBJECT]) and name.text in passages.opening.text[:_SUBJECT]:
                yield _claim("place_in_opening", name, line)


def _starts_before(text: str, start: int) -> set[int]:
    """The places from which only a year or 关于 leads to a name."""
    return {place for place in range(max(0, start - 14), start + 1) if _BEFORE_NAME.fullmatch(text, place, start)}


def _firms(text: str) -> Iterator[Name]:
    found = _FIRM.search(text)
    if found is not None:
        yield Name(found["name"], *found.span("name"))


def _under_title(passages: Passages, _: Stated) -> Iterator[Claim]:
    """A line under the title that is an office, its post or its person: `石桥村卫生室　田芬`."""
    title = {line.start for line in _title_lines(passages)}
    for line in _lines_of(passages.block):
        if line.start in title or _FILE_NUMBER.search(line.text):
            continue
        posts = _POSTS.match(line.text.strip("（） ()"))
        if posts is not None:
            start = line.text.find(posts["place"])
            yield _claim("under_title", Name(posts["place"], start, start + len(posts["place"])), line)
        elif not _LABEL.match(line.text):
            for name in names_in(line.text):
                if name.start <= len("（——") and _ENDS_BYLINE.match(line.text, name.end):
                    yield _claim("under_title", _stationed(name, line.text), line)


def _stationed(name: Name, line: str) -> Name:
    """The village of its 第一书记, who is stationed there: 驻|龙门寨村."""
    if not (name.text.startswith("驻") and line.startswith("第一书记", name.end)):
        return name
    return Name(name.text[1:], name.start + 1, name.end)


def _labelled(passages: Passages, _: Stated) -> Iterator[Claim]:
    """`主办单位：` and the like, under the title or as a line of the text."""
    for line in (*_lines_of(passages.block), *passages.lines[:60]):
        label = _LABEL.match(line.text.lstrip("（( "))
        if label is not None:
            first = next((name for name in names_in(line.text) if name.start <= label.end() + 3), None)
            if first is not None:
                yield _claim("label", first, line)


def _letterhead(passages: Passages, _: Stated) -> Iterator[Claim]:
    """`…文件` above the title."""
    for line in (*passages.site, *_lines_of(passages.block)[:2]):
        if _HEAD.search(line.text):
            yield from (_claim("letterhead", name, line) for name in names_in(line.text) if name.start <= 1)


def _signed(passages: Passages, _: Stated) -> Iterator[Claim]:
    """A separate line at the end that begins with the name of an office, or two with the office and its part."""
    lines = [line for line in passages.last if len(line.text) <= _LONGEST_SIGNATURE and not _SENTENCE.search(line.text)]
    for line, below in zip_longest(lines, lines[1:]):
        if not is_office(line.text):
            yield from (_claim("signature", name, line) for name in names_in(line.text) if name.start <= 1)
        elif below is not None and is_office(below.text) and _PART_OF_OFFICE.search(below.text):
            yield _claim("signature", Name(line.text + below.text, 0, len(line.text)), line)
        else:
            yield _claim("signature", Name(line.text, 0, len(line.text)), line)


def _opening(passages: Passages, _: Stated) -> Iterator[Claim]:
    """Names in the opening and the first paragraphs, by what stands around them."""
    text = joined(passages.lines)
    story = text.text[:_STORY]
    for name in names_in(story):
        for kind in _kinds(story, name):
            yield Claim(kind, name, text.span(name.start, name.end))


def _kinds(text: str, name: Name) -> Iterator[str]:
    """What the words around a name say of it."""
    line, end = text.rfind("\n", 0, name.start) + 1, text.find("\n", name.end)
    end = end if end >= 0 else len(text)
    before, behind = text[max(line, name.start - 40) : name.start], text[name.end : min(end, name.end + 60)]
    if end - line <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text, line, end):
        yield "addressed"
        return
    if before.endswith("在") and _LED.match(behind):
        yield "led"
        return
    if _MYSELF.search(before):
        yield "myself"
    if _RECEIVES.search(before):
        yield "receives"
    elif before.endswith("由") and _HOSTED.match(behind):
        yield "hosted"
    elif _SENTENCE_START.search(before):
        if name.start < _SUBJECT:
            yield "begins_opening"
        if _PREDICATE.match(behind) and name.start < _SUBJECT:
            yield "subject"
        elif name.start < _SUBJECT and _acts(behind):
            yield "acts"
        elif _HOLDS.match(behind):
            yield "holds"
        if name.start < _STORY // 2 and _ANNOUNCES.match(behind):
            yield "announces"
    if _OF_PERSON.match(behind):
        yield "of_person"


def _mentioned(passages: Passages, _: Stated) -> Iterator[Claim]:
    """The name that the text mentions most, if no other comes near."""
    text = joined(passages.lines)
    first: dict[str, Name] = {}
    counted: Counter[str] = Counter()
    for name in names_in(text.text[:_LONGEST_TEXT]):
        first.setdefault(name.text, name)
        counted[name.text] += 1
    most = counted.most_common(2)
    if most and most[0][1] >= _OFTEN and (len(most) == 1 or most[1][1] < most[0][1]):
        name = first[most[0][0]]
        yield Claim("mentioned", name, text.span(name.start, name.end))


def _acts(behind: str) -> bool:
    """True for words that begin with a verb, an adverb or a preposition: those before them are a subject."""
    first = next(iter(tag(behind[:_VERB])), ("", "x"))
    return first[1][0] in "vdp"


def _by_author(_: Passages, stated: Stated) -> Iterator[Claim]:
    """An author that the format states, if it is an office."""
    if stated.author:
        for name in names_in(stated.author):
            if name.text == stated.author.strip():
                yield Claim("author", name, None)


CLAIMS: tuple[_Rule, ...] = (
    _in_title,
    _place_in_title,
    _under_title,
    _labelled,
    _letterhead,
    _signed,
    _opening,
    _mentioned,
    _by_author,
)
"""Where names of offices are looked for."""


def _claim(kind: str, name: Name, line: Line) -> Claim:
    return Claim(kind, name, Span(line.start + name.start, line.start + name.end))


def _lines_of(passage: Passage) -> tuple[Line, ...]:
    lines = passage.text.split("\n") if passage.text else []
    return tuple(
        Line(start, start + len(text), text) for start, text in zip(passage.origins, lines, strict=True) if text
    )


def _title_lines(passages: Passages) -> list[Line]:
    """The lines that are the title or its continuation; not those that say who reports, or when."""
    lines = _lines_of(passages.block)
    return [line for line in lines if line is lines[0] or not _is_aside(line.text)]


def _is_aside(line: str) -> bool:
    """True for a line under the title that states who reports, or the occasion: `（2024年1月9日在县人代会上）`."""
    return (
        line.startswith(("（", "("))
        or bool(_FILE_NUMBER.search(line))
        or is_byline(line)
        or is_form(line)
        or bool(_LABEL.match(line))
    )
