"""Which lines of a web page are its main content: trafilatura and our block rules are asked, and one is followed.

A page without navigation is main content from top to bottom. On any other, trafilatura says which lines are the text;
what stands between two of them and is no navigation belongs to it. Where it leaves out most of the prose on the page,
it is not followed: then its sentences and the lines that are no navigation are the text, or else all lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zongji.pipeline.sources.html import Shown
from zongji.pipeline.sources.web_lines import PageLine, letters_of
from zongji.pipeline.sources.web_voice import main_text

# Measured on 76 Chinese pages of news and office sites (tests/bench/pages_content.py).
GRAM = 8  # letters of the pieces by which a line is found in a voice's text
SUPPORT = 0.6  # share of its pieces that must be there
SURE = 12  # letters of a line that cannot stand elsewhere on the page by chance
FEWEST_LINKS = 3  # lines of links that make a page one with navigation
PROSE_SHARE = 0.3  # of the page's prose that a voice must have
ENOUGH = 200  # letters of prose that are enough, however much more the page has (comments, other articles)
GAP = 400  # letters between two stretches of main content that belong to it
STRETCH_SHARE = 0.3  # of the main stretch's prose, from which another one is main content, too
STRETCH = 100  # letters of prose that such a stretch must have
TITLED_SHARE = 0.15  # of the longest stretch's prose, from which the one below the title is preferred to it
NEAR = 15  # lines below the title within which its text begins, and below that within which it goes on
FEWEST = 20  # letters of a page that says anything

_PARTS = re.compile(r"[\n|]")  # a voice's lines, and the cells of its tables
_FOOTER = re.compile(r"版权所有|Copyright|©|ICP备|公网安备|技术支持[：:]|All Rights Reserved", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MainContent:
    """The indexes of the lines of the main content, and whether they could only be guessed."""

    lines: frozenset[int]
    guessed: bool = False


def main_content(source: str, shown: Shown, lines: Sequence[PageLine], titles: Sequence[str]) -> MainContent:
    """The main content of a page that states these titles; all of its lines where nothing tells them apart."""
    if not _has_navigation(lines):
        return MainContent(frozenset(range(len(lines))))
    supported = _supported(lines, main_text(source, shown.depth))
    said = frozenset(_within_stretches(lines, supported, _titled(lines, titles)))
    if _letters(lines, said) >= FEWEST and _is_heard(lines, said):
        return MainContent(said)
    own = frozenset(index for index, line in enumerate(lines) if line.is_sentence or not _is_navigation(line))
    if _letters(lines, own) >= FEWEST:
        return MainContent(own)
    return MainContent(frozenset(range(len(lines))), guessed=True)


def _letters(lines: Sequence[PageLine], indexes: Iterable[int]) -> int:
    return sum(len(lines[index].letters) for index in indexes)


def _is_heard(lines: Sequence[PageLine], said: Iterable[int]) -> bool:
    """Whether the voice has enough of the prose on the page."""
    prose = sum(len(line.letters) for line in lines if line.is_prose)
    return _letters(lines, (index for index in said if lines[index].is_prose)) >= min(PROSE_SHARE * prose, ENOUGH)


def _has_navigation(lines: Sequence[PageLine]) -> bool:
    return any(line.is_navigation for line in lines) or sum(line.is_link for line in lines) >= FEWEST_LINKS


def _supported(lines: Sequence[PageLine], said: str) -> list[bool]:
    """Whether each line stands in what a voice said."""
    letters = letters_of(said)
    grams = {letters[start : start + GRAM] for start in range(len(letters) - GRAM + 1)}
    whole = set(map(letters_of, _PARTS.split(said)))
    return [_stands_in(line.letters, grams, whole) for line in lines]


def _stands_in(letters: str, grams: set[str], whole: set[str]) -> bool:
    if len(letters) < SURE:
        return bool(letters) and letters in whole
    pieces = [letters[start : start + GRAM] for start in range(len(letters) - GRAM + 1)]
    return sum(piece in grams for piece in pieces) >= SUPPORT * len(pieces)


def _titled(lines: Sequence[PageLine], titles: Sequence[str]) -> int | None:
    """The index of the last line that is a stated title and no link."""
    stated = set(map(letters_of, titles))
    fitting = (index for index, line in enumerate(lines) if line.letters in stated and not line.is_link)
    return max(fitting, default=None)


def _within_stretches(lines: Sequence[PageLine], supported: Sequence[bool], titled: int | None) -> Iterator[int]:
    """The lines of the main content: stretches of what is supported, the gaps in them filled."""
    seen: set[str] = set()
    for stretch in _chosen([_weighed(lines, supported, run, seen) for run in _runs(lines, supported)], titled):
        for index in range(stretch.first, stretch.last):
            line = lines[index]
            is_list = line.is_link and line.is_navigation
            if not is_list and (supported[index] or not _is_navigation(line)):
                yield index


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines `[first, last)` with the letters of those that are supported, and of those that are prose as well."""

    first: int
    last: int
    letters: int
    prose: int


