"""A page reduced to what its tree depends on: tags without attributes, and a number in the place of each text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from zongji.pipeline.sources.html_tags import UNSHOWN, Tag

# Elements that end by themselves where the next one begins, so that an end tag they lack does not nest them.
SELF_ENDING = frozenset("p li dt dd tr td th thead tbody tfoot caption".split())
BLOCKS = SELF_ENDING | frozenset(
    """address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer h1 h2 h3 h4
    h5 h6 header main menu nav ol pre search section summary table ul""".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

# Lexbor walks up the open elements at many tags, so depth must have a bound or its time has none: browsers stop at 512.
# Inline elements need little: unclosed <font> and <b> nest by mistake.
BLOCK_DEPTH = 128
INLINE_DEPTH = 8

# One letter says what an element's name, class or style makes it: h hidden, n navigation for certain, t the header
# of something, f a form, b called like navigation, m the main part, l a link.
FLAGS = {"nav": "n", "footer": "n", "header": "t", "aside": "b", "form": "f", "article": "m", "main": "m"}
ROLES = {"navigation": "n", "contentinfo": "n", "banner": "t", "search": "b", "complementary": "b", "main": "m"}

_ATTRIBUTE = re.compile(r"""\b(class|id|role|style|hidden|href)\b(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""", re.I)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# Words in class and id of what is not the text; 导航 daohang, 底部 dibu, 版权 banquan, 面包屑 mianbao.
_NAVIGATION_WORD = re.compile(
    r"""(?:top|left|right|main|sub|side|foot|head|bottom)?(?:nav|navi|navbar|navigation|menu|bar)
    |breadcrumbs?|crumbs?|mianbao\w*|sidebar\w*|foot|footer\w*|dibu|daohang|banquan|copyright\w*|recommend\w*|tuijian
    |related\w*|friendlinks?|pagination|pager|share|sharing|comments?|banner|hotlist|ranking|prevnext""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The reduced page, and the length of each numbered text."""

    html: str
    lengths: dict[int, int]


def skeleton_of(source: str, markup: Sequence[Tag]) -> Skeleton:
    """The skeleton of the page. Text number *i* lies in front of the *i*-th tag; the last one behind all tags."""
    parts = ["<!doctype html>"]  # without it a table does not end a paragraph
    lengths: dict[int, int] = {}
    depth = _Depth()
    position = 0
    for number, tag in enumerate((*markup, Tag(len(source), len(source)))):
        length = len(source[position : tag.start].strip())
        if length:
            lengths[number] = length
            parts.append(f"{number};")
        position = tag.end
        parts.append(_reduced(tag, depth))
    return Skeleton("".join(parts), lengths)


class _Depth:
    """Counts of open elements, by which tags that nest too deep are left out."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def admits(self, name: str, *, closing: bool, bound: int, kind: str) -> bool:
        """Whether the tag is written; its element is counted either way, so that start and end tags stay pairs."""
        if not closing:
            self._open[kind] += 1
            return self._open[kind] <= bound
        self._open[kind] = max(self._open[kind] - 1, 0)
        return self._open[kind] < bound

    def end_of_block(self) -> None:
        """Inline elements end with their block."""
        self._open["inline"] = 0


def _reduced(tag: Tag, depth: _Depth) -> str:
    """The tag as it stands in the skeleton; an empty string for one without a bearing on the tree."""
    if not tag.name or tag.name in VOID or tag.name in UNSHOWN or tag.name in {"html", "body"}:
        return ""
    name = _name(tag.name)
    if name in SELF_ENDING:
        depth.end_of_block()
    elif name in BLOCKS:
        depth.end_of_block()
        if not depth.admits(name, closing=tag.closing, bound=BLOCK_DEPTH, kind="block"):
            return ""
    elif not depth.admits(name, closing=tag.closing, bound=INLINE_DEPTH, kind="inline"):
        return ""
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
    attributes = {
        match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag.attributes)
    }
    if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
        return "h"
    if tag.name == "a":
        return "l" if "href" in attributes else ""
    flag = FLAGS.get(tag.name) or ROLES.get(attributes.get("role", "").lower(), "")
    return flag or ("b" if _is_called_navigation(f"{attributes.get('class', '')} {attributes.get('id', '')}") else "")


def _is_called_navigation(names: str) -> bool:
    words = re.split(r"[^a-z]+", _HUMP.sub(" ", names).lower())
    return any(map(_NAVIGATION_WORD.fullmatch, words))
