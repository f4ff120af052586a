"""Lines, and the markers of headings and items, also within a line.

A marker within a line counts only as part of a series: `一是…；二是…`, or `一、… 二、…` if line ends were
lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import zip_longest
from types import MappingProxyType

from zongji.models.rules import evidence_of
from zongji.pipeline.structure.document_cues import is_title
from zongji.pipeline.structure.markers import DIGITS, MARKER, MarkerKind, number_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line without surrounding blanks. Offsets count in the restored text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What opens a section: its marker, and its title as a span of the restored text (empty if it has none)."""

    start: int
    marker_end: int
    title_end: int
    kind: MarkerKind
    number: int
    marker: str | None
    title: str | None
    opens_line: bool
    own_line: bool
    """True if the heading is alone on its line."""
    depth: int | None = None
    """How deep the format says that it stands, in the format's own count; None where it says nothing."""

    @property
    def is_stage(self) -> bool:
        """True for `第一阶段`, which divides a schedule, not a document."""
        return self.marker is not None and self.marker.endswith("阶段")


_BULLETS = frozenset("-*+•·")  # signs of any list; ● and the like are set before headings
_BULLET_KEY = re.compile(r"[^，,。；;：:！？!?\n]{1,24}[：:](?!\d)")
NO_DEPTHS: Mapping[int, int] = MappingProxyType({})
_BOUNDARIES = "。；;：:！？!?”》）)"
_AFTER_COMMA = frozenset({MarkerKind.COUNTED, MarkerKind.NTH, MarkerKind.ORDER, MarkerKind.CIRCLED})
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_IN_SERIES = frozenset({MarkerKind.STEM, MarkerKind.UPPER, MarkerKind.LOWER})  # letters mean much else
_HAN = re.compile("[㐀-鿿]")
_TITLE_ONLY = re.compile("[㐀-鿿“”《》（）、]{2,14}")
_ANNEX = re.compile(r"附件?[:：] ?$")
_LONGEST_CELLS = 200  # characters of a line that are looked through for a second cell
_FEWEST_LISTED = 3  # lines that bare numbers count; two may be anything
_SENTENCE_LINE = re.compile(r"[^\n\t|]{4,}[。；;](?:\n|\Z)")
_LONGEST_ANNEX = 5  # characters of `附件： `
_REACH = 4000  # characters between two items of a series typed into one line
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
# A colon between digits belongs to a time of day: 15:03.
_CLAUSE_END = re.compile(r"[，,。；;！？!?\n]|(?<!\d)[：:]|[：:](?!\d)")
_SHORT = 30  # characters; a first sentence up to this length, followed by more text, is a heading
_LONGEST_NTH = 3  # characters of 任务一, which is a marker only in a series
_KEY_WEIGHT = 7  # weight of a heading's words that govern the text after its colon
_LONGEST_HALF = 10  # characters after the colon of a heading in two halves
_STATEMENT = re.compile(r"[。；，,;！!？?\d]")
_LONGEST = 60  # characters of a heading on its own line
_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_BLANK = re.compile(r"[ \u3000\t|]")
_LOST_END = re.compile(r"[㐀-鿿、]{2,14} (?=[^\s])")
_TRAILING = " \t。；;：:，,、.！!"


@dataclass(frozen=True, slots=True)
class _Marker:
    start: int
    end: int
    kind: MarkerKind
    number: int
    text: str
    opens_line: bool
    is_glued: bool
    """True right behind a word: `宣传重点1.重点车辆`."""


def lines_of(text: str) -> list[Line]:
    """The non-empty lines of a text, without surrounding blanks."""
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        lines += _without_lost_ends(match.start(), match[0])
    return lines


def _without_lost_ends(start: int, line: str) -> list[Line]:
    """A line, split in two if it begins with a title whose line end was lost: `…工作计划 为深入实施…`."""
    title, blank, rest = line.partition(" ") if len(line) > _LONGEST else (line, "", "")
    if not blank or not is_title(title) or len(rest) < _SHORT:
        return [Line(start, start + len(line), line)]
    behind = start + len(line) - len(rest.lstrip())
    return [Line(start, start + len(title), title), Line(behind, start + len(line), rest.lstrip())]


def find_headings(
    text: str, lines: Sequence[Line], depths: Mapping[int, int] = NO_DEPTHS, bold: Set[int] = frozenset()
) -> list[Heading]:
    """The headings of a text that have a marker or are marked by its format, in order.

    `depths` holds the indexes of the lines that the format marks: nothing within them is another heading. `bold` holds
    those that it sets in bold.
    """
    markers = list(_accepted(text, list(_candidates(text)), {lines[index].start for index in bold}))
    starts = [line.start for line in lines]
    headings: list[Heading] = []
    stated = {index: _stated(lines[index], depth) for index, depth in depths.items()}
    for index, marker in enumerate(markers):
        place = bisect_right(starts, marker.start) - 1
        if place in stated:
            if marker.start == lines[place].start:
                stated[place] = _marked(stated[place], marker, text)
            continue
        if marker.kind >= MarkerKind.ARABIC and "\t" in lines[place].text[:_LONGEST_CELLS]:
            continue  # a row of a table
        stop = markers[index + 1].start if index + 1 < len(markers) else len(text)
        headings.append(_heading(text, marker, min(lines[place].end, stop)))
    return sorted([*headings, *stated.values()], key=lambda heading: heading.start) if stated else headings


