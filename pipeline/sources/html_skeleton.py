"""A page reduced to what its tree depends on: tags without attributes, and a number instead of each text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zongji.pipeline.sources.html_tags import UNSHOWN, Tag, attributes_of, names

BLOCKS = names(
    """address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer
    h1 h2 h3 h4 h5 h6 header li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"""
)
VOID = names("area base br col embed hr img input link meta param source track wbr")
WITHOUT_BEARING = UNSHOWN | VOID | {"", "html", "body"}

# At many tags lexbor walks up all open elements: 5,000 nested ones take 45 ms, 100,000 take 17 s. So a larger page is
# repaired in stretches of so many tags, and only navigation at a boundary may be missed.
STRETCH = 5000

# One letter says what an element's name, class or style makes it: h hidden or struck out, n navigation for certain,
# t the header of something, f a form, b called like navigation, m the main part, l a link.
FLAGS = {"nav": "n", "footer": "n", "header": "t", "aside": "b", "form": "f", "article": "m", "main": "m"}
FLAGS |= dict.fromkeys(("del", "s", "strike"), "h")
ROLES = {"navigation": "n", "contentinfo": "n", "banner": "t", "search": "b", "complementary": "b", "main": "m"}

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
# Class and id words of elements that are not the text; 导航 daohang, 底部 dibu, 版权 banquan, 面包屑 mianbao.
_NAVIGATION_WORD = re.compile(
    r"""(?:top|left|right|main|sub|side|foot|head|bottom)?(?:nav|navi|navbar|navigation|menu|bar)
    |breadcrumbs?|crumbs?|mianbao\w*|sidebar\w*|foot|footer\w*|dibu|daohang|banquan|copyright\w*|recommend\w*|tuijian
    |related\w*|friendlinks?|pagination|pager|share|sharing|comments?|banner|hotlist|ranking|prevnext""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A reduced stretch of the page, and the length of each numbered text in it."""

    html: str
    lengths: dict[int, int]


def skeletons(source: str, markup: Sequence[Tag]) -> Iterator[Skeleton]:
    """The page in stretches. Text number *i* lies in front of the *i*-th tag; the last one behind all tags."""
    pieces = (*markup, Tag(len(source), len(source)))
    position = 0
    for first in range(0, len(pieces), STRETCH):
        stretch = pieces[first : first + STRETCH]
        yield _skeleton(source, stretch, first, position)
        position = stretch[-1].end


def _skeleton(source: str, markup: Sequence[Tag], first: int, position: int) -> Skeleton:
    parts = ["<!doctype html>"]  # without it a table does not end a paragraph
    lengths: dict[int, int] = {}
    for number, tag in enumerate(markup, start=first):
        if length := len(source[position : tag.start].strip()):
            lengths[number] = length
            parts.append(f"{number};")
        parts.append(_reduced(tag))
        position = tag.end
    return Skeleton("".join(parts), lengths)


def _reduced(tag: Tag) -> str:
    """The tag as written in the skeleton; empty if it does not affect the tree."""
    if tag.name in WITHOUT_BEARING:
        return ""
    name = _name(tag.name)
    if tag.closing:
        return f"</{name}>"
    flag = _flag(tag)
    return f'<{name} z="{flag}">' if flag else f"<{name}>"


def _name(name: str) -> str:
    """The element that stands for this one. Real `a`, `b` and `font` would be re-opened in every block behind them."""
    if name == "form":
        return "dir"  # an ordinary block, where forms may not nest
    if name in BLOCKS:
        return name
    return "x-a" if name == "a" else "span"


def _flag(tag: Tag) -> str:
    if not tag.attributes:
        return FLAGS.get(tag.name, "")
    attributes = attributes_of(tag)
    if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
        return "h"
    if tag.name == "a":
        return "l" if "href" in attributes else ""
    if attributes.get("title") in {"header", "footer"}:  # LibreOffice's, around what stands on every page
        return "n"
    flag = FLAGS.get(tag.name) or ROLES.get(attributes.get("role", "").lower(), "")
    return flag or ("b" if _is_called_navigation(f"{attributes.get('class', '')} {attributes.get('id', '')}") else "")


@lru_cache(maxsize=1024)
def _is_called_navigation(names: str) -> bool:
    words = re.split(r"[^a-z]+", _HUMP.sub(" ", names).lower())
    return any(map(_NAVIGATION_WORD.fullmatch, words))
