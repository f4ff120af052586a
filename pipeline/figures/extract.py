"""Turns a document's numbers into figures and rejections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeAlias

from zongji.corpus.labels import DocumentType, Reason
from zongji.corpus.records import Figure, Rejection, Section, Span
from zongji.pipeline.figures.candidates import Candidate, candidates
from zongji.pipeline.figures.screen import Screen, Screened
from zongji.pipeline.figures.sentences import Sentences
from zongji.pipeline.figures.statements import Decisions, Statement, decisions_of, figure_of


@dataclass(frozen=True, slots=True)
class Extracted:
    """The figures of a document and the numbers rejected as non-figures."""

    figures: tuple[Figure, ...]
    rejected: tuple[Rejection, ...]


class Stated(NamedTuple):
    """What a figure's number states, by which rules, and its record."""

    statement: Statement
    decisions: Decisions
    figure: Figure


Number: TypeAlias = tuple[Screened, Stated | None]
"""A number of a document with all decisions about it; a rejected one has no statement."""


def extract(
    text: str,
    start: int,
    end: int,
    sections: Sequence[Section],
    leaning: DocumentType,
    apart: Sequence[Span] = (),
) -> Extracted:
    """The figures between two offsets, excluding boilerplate.

    Sections are in order; a figure belongs to the last that starts before it.
    """
    figures: list[Figure] = []
    rejected: list[Rejection] = []
    for screened, stated in numbers(text, start, end, sections, leaning, apart):
        if stated is not None:
            figures.append(stated.figure)
        elif screened.reason is not None:
            rejected.append(_rejection(text, screened.candidate, screened.reason[0]))
    return Extracted(tuple(figures), tuple(rejected))


def numbers(
    text: str,
    start: int,
    end: int,
    sections: Sequence[Section],
    leaning: DocumentType,
    apart: Sequence[Span] = (),
) -> Iterator[Number]:
    """All numbers between two offsets, in order, with all decisions about them."""
    screen = Screen(text, start, end, sections, apart)
    starts = [section.start for section in sections]
    sentences = Sentences(text, start, end)
    before: Figure | None = None
    count = 0
    for found in chain.from_iterable(candidates(text, *piece) for piece in screen.pieces(start, end)):
        screened = screen.screened(found)
        if screened.reason is not None and not screened.overruled:
            yield screened, None
            continue
        candidate = screened.candidate
        sentence = sentences.around(candidate.start)
        place = bisect_right(starts, candidate.start) - 1
        section = sections[place] if place >= 0 else None
        same = before if before is not None and before.end > sentence.start else None
        statement = Statement(text, screened, sentence, same, section, leaning)
        decisions = decisions_of(statement)
        count += 1
        before = figure_of(statement, decisions, count)
        yield screened, Stated(statement, decisions, before)


def _rejection(text: str, candidate: Candidate, reason: Reason) -> Rejection:
    return Rejection(candidate.start, candidate.end, text[candidate.start : candidate.end], reason)
