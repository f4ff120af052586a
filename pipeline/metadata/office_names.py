"""Names of offices, schools, firms, bodies and teams in a text: they end in a word of `organizations.tsv`.

Where a name begins, its words tell: it goes back to the last word that cannot be part of one (由, 开展, 一年来).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from zongji.corpus import lexicon
from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.patterns import ALL, WordPattern, Words, words_for
from zongji.corpus.verbs import verbs
from zongji.models.words import tag

_STRETCH = re.compile(
    r"(?:[㐀-鿿○〇×_*A-Za-z0-9·•&]|(?<=[A-Za-z0-9]) (?=[㐀-鿿])|(?<=[㐀-鿿])[（(][㐀-鿿]{2,4}[)）](?=[㐀-鿿]))+"
)
_END = WordPattern("office_cues", "(?:{organizations/all})(?<!{not_offices/all})")
_JOINED = WordPattern("office_cues", "(?:{organizations/all})(?P<joint>[和与及暨])(?=.{3})")
_BREAKS = Words("office_cues", "breaks")
_NEVER = Words("office_cues", "no-name", "never-begins")
_BEGINS_LATE = Words("office_cues", "before-name")
_WITH_END = Words("office_cues", "goes-on-with-end")
_BETWEEN = re.compile(
    r"(?<=[㐀-鿿])(?=在)|(?<=[委部会处科所院站局办组队])(?=书记|主任|主席|会长)"
    r"|(?=[二一][〇○零])|(?<=政协)(?=提案)|(?<=[㐀-鿿][小中]学)(?=[物化]|数学|语文|英语)"
)  # where the segmenter joins what does not belong together: 站在, 所二〇二三
_CONTEST = WordPattern("office_cues", "第.{1,4}届(?!{own-session})|[杯赛节]")
_NO_NAME_WITHIN = WordPattern("office_cues", "{within-no-name}")
_ORDINAL = re.compile(rf"第[{UP_TO_TEN}百\d]+届?$|[{UP_TO_TEN}]{{1,2}}$")
_NUMBERED = re.compile(rf"[{UP_TO_TEN}]{{1,2}}[部班组队科系处区所院中小里道元门塘星华河江]$")  # 销售|三部, 五里|铺村
_LATIN_TAG = "eng"
_BREAKING_TAGS = frozenset("pcruye")  # prepositions, conjunctions, pronouns, particles
_WITHIN = frozenset("和与")  # may stand in a name that ends in one of the next: 文化和旅游局
_DOUBLE = ("局", "厅", "学院", "系", "研究院", "研究所", "学会")
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_FEWEST = 3  # characters of a name
_LONGEST = 30
_ENOUGH = 4  # characters of a name before which a verb ends it: 组织|志愿服务队, but 技术推广中心
_FURTHER = 6  # words behind the end of a name within which it may go on
_SIGNS = re.compile(r"[A-WYZa-wyz0-9届]")  # never in the middle of a name
_LONGEST_STRETCH = 200  # characters that are looked at


class Name(NamedTuple):
    """A name and where it stands in the text it was found in."""

    text: str
    start: int
    end: int


def names_in(text: str) -> Iterator[Name]:
    """The names in a text, in order; those that stand in each other only once, the longest."""
    for stretch in _STRETCH.finditer(text):
        words = stretch[0][:_LONGEST_STRETCH]
        if _END.search(words) and not _is_quoted(text, stretch.start()):
            yield from (
                Name(name, stretch.start() + start, stretch.start() + start + len(name))
                for name, start in _names(words)
            )


def _is_quoted(text: str, place: int) -> bool:
    """True inside quotation marks that opened in the last words: `“情满社区”主题活动`."""
    before = text[max(0, place - _LONGEST) : place]
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in ("“”", "《》"))


def _names(stretch: str) -> Iterator[tuple[str, int]]:
    tokens = [token for part in _BETWEEN.split(stretch) for token in tag(part)]
    ends = _cumulated([word for word, _ in tokens])
    begun = 0  # the first token that no earlier name took
    place = 0
    while place < len(tokens):
        if _ends_name(tokens, place, stretch[: ends[place]]):
            last = _last_end(tokens, place, stretch, ends)
            first = _first_token(tokens, begun, place)
            start = ends[first] - len(tokens[first][0])
            yield from _parts(stretch[start : ends[last]], start, stretch)
            begun = place = last + 1
        else:
            place += 1


def _cumulated(words: Sequence[str]) -> list[int]:
    ends, length = [], 0
    for word in words:
        length += len(word)
        ends.append(length)
    return ends


def _ends_name(tokens: Sequence[tuple[str, str]], place: int, before: str) -> bool:
    word, kind = tokens[place]
    if not before.endswith(words_for("organizations", ALL)) or before.endswith(words_for("not_offices", ALL)):
        return False
    if _goes_on(tokens, place):
        return False
    if kind[0] == "m":
        return bool(_NUMBERED.match(word))
    return len(word) == 1 or word in lexicon.words("organizations") or kind[0] not in "vdpcrta"


def _goes_on(tokens: Sequence[tuple[str, str]], place: int) -> bool:
    """True where the next word makes it another one: 工会|会员, 学校|教育."""
    behind = "".join(word for word, _ in tokens[place + 1 : place + 3])
    with_end = tokens[place][0][-1] + behind
    return behind.startswith(words_for("office_cues", "goes-on")) or with_end.startswith(_WITH_END.ordered)


def _last_end(tokens: Sequence[tuple[str, str]], place: int, stretch: str, ends: Sequence[int]) -> int:
    """The last token of a name that goes on: 信息学院|团总支|学生会."""
    last, later = place, place + 1
    while (
        later < min(last + _FURTHER, len(tokens)) and not _breaks(tokens, later) and not _SIGNS.search(tokens[later][0])
    ):
        if _ends_name(tokens, later, stretch[: ends[later]]):
            last = later
        later += 1
    return last


def _first_token(tokens: Sequence[tuple[str, str]], begun: int, last: int) -> int:
    first = last
    length = len(tokens[last][0])
    while first > begun and length < _LONGEST:
        before = first - 1
        if _joins_within(tokens, before, last):
            first, length = before, length + 1
            continue
        if _breaks(tokens, before) or (length >= _ENOUGH and tokens[before][0] in _verbs()):
            break
        first = before
        length += len(tokens[before][0])
    return first


def _joins_within(tokens: Sequence[tuple[str, str]], place: int, last: int) -> bool:
    """True for the 与 of 信息与电气学院, but not for that between two offices."""
    if tokens[place][0] not in _WITHIN or place == 0 or not tokens[last][0].endswith(_DOUBLE):
        return False
    word, kind = tokens[place - 1]
    return len(word) > 1 and kind[0] in "nlvj" and not word.endswith(words_for("organizations", ALL))


def _breaks(tokens: Sequence[tuple[str, str]], place: int) -> bool:
    """True for a word that is no part of a name."""
    word, kind = tokens[place]
    if word in _BREAKS.all:
        return True
    if kind[0] == "m":
        return not (_ORDINAL.match(word) or _NUMBERED.match(word))
    if kind == _LATIN_TAG:
        return False
    return (kind[0] in _BREAKING_TAGS and len(word) > 1) or (kind == "q" and word != "届") or word in _SINGLE


_SINGLE = frozenset("〇○的了在由是为从于把被将及等就都也还对向给让使与和并而且或至到我你他她它们这那其此该各每")


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word for word, modifies in verbs().items() if not modifies and len(word) > 1)


def _parts(name: str, start: int, stretch: str) -> Iterator[tuple[str, int]]:
    """A name, or the names that it joins: `镇党委和|县妇联`."""
    position = 0
    for joint in _JOINED.finditer(name):
        yield from _trimmed(name[position : joint.start("joint")], start + position, stretch)
        position = joint.end("joint")
    yield from _trimmed(name[position:], start + position, stretch)


def _trimmed(name: str, start: int, stretch: str) -> Iterator[tuple[str, int]]:
    bare = name.lstrip(" ）)由与向被")  # which the segmenter may join to what follows
    for word in _BEGINS_LATE.ordered:
        bare = bare.removeprefix(word)
    start += len(name) - len(bare)
    if is_name(bare) and not (start and stretch[start - 1].isdigit()):
        yield bare, start


def is_name(name: str) -> bool:
    """False for `我站`, `各单位`, a bare `幼儿园`, a contest and a group set up for a task."""
    return (
        _FEWEST <= len(name) <= _LONGEST
        and name not in lexicon.words("organizations")
        and (name.startswith("第") or not name.startswith(_NEVER.ordered))
        and not _NO_NAME_WITHIN.search(name)
        and not name[0].isdigit()
        and not _CONTEST.search(name)
    )
