"""Texts, lines or longer runs decoded in the wrong encoding: `鐨勫伐浣` for 的工作, `¹¤×÷` for 工作.

The characters are turned back into the bytes they came from, and these are read anew. Where the new reading is Chinese
by the character model and the old one is not, every character is replaced on the smallest stretch that both readings
share. UTF-8 proves itself by its pattern of bytes; a byte that the wrong reading lost is filled by the model where two
of a character's three bytes are left; where they make a numeral, or fewer are left, U+FFFD stays in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import exp, prod
from typing import NamedTuple

from zongji.corpus.alignment import Edit
from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.models.characters import Characters, load, normal
from zongji.pipeline.restore.misdecoded.encodings import (
    UNREAD,
    Misreading,
    gbk_gate,
    latin_gate,
    read_as_gbk,
    read_as_latin,
)
from zongji.pipeline.restore.record import Certainty, Kind, Repair
from zongji.pipeline.restore.script import simplified

# Mean log probabilities of a character, measured on this model: Chinese plans -4, names and literature -8 to -12,
# UTF-8 as GBK -17, GBK as Latin-1 -19, Big5 as GBK -16, Japanese -14 to -16.
_CHINESE = -12.5
_GAIN = 2.5  # minimal gain of the right reading
_FEW = 7  # candidates of the next character tried with each of this one
_SAMPLE = 300  # characters of a run that are judged
_OTHERS = 5  # alternatives that are kept
_NUMERALS = frozenset(f"〇零{UP_TO_TEN}两廿百千万亿几半")
_FEWEST = 2  # characters a run must have; one may be chance (é—— is 闗)


class _Choice(NamedTuple):
    """The reading of a unit, its confidence, and its alternatives, likeliest first."""

    text: str
    confidence: float = 1.0
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    """A character of the right reading: the span of its bytes, and its candidates."""

    start: int
    end: int
    candidates: tuple[str, ...]
    kind: str


def edits(text: str) -> Sequence[Edit]:
    """Edits from misdecoded characters to the right ones."""
    return [repair.edit for repair in repairs(text)]


def repairs(text: str) -> Sequence[Repair]:
    """Repairs of the misdecoded characters of a text; `likely` where the model filled in a lost byte."""
    found: list[Repair] = []
    families = ((gbk_gate, read_as_gbk), (latin_gate, read_as_latin))
    for misreading in chain.from_iterable(misreadings() for gate, misreadings in families if gate().search(text)):
        if misreading.scan.search(text):
            taken = {offset for repair in found for offset in range(repair.start, repair.end)}
            found += (one for one in _repairs(text, misreading) if taken.isdisjoint(range(one.start, one.end)))
    return sorted(found, key=lambda repair: repair.start)


def _repairs(text: str, misreading: Misreading) -> Iterator[Repair]:
    for line in re.finditer(r"[^\n]+", text):
        if misreading.line.search(line[0]):
            yield from _repairs_of_line(line[0], line.start(), misreading)


def _repairs_of_line(line: str, offset_of_line: int, misreading: Misreading) -> Iterator[Repair]:
    data = [misreading.encode(character) for character in line]
    characters = {0: 0}  # byte offset to character offset
    offset = 0
    for index, piece in enumerate(data, start=1):
        offset += len(piece)
        characters[offset] = index
    for run in _runs(b"".join(data), line, characters, misreading):
        if not _is_whole(run):
            continue
        after = _chosen(run)
        start, end = characters[run[0].start], characters[run[-1].end]
        if _is_better(line[start:end], "".join(choice.text for choice in after), run):
            yield from _segments(line, offset_of_line, run, after, characters)


def _runs(data: bytes, line: str, characters: Mapping[int, int], misreading: Misreading) -> Iterator[Sequence[_Unit]]:
    """Neighbouring units, from the first to the last that is no ASCII, beginning and ending where characters do."""
    run: list[_Unit] = []
    position = 0
    while position < len(data):
        match = misreading.units.match(data, position)
        candidates = misreading.read(match) if match else ()
        opens = match is not None and match.lastgroup not in misreading.inner and position in characters
        if match and candidates and (run or (opens and line[characters[position]] not in misreading.edges)):
            run.append(_Unit(position, match.end(), candidates, match.lastgroup or ""))
            position = match.end()
        elif run:
            yield from _trimmed(run, characters, misreading)
            run = []
        else:
            position += 1
    yield from _trimmed(run, characters, misreading)


def _trimmed(run: list[_Unit], characters: Mapping[int, int], misreading: Misreading) -> Iterator[Sequence[_Unit]]:
    while run and (run[-1].kind in misreading.inner or run[-1].end not in characters):
        run.pop()
    if run:
        yield run


def _is_whole(run: Sequence[_Unit]) -> bool:
    """True where at least half of a run's characters have all their bytes."""
    return _full(run) * 2 >= sum(unit.kind != "plain" for unit in run)


