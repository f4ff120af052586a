"""When a document was signed or published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Span
from zongji.pipeline.metadata.passages import Passages
from zongji.pipeline.metadata.said import Said
from zongji.pipeline.metadata.stated import Stated
from zongji.pipeline.metadata.stated_dates import Stretch, stretches
from zongji.pipeline.structure.headings import Line

_BARE = re.compile(r"[\s（(【\[)）】\]。.:：]*(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[\s（(【\[)）】\]。.]*")
_POSTED = WordPattern(
    "document_cues", r"(?<![㐀-鿿])(?:{posted-label})(?:时间|日期)?(?:于|是)?[ \u3000]*[:：]?[ \u3000]*$"
)
_CLOCK = re.compile(r"[ T]*\d{1,2}[:：]\d\d")
_ISSUE = re.compile(r"第.{1,5}期")
_SIGNED = re.compile(r"[^。；！？!?，,：:]*")
_LONGEST_SIGNATURE = 40  # characters of an office's name before its date; set by hand

_Found = tuple[Stretch, Line]
_Rule = Callable[[Passages], Iterator[_Found]]


def date_of(passages: Passages, stated: Stated) -> Said | None:
    """The date that the first of `RULES` finds, else the one that the head of a page states.

    What is stated of this document alone (front matter, a column of its row) comes right behind a signature.
    """
    for rule, confidence in RULES.items():
        if rule is not _signed and stated.is_sure and stated.date:
            break
        for found, line in rule(passages):
            if (day := found.first()) is not None:
                place = Span(line.start + found.start, line.start + found.end)
                return Said(day, found.text, place, rule.__name__.strip("_"), confidence)
    return stated_by_format(stated)


def stated_by_format(stated: Stated) -> Said | None:
    """What front matter, the head of a page or a column of a dump states."""
    return Said(stated.date, stated.date, None, stated_by_format.__name__, 0.9) if stated.date else None


def _signed(passages: Passages) -> Iterator[_Found]:
    """The date of the signature: a line of its own at the end, or behind the name of the office."""
    for line in reversed(passages.last):
        *_, found = [None, *_single(line)]
        if found is None or line.text[-1] in "。；" or not _BARE.fullmatch(line.text[found.end :]):
            continue
        before = line.text[: found.start]
        if len(before) <= _LONGEST_SIGNATURE and _SIGNED.fullmatch(before):
            yield found, line


def _posted(passages: Passages) -> Iterator[_Found]:
    """When the site published it: `发布时间：2018-07-26`, or a day with a time of day on a line of its own."""
    for line in (*passages.site, *_lines_of_block(passages), *passages.lines[:1], *passages.last):
        for found in _single(line):
            behind = line.text[found.end :]
            alone = _BARE.fullmatch(line.text[: found.start]) and _BARE.fullmatch(behind)
            if _POSTED.search(line.text[: found.start]) or _CLOCK.match(behind) or (alone and line in passages.site):
                yield found, line


def _issued(passages: Passages) -> Iterator[_Found]:
    """The date of an issue: `第7期　2023年5月30日`."""
    for line in (*passages.site, *_under_title(passages)):
        if _ISSUE.search(line.text):
            yield from ((found, line) for found in _single(line))


def _under_the_title(passages: Passages) -> Iterator[_Found]:
    """A day under the title: `（2024年1月9日）`, or with the occasion on which a report was given."""
    for line in _under_title(passages):
        yield from ((found, line) for found in _single(line) if found.day)


RULES: dict[_Rule, float] = {_signed: 0.95, _posted: 0.95, _issued: 0.9, _under_the_title: 0.75}
"""Where a date may stand, strongest first, each with its confidence; set by hand."""


def _single(line: Line) -> Iterable[Stretch]:
    """The dates of a line that are no stretches of days and state their year."""
    return (found for found in stretches(line.text) if found.year and not found.is_long)


def _under_title(passages: Passages) -> tuple[Line, ...]:
    """The lines of the block below its first."""
    return _lines_of_block(passages)[1:]


def _lines_of_block(passages: Passages) -> tuple[Line, ...]:
    block = passages.block
    lines = block.text.split("\n") if block.text else []
    return tuple(
        Line(start, start + len(text), text) for start, text in zip(block.origins, lines, strict=False) if text
    )
