"""Clean text to damaged text: what the converter of thousands of plan collections did, step by step.

    traditional      simplified to traditional, one character for one
    encode           GBK bytes; what GBK lacks becomes `?`
    annotate         `(reading)` behind every occurrence of the bytes of an annotated character, aligned or not
    cut              in front of every occurrence of the bytes of a mark, from the right, aligned or not
    decode           every piece on its own, leniently: `?` for lone bytes, nothing for pairs without a character
    narrow           full-width signs to ASCII, in some collections

`damage` runs all of them and keeps which piece of the clean text became which piece of the damaged one. Source of the
procedure: the project's description of the way back (RESTORE.md), checked there on a page of 31,308 characters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from zongji.corpus.alignment import Aligned, Edit

if TYPE_CHECKING:
    from opencc import OpenCC

MARKS = "，。；？！"
PROTECTED = "、"  # its bytes are recognised, so that no mark is found inside them, but it does not cut
LOST = "?"

# Characters that are legal in traditional text too and so stay, and forms in which the converter's table differs from
# OpenCC's: all read off a damaged page.
_STAYS = "后范群咨愿干于余并采占里斗云淀游秘涌"
_FORMS = {"着": "著", "为": "為", "众": "眾", "启": "啟", "钟": "鐘", "冲": "沖", "签": "簽"} | {c: c for c in _STAYS}
_DIAERESIS = "\u0308"
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class Procedure:
    """One variant of the procedure."""

    annotated: Mapping[str, str] = field(default_factory=dict)
    """Traditional characters and their readings; their order is the order in which readings are inserted."""
    cuts: str = MARKS
    protected: str = PROTECTED
    narrow: bool = True
    blank: bool = False
    """True where a blank stands behind each reading: `習(xi) `."""
    converted: bool = False
    """True where the clean text is in traditional characters already."""

    def insertion(self, character: str) -> bytes:
        """The bytes that are put behind those of an annotated character."""
        return f"({self.annotated[character]}){' ' * self.blank}".encode("gbk", "replace")


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text, and the edits of the clean one that make it."""

    clean: str
    text: str
    edits: tuple[Edit, ...]

    def repairs(self) -> tuple[Edit, ...]:
        """The edits of the damaged text that make the clean one."""
        return tuple(_inverted(self.clean, self.edits))


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a decoder made of the bytes from `start` on, to the next unit."""

    start: int
    text: str


def damage(clean: str, procedure: Procedure) -> Damaged:
    """The damaged text and its edits, line by line as the converter worked."""
    edits: list[Edit] = []
    parts: list[str] = []
    position = 0
    for line in re.split("(\n)", clean):
        text, line_edits = _damaged_line(line, procedure) if line != "\n" else (line, ())
        edits += (Edit(edit.start + position, edit.end + position, edit.text) for edit in line_edits)
        parts.append(text)
        position += len(line)
    return Damaged(clean, "".join(parts), tuple(edits))


def damaged_line(line: str, procedure: Procedure) -> str:
    """What becomes of one line; without the edits, for proofs."""
    data = _encoded(line if procedure.converted else traditional(line))
    data, _ = annotate(data, (), procedure)
    return _joined(units(data, cuts(data, procedure)), narrow=procedure.narrow)


def traditional(text: str) -> str:
    """Each character in the converter's traditional form."""
    return "".join(map(traditional_form, text))


@cache
def traditional_form(character: str) -> str:
    """The form in which the converter writes a simplified character; no phrases, so one for one."""
    if character < "㐀":
        return character
    form = _FORMS.get(character) or str(_converter().convert(character))
    return form if len(form) == 1 else character


def narrowed(text: str) -> str:
    """A text with its full-width signs in ASCII."""
    return text.translate(_NARROW)


def toneless(reading: str) -> str:
    """A reading without its tone mark, as other collections have it: `xué` -> `xue`; ü stays."""
    signs = unicodedata.normalize("NFD", reading)
    kept = "".join(sign for sign in signs if sign == _DIAERESIS or not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", kept)


def annotate(data: bytes, starts: Sequence[int], procedure: Procedure) -> tuple[bytes, tuple[int, ...]]:
    """The bytes with all readings, and where the characters that stood at `starts` stand now."""
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
    """The offsets in front of which the bytes are cut, sorted; searched from the right, without overlap."""
    cutting = {mark.encode("gbk")[::-1] for mark in procedure.cuts}
    found = _mark_pattern(procedure.cuts + procedure.protected).finditer(data[::-1])
    return tuple(sorted(len(data) - match.end() for match in found if match[0] in cutting))


def units(data: bytes, at: Sequence[int]) -> Iterator[_Unit]:
    """What a lenient decoder shows of each of the pieces between the cuts."""
    bounds = [0, *(cut for cut in at if cut), len(data)]
    for start, end in pairwise(bounds):
        yield from _decoded(data, start, end)


@cache
def pairs() -> dict[bytes, str]:
    """GBK's pairs of bytes and their characters; a pair without a character is shown as nothing."""
    trails = [trail for trail in range(0x40, 0xFF) if trail != 0x7F]
    every = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in trails)
    return {pair: pair.decode("gbk", "ignore") for pair in every}