def _full(run: Sequence[_Unit]) -> int:
    return sum(unit.kind == "full" for unit in run)  # three bytes or more, or two of GBK


def _is_better(before: str, after: str, run: Sequence[_Unit]) -> bool:
    """True if the new reading is Chinese and the old one is not, or if it is nothing but punctuation."""
    if not any("㐀" <= character <= "鿿" for character in after):
        return all(map(_is_sign, run))
    return _full(run) >= _FEWEST and _merit(after) > max(_CHINESE, _merit(before) + _GAIN)


def _is_sign(unit: _Unit) -> bool:
    """True for ASCII and for signs that UTF-8 writes in three bytes from E2 or in two behind Â: `â€œ`, `Â·`."""
    return unit.kind == "plain" or (unit.end - unit.start == 3 and "\u2010" <= unit.candidates[0] <= "\u22ff")


def _merit(text: str) -> float:
    """The mean log probability of the characters beyond ASCII."""
    seen = normal(simplified("".join(character for character in text if character > "\x7f")[:_SAMPLE]))
    model = _model()
    return sum(model.behind(seen[:index][-3:], sign) for index, sign in enumerate(seen)) / max(1, len(seen))


def _chosen(run: Sequence[_Unit]) -> list[_Choice]:
    """The reading of each unit of a run: the candidate that fits its neighbours best."""
    chosen: list[_Choice] = []
    for unit, following in zip(run, [*run[1:], None], strict=True):
        behind = following.candidates if following and len(following.candidates) <= _FEW else ("",)
        before = "".join(choice.text for choice in chosen[-3:])
        chosen.append(_choice(unit.candidates, before, behind))
    return chosen


def _choice(candidates: Sequence[str], before: str, behind: Sequence[str]) -> _Choice:
    """The best candidate; a numeral is never guessed, because it would become a figure."""
    if len(candidates) == 1:
        return _Choice(candidates[0])
    history, model = normal(simplified(before)), _model()

    def merit(candidate: str) -> float:
        return max(merit_of(candidate + following) for following in behind)

    def merit_of(behind: str) -> float:
        text = history + normal(simplified(behind))
        return sum(model.behind(text[:index], text[index]) for index in range(len(history), len(text)))

    merits = {candidate: merit(candidate) for candidate in candidates}
    best, *others = sorted(candidates, key=merits.__getitem__, reverse=True)
    confidence = 1 / sum(exp(merits[candidate] - merits[best]) for candidate in candidates)
    if best in _NUMERALS:
        return _Choice(UNREAD, 0.0, (best, *others[: _OTHERS - 1]))
    return _Choice(best, confidence, tuple(others[:_OTHERS]))


def _segments(
    line: str, offset: int, run: Sequence[_Unit], after: Sequence[_Choice], characters: Mapping[int, int]
) -> Iterator[Repair]:
    """One repair for each smallest stretch at whose ends both readings have a character's end."""
    start, choices = run[0].start, list[_Choice]()
    for unit, choice in zip(run, after, strict=True):
        choices.append(choice)
        if unit.end in characters:
            first, last = characters[start], characters[unit.end]
            repair = _repair(offset + first, offset + last, line[first:last], choices)
            if repair.after != repair.before:
                yield repair
            start, choices = unit.end, []


def _repair(start: int, end: int, before: str, choices: Sequence[_Choice]) -> Repair:
    texts = [choice.text for choice in choices]
    others: tuple[str, ...] = ()
    for index, choice in enumerate(choices):
        if choice.others:
            others = tuple("".join([*texts[:index], other, *texts[index + 1 :]]) for other in choice.others)
            break
    after, confidence = "".join(texts), prod(choice.confidence for choice in choices)
    certainty = Certainty.LIKELY if others else Certainty.EXACT
    return Repair(
        start,
        end,
        before,
        after,
        Kind.MISREAD,
        Certainty.UNRECOVERED if UNREAD in after else certainty,
        confidence,
        others,
    )


@cache
def _model() -> Characters:
    return Characters(load())
