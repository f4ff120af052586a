"""What on a page is navigation and what is hidden, judged on the tree a browser would build.

Lexbor repairs the page but tells no offsets. So it is given a skeleton: the tags without their attributes, and in the
place of each text its number. The repaired skeleton is well-formed, and the numbers in it say which text lies where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zongji.pipeline.sources.html_skeleton import Skeleton, skeleton_of
from zongji.pipeline.sources.html_tags import Tag

# A list of links: at least three, that make up three fifths of its characters. A longer link than this is prose behind
# a link that was never closed.
LINKS = 3
LINK_SHARE = 0.6
LINK_LENGTH = 60

# What holds half of the page's text is the page, whatever it is called; below this length no class is doubted.
PAGE_SHARE = 0.5
PAGE_LENGTH = 200

NO_LIST = frozenset("html body span x-a".split())  # elements that are no list however many links they hold

_EVENT = re.compile(r'<(?P<closing>/?)(?P<name>[a-z0-9-]+)(?: z="(?P<flag>\w)")?>|(?P<number>\d+);')


@dataclass(frozen=True, slots=True)
class Structure:
    """The numbers of the texts that are hidden, and of those that are navigation."""

    hidden: frozenset[int] = frozenset()
    boilerplate: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Totals:
    """What was counted up to a place: texts, their characters, characters in links, links."""

    texts: int = 0
    characters: int = 0
    linked: int = 0
    links: int = 0


@dataclass(frozen=True, slots=True)
class _Element:
    """An element with what was counted at its start and at its end."""

    flag: str
    start: _Totals
    end: _Totals

    @property
    def unlinked(self) -> int:
        return self.end.characters - self.start.characters - (self.end.linked - self.start.linked)

    @property
    def is_link_list(self) -> bool:
        characters = self.end.characters - self.start.characters
        return (
            self.end.links - self.start.links >= LINKS and self.end.linked - self.start.linked >= LINK_SHARE * characters
        )


@dataclass(slots=True)
class _Walk:
    """A walk over the repaired skeleton."""

    lengths: dict[int, int]
    order: list[int] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    totals: _Totals = _Totals()
    open: list[tuple[str, str, _Totals]] = field(default_factory=list)
    links_open: int = 0

    def start(self, name: str, flag: str) -> None:
        self.open.append((name, flag, self.totals))
        self.links_open += flag == "l"

    def end(self) -> None:
        name, flag, start = self.open.pop()
        self.links_open -= flag == "l"
        if flag or name not in NO_LIST:
            self._keep(_Element(self._settled(flag), start, self.totals))

    def text(self, number: int) -> None:
        length = self.lengths[number]
        linked = bool(self.links_open) and length <= LINK_LENGTH
        before = self.totals
        self.order.append(number)
        self.totals = _Totals(
            before.texts + 1, before.characters + length, before.linked + length * linked, before.links + linked
        )

    def _settled(self, flag: str) -> str:
        """The flag of an element that closes: the header of an article is no navigation, it holds the title."""
        return "" if flag == "t" and any(flag == "m" for _, flag, _ in self.open) else flag

    def _keep(self, element: _Element) -> None:
        if element.flag in {"h", "n", "b", "f", "t"} or element.is_link_list:
            self.elements.append(element)


def structure_of(source: str, markup: Sequence[Tag]) -> Structure:
    """What is hidden and what is navigation; nothing of either if the page cannot be repaired.

    Text number *i* lies in front of the *i*-th tag; the last one behind all tags.
    """
    skeleton = skeleton_of(source, markup)
    if not skeleton.lengths:
        return Structure()
    walk = _walked(skeleton)
    page = walk.totals.characters - walk.totals.linked
    chosen = [element for element in walk.elements if not _is_page(element, page)]
    hidden = _numbers(walk.order, [element for element in chosen if element.flag == "h"])
    return Structure(hidden, _numbers(walk.order, chosen) - hidden)


def _walked(skeleton: Skeleton) -> _Walk:
    walk = _Walk(skeleton.lengths)
    for event in _EVENT.finditer(_repaired(skeleton.html)):
        if event["number"]:
            walk.text(int(event["number"]))
        elif not event["closing"]:
            walk.start(event["name"], event["flag"] or "")
        else:
            walk.end()
    return walk


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
    for start, end in sorted((element.start.texts, element.end.texts) for element in elements):
        numbers.update(order[max(start, done) : end])
        done = max(done, end)
    return frozenset(numbers)
