"""The rule engine for section classes: the words of a heading, each with a weight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from zongji.corpus import lexicon
from zongji.corpus.labels import SectionLabel
from zongji.corpus.patterns import WordPattern

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A row of `headings.tsv`."""

    word: str
    label: SectionLabel
    weight: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The class indicated by a heading's words, and how strongly: the sum of their weights."""

    label: SectionLabel
    weight: int


@lru_cache(maxsize=4096)
def evidence_of(title: str) -> Evidence | None:
    """The class by the words of a heading, None without any; of two equal classes, the first in the heading."""
    automaton, rows = _automaton()
    weights: dict[SectionLabel, int] = {}
    for index, _, _ in automaton.find_matches_as_indexes(title):
        row = rows[index]
        weights[row.label] = weights.get(row.label, 0) + row.weight
    if not weights:
        return None
    label = max(weights, key=lambda candidate: weights[candidate])
    return Evidence(label, weights[label])


_AHEAD = WordPattern(
    "heading_cues",
    r"{ahead}|下半年(?!回顾)|{year}年(?:{ahead-qualifier})*工作(?:{ahead-work})|工作(?:{ahead-end})$"
    r"|{year}年(?!来|以来)[^，。]{0,8}(?:{ahead-of-year})",
    year=r"(?:20[\dxX×_]{2}|[xX×]{2})",
)
_LOOKS_BACK = WordPattern("heading_cues", "{back}")


def looks_ahead(title: str) -> bool:
    """True for a heading of a summary that opens the plan for the next period."""
    evidence = evidence_of(title)
    if evidence is not None and evidence.label is SectionLabel.NEXT_STEPS and evidence.weight >= 5:
        return True
    return (
        bool(_AHEAD.search(title))
        and not _LOOKS_BACK.search(title)
        and not (evidence is not None and evidence.label is SectionLabel.PROBLEMS)
    )


@cache
def _automaton() -> tuple[AhoCorasick, tuple[HeadingRow, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind  # noqa: PLC0415  # only when a text is read

    rows = lexicon.load("headings", HeadingRow)
    return AhoCorasick([row.word for row in rows], matchkind=MatchKind.LeftmostLongest), rows
