"""What is navigation or hidden on a page, judged on the tree a browser would build.

Lexbor repairs the page but tells no offsets. So it is given a skeleton: the tags without their attributes, and in the
place of each text its number. The repaired skeleton is well-formed, and the numbers in it say which text lies where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import sub
from typing import NamedTuple

from zongji.pipeline.sources.html_skeleton import Skeleton, skeletons
from zongji.pipeline.sources.html_tags import Tag, names

# A list of links: at least three, that make up three fifths of its characters. A longer link than this is prose behind
# a link that was never closed.
LINKS = 3
LINK_SHARE = 0.6
LINK_LENGTH = 60

# An element with half of the page's text is content whatever its class, unless the page is shorter than this.
PAGE_SHARE = 0.5
PAGE_LENGTH = 200

NO_LIST = names("html body span x-a")  # elements that are no link list however many links they hold

SETTLED = frozenset("hnbft")  # flags of what may be left out, whatever is in it

_EVENT = re.compile(r'<(/?)([a-z0-9-]+)(?: z="(\w)")?>|(\d+);')  # closing, name, flag; number of a text


@dataclass(frozen=True, slots=True)
class Structure:
    """The numbers of the texts that are hidden, of those that are navigation, and of those in links."""

    hidden: frozenset[int] = frozenset()
    boilerplate: frozenset[int] = frozenset()
    linked: frozenset[int] = frozenset()
    depth: int = 0
    """How deeply elements are nested, at most."""


class _Totals(NamedTuple):
    """Running counts: texts, their characters, characters in links, links."""

    texts: int
    characters: int
    linked: int
    links: int


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of the tree: its flag, the texts in it `[first, last)`, and what they come to."""

    flag: str
    first: int
    last: int
    characters: int
    linked: int
    links: int

    @property
    def unlinked(self) -> int:
        """Its characters that are in no link."""
        return self.characters - self.linked

    @property
    def is_link_list(self) -> bool:
        """Whether it is mostly links."""
        return self.links >= LINKS and self.linked >= LINK_SHARE * self.characters


class _Walk:
    """A walk over repaired skeletons that collects the texts and the elements that may be excluded."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self.in_links: list[int] = []
        self.elements: list[_Element] = []
        self.characters = self.linked = self.links = self.depth = 0
        self._open: list[tuple[str, str, _Totals]] = []
        self._links_open = 0

    def start(self, name: str, flag: str) -> None:
        """An element begins."""
        self._open.append((name, flag, self._totals()))
        self.depth = max(self.depth, len(self._open))
        self._links_open += flag == "l"

    def end(self) -> None:
        """The innermost element ends."""
        name, flag, start = self._open.pop()
        self._links_open -= flag == "l"
        if flag not in SETTLED and name in NO_LIST:
            return
        element = _Element(self._settled(flag), start.texts, *map(sub, self._totals(), (0, *start[1:])))
        if element.flag in SETTLED or element.is_link_list:
            self.elements.append(element)

    def text(self, number: int, length: int) -> None:
        """A text with so many characters."""
        self.order.append(number)
        self.characters += length
        if self._links_open and length <= LINK_LENGTH:
            self.linked += length
            self.links += 1
            self.in_links.append(number)

    def _totals(self) -> _Totals:
        return _Totals(len(self.order), self.characters, self.linked, self.links)

    def _settled(self, flag: str) -> str:
        """The flag of an element that closes: the header of an article is no navigation, it holds the title."""
        return "" if flag == "t" and any(flag == "m" for _, flag, _ in self._open) else flag


def structure_of(source: str, markup: Sequence[Tag]) -> Structure:
    """What is hidden and what is navigation. Text number *i* lies in front of the *i*-th tag, the last behind all."""
    walk = _Walk()
    for skeleton in skeletons(source, markup):
        if skeleton.lengths:
            _walk(walk, skeleton)
    chosen = [element for element in walk.elements if not _is_page(element, walk.characters - walk.linked)]
    hidden = _numbers(walk.order, (element for element in chosen if element.flag == "h"))
    return Structure(hidden, _numbers(walk.order, chosen) - hidden, frozenset(walk.in_links), walk.depth)


def _walk(walk: _Walk, skeleton: Skeleton) -> None:
    for closing, name, flag, number in _EVENT.findall(_repaired(skeleton.html)):
        if number:
            walk.text(int(number), skeleton.lengths[int(number)])
        elif closing:
            walk.end()
        else:
            walk.start(name, flag)


def _repaired(skeleton: str) -> str:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  (texts must not pay for it)

    return LexborHTMLParser(skeleton).html or ""


def _is_page(element: _Element, page: int) -> bool:
    """Whether the element holds most of the page: then its name misleads (an ASP.NET page is all one form)."""
    if element.flag == "n" or element.unlinked < PAGE_SHARE * page or not element.unlinked:
        return False
    return element.flag == "f" or element.unlinked >= PAGE_LENGTH


def _numbers(order: Sequence[int], elements: Iterable[_Element]) -> frozenset[int]:
    """The texts in these elements, each walked once however deep they are nested."""
    numbers: set[int] = set()
    done = 0
    for start, end in sorted((element.first, element.last) for element in elements):
        numbers.update(order[max(start, done) : end])
        done = max(done, end)
    return frozenset(numbers)