def _stated(line: Line, depth: int) -> Heading:
    """A line that its format marks as a heading."""
    title = line.text.strip(_TRAILING) or None
    return Heading(
        line.start, line.start, line.end, MarkerKind.BARE, 0, None, title, opens_line=True, own_line=True, depth=depth
    )


def _marked(heading: Heading, marker: _Marker, text: str) -> Heading:
    """The same with its marker."""
    title = text[marker.end : heading.title_end].strip(_TRAILING) or None
    return replace(
        heading, marker_end=marker.end, kind=marker.kind, number=marker.number, marker=marker.text, title=title
    )


def _candidates(text: str) -> Iterator[_Marker]:
    for match in MARKER.finditer(text):
        kind = MarkerKind[match.lastgroup or "BARE"]
        start = match.start(kind.name)
        marker = match[kind.name]
        opens_line = match["line"] is not None
        is_glued = not opens_line and _HAN.match(text[start - 1]) is not None and kind not in _AFTER_COMMA
        if opens_line or is_glued or _at_boundary(text, start, kind):
            yield _Marker(start, match.end(), kind, number_of(marker, kind), marker.rstrip(), opens_line, is_glued)


def _at_boundary(text: str, start: int, kind: MarkerKind) -> bool:
    before = text[start - 1]
    if before == "\t":
        return False  # a cell of a table
    if before == " ":
        return kind is not MarkerKind.DASH
    if before == ".":
        return kind in _AFTER_COMMA and kind is not MarkerKind.CIRCLED
    return before in _BOUNDARIES or kind in _AFTER_COMMA


def _accepted(text: str, candidates: Sequence[_Marker], bold: Set[int]) -> Iterator[_Marker]:
    """The effective markers: those at the start of a line, and members of a series within a line."""
    following: dict[MarkerKind, _Marker] = {}
    continues: list[bool] = [False] * len(candidates)
    listed = _listed(text, candidates)
    for index in range(len(candidates) - 1, -1, -1):
        marker = candidates[index]
        continues[index] = _follows(marker, following.get(marker.kind))
        following[marker.kind] = marker
    last: dict[MarkerKind, _Marker] = {}
    before: _Marker | None = None
    annex: _Marker | None = None
    for marker, starts_series in zip(candidates, continues, strict=True):
        if _lists_annexes(text, marker, annex):
            annex = marker
            continue
        if marker.is_glued and not (starts_series and _titles(text, before, marker)):
            continue
        in_series = _follows(last.get(marker.kind), marker)
        if marker.text in _BULLETS and not (marker.opens_line and (marker.start in bold or _is_keyed(text, marker))):
            continue
        if marker.start in listed or _opens(text, marker, starts_series=starts_series, in_series=in_series):
            last[marker.kind] = before = marker
            yield marker


def _listed(text: str, candidates: Sequence[_Marker]) -> Set[int]:
    """The starts of bare numbers that count adjacent lines, each a sentence: `1 办好讲座，…；` `2 编印简报，…。`."""
    bare = [marker for marker in candidates if marker.opens_line and _has_no_mark(marker)]
    found: set[int] = set()
    run: list[int] = []
    for marker, following in zip_longest(bare, bare[1:]):
        if _SENTENCE_LINE.match(text, marker.end) is not None and (run or marker.number == 1):
            run.append(marker.start)
        goes_on = following is not None and following.number == marker.number + 1
        if following is None or not goes_on or text.find("\n", marker.end, following.start) != following.start - 1:
            found.update(run if len(run) >= _FEWEST_LISTED else ())
            run = []
    return found


def _titles(text: str, before: _Marker | None, marker: _Marker) -> bool:
    """True if nothing but a short title stands between two markers of different kinds."""
    if before is None or before.kind is marker.kind:
        return False
    return _TITLE_ONLY.fullmatch(text, before.end, marker.start) is not None


def _lists_annexes(text: str, marker: _Marker, annex: _Marker | None) -> bool:
    """True for `附件：1.名单` and the lines right below it that count on."""
    if not marker.opens_line and _ANNEX.search(text, max(0, marker.start - _LONGEST_ANNEX), marker.start):
        return True
    if annex is None or annex.kind is not marker.kind or marker.number != annex.number + 1:
        return False
    return text.count("\n", annex.end, min(marker.start, annex.end + _LONGEST + 1)) == 1 and (
        marker.start - annex.end <= _LONGEST
    )


def _is_keyed(text: str, marker: _Marker) -> bool:
    """True for a bullet whose first words end in a colon: `- 推荐设备：`."""
    return _BULLET_KEY.match(text, marker.end) is not None


