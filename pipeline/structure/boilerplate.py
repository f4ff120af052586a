"""How strongly each line of a file looks like website or template text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from zongji.corpus import lexicon
from zongji.corpus.patterns import WordPattern
from zongji.pipeline.structure.headings import Line

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_SITE_LINE = WordPattern("document_cues", "(?:{site-label})[:：]")
_PATH = re.compile(r"(?:当前位置|您的位置|首页)|[>›»＞].*[>›»＞]|(?:[^|｜\d\t]{2,8}[|｜]){3,}|(?:https?://|www\.)\S+")

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_LONGEST = 120  # characters of a line of site data
_FEWEST_LABELS = 2  # labels that make a line site data: documents may have one, too
CERTAIN = 3  # boilerplate strength, on the scale of boilerplate.tsv
_BARS = re.compile(r"[|｜][^|｜]*[|｜]")  # in adjacent lines: the rows of a table


@dataclass(frozen=True, slots=True)
class BoilerplateWord:
    """A row of `boilerplate.tsv`."""

    word: str
    strength: int


def boilerplate_strengths(text: str, lines: Sequence[Line]) -> dict[int, int]:
    """Line index to the summed strength of its words; from `CERTAIN` on, it is boilerplate."""
    automaton, strengths = _automaton()
    starts = [line.start for line in lines]
    found: dict[int, set[int]] = {}
    for pattern, start, _ in automaton.find_matches_as_indexes(text):
        found.setdefault(bisect_right(starts, start) - 1, set()).add(pattern)
    summed = {index: sum(strengths[pattern] for pattern in patterns) for index, patterns in found.items()}
    barred = [False, *(len(line.text) <= _LONGEST and bool(_BARS.search(line.text)) for line in lines), False]
    for index, line in enumerate(lines):
        in_table = barred[index + 1] and (barred[index] or barred[index + 2])
        if len(line.text) <= _LONGEST and not in_table and _is_site_line(line.text):
            summed[index] = summed.get(index, 0) + CERTAIN
    return summed


def _is_site_line(text: str) -> bool:
    return len(_SITE_LINE.findall(text)) >= _FEWEST_LABELS or bool(_PATH.search(text))


@cache
def _automaton() -> tuple[AhoCorasick, list[int]]:
    from ahocorasick_rs import AhoCorasick, MatchKind  # noqa: PLC0415  # only when a text is read

    words = lexicon.load("boilerplate", BoilerplateWord)
    automaton = AhoCorasick([row.word for row in words], matchkind=MatchKind.LeftmostLongest)
    return automaton, [row.strength for row in words]