def _decoded(data: bytes, start: int, end: int) -> Iterator[_Unit]:
    """The units of one piece: a pair, an ASCII sign, or `?` for bytes that make neither."""
    table = pairs()
    while start < end:
        lead = data[start]
        width = 1 if lead < 0x81 or lead == 0xFF else 2
        if lead < 0x80:
            yield _Unit(start, chr(lead))
        elif width == 1 or start + 1 == end:
            yield _Unit(start, LOST)
        else:
            yield _Unit(start, table.get(data[start : start + 2], LOST))
        start += width


def _encoded(line: str) -> bytes:
    return line.encode("gbk", "replace")


def _joined(shown: Iterator[_Unit], *, narrow: bool) -> str:
    text = "".join(unit.text for unit in shown)
    return narrowed(text) if narrow else text


def _damaged_line(line: str, procedure: Procedure) -> tuple[str, tuple[Edit, ...]]:
    written = line if procedure.converted else traditional(line)
    lengths = [len(_encoded(character)) for character in written]
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length)
    data, moved = annotate(_encoded(written), starts, procedure)
    shown = list(units(data, cuts(data, procedure)))
    segments = list(_segments(line, moved, shown, narrow=procedure.narrow))
    changed = (Edit(start, end, after) for start, end, after in segments if line[start:end] != after)
    return "".join(after for _, _, after in segments), tuple(changed)


def _segments(
    line: str, starts: Sequence[int], shown: Sequence[_Unit], *, narrow: bool
) -> Iterator[tuple[int, int, str]]:
    """The line cut wherever a character of it and a unit of the decoder begin at the same byte."""
    index, text, first = 0, "", 0
    for unit in shown:
        while starts[index] < unit.start:
            index += 1
        if starts[index] == unit.start and index > first:
            yield first, index, text
            first, text = index, ""
        text += narrowed(unit.text) if narrow else unit.text
    if first < len(line) or text:
        yield first, len(line), text


def _shifted(starts: Sequence[int], pieces: Sequence[bytes], width: int, growth: int) -> tuple[int, ...]:
    """Offsets after an insertion behind each pair that parts the pieces."""
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


# -- other families: what other programs did to texts ------------------------------------------------------------------

_ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "·": "&middot;", "&": "&amp;", "\u3000": "&nbsp;"}
_PRIVATE = {"●": "\uf06c", "■": "\uf06e", "◆": "\uf075", "·": "\uf0b7", "√": "\uf0fc", "➢": "\uf0d8"}
_ZERO_WIDTH = "\u200b"


def utf8_as_gbk(text: str) -> Damaged:
    """UTF-8 that was decoded as GBK, as leniently as browsers do."""
    data = text.encode()
    return _whole(text, "".join(unit.text for unit in _decoded(data, 0, len(data))))


def gbk_as_latin1(text: str) -> Damaged:
    """GBK that was decoded as Latin-1."""
    return _whole(text, text.encode("gb18030").decode("latin-1"))


def utf8_as_latin1(text: str) -> Damaged:
    """UTF-8 that was decoded as Latin-1."""
    return _whole(text, text.encode().decode("latin-1"))


def with_entities(text: str) -> Damaged:
    """Signs left over as HTML entities."""
    return _replaced(text, _ENTITIES)


def with_private_use(text: str) -> Damaged:
    """Bullets of old Word fonts: code points of the private use area."""
    return _replaced(text, _PRIVATE)


def with_radicals(text: str) -> Damaged:
    """Radicals for the characters that look like them, as some PDFs have them."""
    return _replaced(text, _radicals())


def with_zero_width(text: str, *, every: int = 7) -> Damaged:
    """A zero-width blank behind every few characters."""
    edits = tuple(Edit(place, place, _ZERO_WIDTH) for place in range(every, len(text) + 1, every))
    return Damaged(text, Aligned.of(text).apply(edits).text, edits)


def with_doubled(text: str) -> Damaged:
    """Every character twice, as bold print is drawn in some PDFs."""
    edits = tuple(Edit(place, place + 1, sign * 2) for place, sign in enumerate(text) if not sign.isspace())
    return Damaged(text, Aligned.of(text).apply(edits).text, edits)


def _whole(clean: str, damaged: str) -> Damaged:
    return Damaged(clean, damaged, (Edit(0, len(clean), damaged),) if clean != damaged else ())


def _replaced(clean: str, table: Mapping[str, str]) -> Damaged:
    edits = tuple(Edit(place, place + 1, table[sign]) for place, sign in enumerate(clean) if sign in table)
    return Damaged(clean, Aligned.of(clean).apply(edits).text, edits)


@cache
def _radicals() -> Mapping[str, str]:
    """Characters by the Kangxi radicals that Unicode maps to them."""
    return {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
