"""Clean text to damaged text: the steps of the converter that damaged thousands of plan collections.

    traditional      simplified to traditional, one character for one
    encode           GBK bytes; what GBK lacks becomes `?`
    annotate         `(reading)` after every occurrence of the bytes of an annotated character, aligned or not
    cut              before every occurrence of the bytes of a mark, from the right, aligned or not
    decode           every piece on its own, leniently: `?` for lone bytes, nothing for pairs without a character
    narrow           full-width signs to ASCII, in some collections

`damage` runs all of them and keeps which piece of the clean text became which piece of the damaged one. Source of the
procedure: the project's description of the way back (RESTORE.md), checked there on a page of 31,308 characters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from zongji.corpus import lexicon
from zongji.corpus.alignment import Edit

if TYPE_CHECKING:
    from opencc import OpenCC

MARKS = "，。；？！"
PROTECTED = "、"  # its bytes are recognized, so that no mark is found inside them, but it does not cut
LOST = "?"

# Characters that are legal in traditional text too and so stay, and forms in which the converter's table differs from
# OpenCC's: all read off a damaged page.
_STAYS = "后范群咨愿干于余并采占里斗云淀游秘涌"
_FORMS = {"着": "著", "为": "為", "众": "眾", "启": "啟", "钟": "鐘", "冲": "沖", "签": "簽"} | {c: c for c in _STAYS}
_DIAERESIS = "\u0308"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class AnnotatedRow:
    """A row of `annotated.tsv`: a traditional character and the reading inserted after it."""

    character: str
    reading: str


class Loss(StrEnum):
    """What a damaged place lost without a trace."""

    PAIRS = "pairs"
    """Pairs of bytes without a character."""
    SIGN = "sign"
    """An ASCII sign swallowed by a first byte."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One variant of the procedure."""

    annotated: Mapping[str, str] = field(default_factory=dict)
    """Traditional characters and their readings; their order is the order in which readings are inserted."""
    cuts: str = MARKS
    protected: str = PROTECTED
    narrow: bool = True
    blank: bool = False
    """True if each reading is followed by a blank: `習(xi) `."""
    converted: bool = False
    """True if the clean text is already in traditional characters."""

    def insertion(self, character: str) -> bytes:
        """The bytes inserted after those of an annotated character."""
        return f"({self.annotated[character]}){' ' * self.blank}".encode("gbk", "replace")


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text, and the edits that turn the clean one into it."""

    clean: str
    text: str
    edits: tuple[Edit, ...]
    losses: Mapping[int, Loss] = field(default_factory=dict)
    """What was lost, by the start of the edit; the sign if both were."""

    def repairs(self) -> tuple[Edit, ...]:
        """The edits that turn the damaged text into the clean one."""
        return tuple(_inverted(self.clean, self.edits))


@dataclass(frozen=True, slots=True)
class _Unit:
    """The decoder's output for the bytes from `start` to the next unit."""

    start: int
    text: str
    taken: bool = False
    """True if it swallowed an ASCII sign."""


def usual() -> dict[str, str]:
    """The characters that one page annotates, with their readings, in the order of insertion."""
    return {row.character: row.reading for row in lexicon.load("annotated", AnnotatedRow)}


def variants() -> dict[str, Procedure]:
    """The variants of the procedure on pages, all with the same characters."""
    toned = usual()
    plain = {character: toneless(reading) for character, reading in toned.items()}
    return {
        "usual": Procedure(toned),
        "no tones": Procedure(plain),
        "no tones, blank behind": Procedure(plain, blank=True),
        "full width": Procedure(toned, narrow=False),
        "comma does not cut": Procedure(toned, cuts="。；？！"),
    }


def damage(clean: str, procedure: Procedure) -> Damaged:
    """The damaged text and its edits, line by line as the converter worked."""
    edits: list[Edit] = []
    losses: dict[int, Loss] = {}
    parts: list[str] = []
    position = 0
    for line in re.split("(\n)", clean):
        for segment in _segments(line, procedure) if line != "\n" else ():
            parts.append(segment.text)
            start, end = segment.start + position, segment.end + position
            if clean[start:end] != segment.text:
                edits.append(Edit(start, end, segment.text))
                losses |= {start: segment.loss} if segment.loss else {}
        parts.append(line if line == "\n" else "")
        position += len(line)
    return Damaged(clean, "".join(parts), tuple(edits), losses)


def damaged_line(line: str, procedure: Procedure) -> str:
    """The damaged form of one line, without the edits, for verification."""
    data = _encoded(line if procedure.converted else traditional(line))
    data, _ = annotate(data, (), procedure)
    return _joined(units(data, cuts(data, procedure)), narrow=procedure.narrow)


def traditional(text: str) -> str:
    """Each character in the converter's traditional form."""
    return "".join(map(traditional_form, text))


@cache
def traditional_form(character: str) -> str:
    """The converter's form of a simplified character; it knows no phrases, so one for one."""
    if character < "㐀":
        return character
    form = _FORMS.get(character) or str(_converter().convert(character))
    return form if len(form) == 1 else character