_NOTHING = _Stretch(0, 0, 0, 0)


def _chosen(stretches: Sequence[_Stretch], titled: int | None) -> Iterator[_Stretch]:
    """The stretch below the title, or else the one with most prose, and what is as long an article as that."""
    below = _below(stretches, titled)
    main = below or max(stretches, key=lambda stretch: (stretch.prose, stretch.letters), default=_NOTHING)
    for stretch in stretches:
        is_article = stretch.prose >= max(STRETCH_SHARE * main.prose, STRETCH)
        goes_on = stretch.prose and stretch.letters >= STRETCH_SHARE * main.letters
        if stretch is main or ((is_article or goes_on) and not (below and stretch.first > main.last + NEAR)):
            yield stretch


def _below(stretches: Sequence[_Stretch], titled: int | None) -> _Stretch | None:
    """The first stretch of prose that lies around the title or right below it; one paragraph alone is a summary."""
    if titled is None:
        return None
    most = max((stretch.prose for stretch in stretches), default=0)
    near = (stretch for stretch in stretches if stretch.last > titled and stretch.first <= titled + NEAR)
    return next((stretch for stretch in near if stretch.prose >= max(TITLED_SHARE * most, 1)), None)


def _weighed(lines: Sequence[PageLine], supported: Sequence[bool], run: range, seen: set[str]) -> _Stretch:
    """A run without the lists of links and the footer at its ends; what stood further up weighs nothing."""
    first, last = run.start, run.stop
    while last - first > 1 and (_is_apart(lines[last - 1]) or _FOOTER.search(lines[last - 1].text)):
        last -= 1
    while last - first > 1 and _is_apart(lines[first]):
        first += 1
    said = [lines[index] for index in range(first, last) if supported[index] and lines[index].letters not in seen]
    seen.update(line.letters for line in said)
    return _Stretch(first, last, *(sum(len(line.letters) for line in of) for of in (said, filter(_is_prose, said))))


def _runs(lines: Sequence[PageLine], supported: Sequence[bool]) -> list[range]:
    """Runs of supported lines around sure ones, joined over gaps that are short and hold no navigation."""
    runs: list[range] = []
    for index in (index for index, line in enumerate(lines) if supported[index] and len(line.letters) >= SURE):
        first, floor = index, runs[-1].stop if runs else 0
        while first > floor and supported[first - 1] and not _is_apart(lines[first - 1]):
            first -= 1
        if runs and _gap(lines, floor, first) <= GAP:
            runs[-1] = range(runs[-1].start, index + 1)
        else:
            runs.append(range(first, index + 1))
    return [_extended(lines, supported, run) for run in runs]


def _extended(lines: Sequence[PageLine], supported: Sequence[bool], run: range) -> range:
    last = run.stop
    while last < len(lines) and supported[last] and not _is_apart(lines[last]):
        last += 1
    return range(run.start, last)


def _gap(lines: Sequence[PageLine], first: int, last: int) -> int:
    """The letters between two lines; a line of navigation weighs as much as a quarter of what a gap may hold."""
    return sum(GAP // 4 if _is_apart(line) else len(line.letters) for line in lines[first:last])


def _is_apart(line: PageLine) -> bool:
    """Whether no text begins or ends with it: what is navigation by its element, a paragraph excepted."""
    return line.is_navigation and (line.is_link or not line.is_prose)


def _is_navigation(line: PageLine) -> bool:
    """Whether it is navigation by its element or by its links."""
    return line.is_navigation or line.is_link


def _is_prose(line: PageLine) -> bool:
    return line.is_prose