def _follows(marker: _Marker | None, later: _Marker | None) -> bool:
    """True if `later` continues the series of `marker`; one number may be missing between them."""
    if marker is None or later is None:
        return False
    return marker.number < later.number <= marker.number + 2 and later.start - marker.end < _REACH


def _opens(text: str, marker: _Marker, *, starts_series: bool, in_series: bool) -> bool:
    first = marker.number == 1 and starts_series
    if _is_list_of_numbers(text, marker):
        return False
    if _has_no_mark(marker):
        return (first or in_series) and _is_short_line(text, marker)
    if marker.kind in _IN_SERIES:
        return first or in_series
    if marker.kind is MarkerKind.ARABIC and (text[marker.end : marker.end + 1].isdigit() or marker.text[-1] in "：:"):
        return marker.opens_line and (first or in_series)
    if not marker.opens_line:
        return marker.kind is not MarkerKind.DASH and (first or in_series)
    if marker.kind is MarkerKind.NTH and len(marker.text) > _LONGEST_NTH - 1 and not marker.text.startswith("第"):
        return first or in_series
    if marker.kind is MarkerKind.ORDER:
        return text[marker.end : marker.end + 1] in "，,、" or first or in_series
    if marker.kind is MarkerKind.COUNTED:
        return marker.text.endswith("是") or first or in_series
    if marker.kind >= MarkerKind.ARABIC:
        return text[marker.end : marker.end + 1] not in "\t\n"
    return True


def _is_title_of_two(text: str, marker: _Marker, stop: int) -> bool:
    """True for `三、反省：三个“不”`: both halves are short, and neither is a statement."""
    head, _, rest = text[marker.end : min(stop, marker.end + _SHORT + 1)].replace(":", "：").partition("：")
    evidence = evidence_of(head)
    if evidence is not None and evidence.weight >= _KEY_WEIGHT:
        return False  # `三、活动地点：社区文化广场`
    fits = marker.opens_line and marker.kind <= MarkerKind.HAN_PARENTHESES and stop - marker.end <= _SHORT
    return fits and 0 < len(rest) <= _LONGEST_HALF and not _STATEMENT.search(head + rest)


def _has_no_mark(marker: _Marker) -> bool:
    """True for `一　方向` and `1 训练`, which are headings only by their series and their shortness."""
    numbered = {MarkerKind.CAPITAL, MarkerKind.HAN, MarkerKind.ARABIC}
    return marker.kind in numbered and (marker.text in DIGITS or marker.text.isalnum())


def _is_short_line(text: str, marker: _Marker) -> bool:
    rest = text[marker.end : marker.end + _SHORT + 1].partition("\n")[0]
    return len(rest) <= _SHORT and not _SENTENCE_END.search(rest) and not _BLANK.search(rest)


def _is_list_of_numbers(text: str, marker: _Marker) -> bool:
    """`一、二、三等奖` and `“一、二、三、四”工作目标` name numbers and open nothing."""
    behind = text[marker.end : marker.end + 2]
    if marker.kind is not MarkerKind.HAN or len(behind) < 2 or behind[0] not in DIGITS:
        return False
    return not marker.opens_line or behind[1] in "、等，,。是"


def _heading(text: str, marker: _Marker, stop: int) -> Heading:
    title_end, own_line = _title_end(text, marker, stop)
    title = text[marker.end : title_end].strip(_TRAILING)
    return Heading(
        start=marker.start,
        marker_end=marker.end,
        title_end=title_end,
        kind=marker.kind,
        number=marker.number,
        marker=marker.text,
        title=title or None,
        opens_line=marker.opens_line,
        own_line=own_line,
    )


def _title_end(text: str, marker: _Marker, stop: int) -> tuple[int, bool]:
    """The end of a heading's title (a short first sentence, else the first clause), and whether it fills its line."""
    begin = min(marker.end + (text[marker.end : marker.end + 1] in "，,、：:"), stop)
    lost = _LOST_END.match(text, begin, stop) if marker.opens_line or text[marker.start - 1] == " " else None
    if lost is not None and stop - lost.end() >= _SHORT // 2:
        return lost.end() - 1, False
    clause = _CLAUSE_END.search(text, begin, stop)
    if clause is None:
        return stop, True
    sentence = _SENTENCE_END.search(text, begin, stop)
    sentence_end = sentence.start() if sentence else stop
    has_more = sentence is not None and bool(text[sentence.end() : min(sentence.end() + 8, stop)].strip())
    if clause[0] in "：:" and _is_title_of_two(text, marker, stop):
        return stop, True
    if clause[0] in "：:" and clause.start() - begin <= _SHORT:
        return clause.start(), not text[clause.end() : min(clause.end() + 8, stop)].strip()
    if not has_more:
        fits = sentence_end - begin <= _LONGEST and marker.opens_line and marker.kind <= MarkerKind.HAN_PARENTHESES
        if fits or (sentence is None and sentence_end - begin <= _SHORT):
            return sentence_end, True
        return clause.start(), False
    if sentence_end - begin <= _SHORT:
        return sentence_end, False
    return clause.start(), False