def narrowed(text: str) -> str:
    """A text with its full-width signs in ASCII."""
    return text.translate(_NARROW)


def toneless(reading: str) -> str:
    """A reading without its tone mark, as in other collections: `xué` -> `xue`; ü stays."""
    signs = unicodedata.normalize("NFD", reading)
    kept = "".join(sign for sign in signs if sign == _DIAERESIS or not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept)


def annotate(data: bytes, starts: Sequence[int], procedure: Procedure) -> tuple[bytes, tuple[int, ...]]:
    """The bytes with all readings, and the new offsets of the characters at `starts`."""
    for character in procedure.annotated:
        pair = character.encode("gbk", "ignore")
        if not pair or pair not in data:
            continue
        insertion = procedure.insertion(character)
        pieces = data.split(pair)
        starts = _shifted(starts, pieces, len(pair), len(insertion))
        data = (pair + insertion).join(pieces)
    return data, tuple(starts)


def cuts(data: bytes, procedure: Procedure) -> tuple[int, ...]:
    """The offsets before which the bytes are cut, sorted; searched from the right, without overlap."""
    cutting = {mark.encode("gbk")[::-1] for mark in procedure.cuts}
    found = _mark_pattern(procedure.cuts + procedure.protected).finditer(data[::-1])
    return tuple(sorted(len(data) - match.end() for match in found if match[0] in cutting))


def units(data: bytes, at: Sequence[int]) -> Iterator[_Unit]:
    """The output of a lenient decoder for each piece between the cuts."""
    bounds = [0, *(cut for cut in at if cut), len(data)]
    for start, end in pairwise(bounds):
        yield from decoded(data, start, end)


@cache
def pairs() -> dict[bytes, str]:
    """GBK's byte pairs and their characters; a pair without a character decodes to nothing."""
    trails = [trail for trail in range(0x40, 0xFF) if trail != 0x7F]
    every = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in trails)
    return {pair: pair.decode("gbk", "ignore") for pair in every}


def decoded(data: bytes, start: int, end: int) -> Iterator[_Unit]:
    """The units of `data[start:end]`: a pair, an ASCII sign, or `?` for bytes that form neither."""
    table = pairs()
    while start < end:
        lead = data[start]
        width = 1 if lead < 0x81 or lead == 0xFF else 2
        if lead < 0x80:
            yield _Unit(start, chr(lead))
        elif width == 1 or start + 1 == end:
            yield _Unit(start, LOST)
        else:
            shown = table.get(data[start : start + 2])
            yield _Unit(start, LOST if shown is None else shown, taken=shown is None)
        start += width


def _encoded(line: str) -> bytes:
    return line.encode("gbk", "replace")


def _joined(shown: Iterable[_Unit], *, narrow: bool) -> str:
    text = "".join(unit.text for unit in shown)
    return narrowed(text) if narrow else text


class _Segment(NamedTuple):
    """A span of a line and its decoded output."""

    start: int
    end: int
    text: str
    loss: Loss | None


def _segments(line: str, procedure: Procedure) -> Iterator[_Segment]:
    """The line, cut wherever a character and a decoder unit begin at the same byte."""
    written = line if procedure.converted else traditional(line)
    starts = list(accumulate((len(_encoded(character)) for character in written), initial=0))
    data, moved = annotate(_encoded(written), starts, procedure)
    index, first, shown = 0, 0, list[_Unit]()
    for unit in units(data, cuts(data, procedure)):
        while moved[index] < unit.start:
            index += 1
        if moved[index] == unit.start and index > first:
            yield _segment(first, index, shown, moved, procedure)
            first, shown = index, []
        shown.append(unit)
    if first < len(line) or shown:
        yield _segment(first, len(line), shown, moved, procedure)


def _segment(first: int, last: int, shown: Sequence[_Unit], starts: Sequence[int], procedure: Procedure) -> _Segment:
    """A segment of the line; a swallowed sign is lost unless it was the parenthesis of a reading."""
    loss = None
    if any(unit.taken and unit.start + 1 in starts[first:last] for unit in shown):
        loss = Loss.SIGN
    elif not all(unit.text for unit in shown):
        loss = Loss.PAIRS
    return _Segment(first, last, _joined(shown, narrow=procedure.narrow), loss)


def _shifted(starts: Sequence[int], pieces: Sequence[bytes], width: int, growth: int) -> tuple[int, ...]:
    """Offsets after an insertion after each separating pair."""
    behind, position = [], 0
    for piece in pieces[:-1]:
        position += len(piece) + width
        behind.append(position)
    return tuple(start + growth * bisect_right(behind, start) for start in starts)


def _inverted(clean: str, edits: Sequence[Edit]) -> Iterator[Edit]:
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield Edit(start, start + len(edit.text), clean[edit.start : edit.end])
        shift += len(edit.text) - (edit.end - edit.start)


@cache
def _mark_pattern(marks: str) -> re.Pattern[bytes]:
    return re.compile(b"|".join(re.escape(mark.encode("gbk")[::-1]) for mark in marks) or b"(?!)")


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  # only when a text is converted

    return OpenCC("s2t")
