"""HTML source cut into tags with their offsets; what lies between two tags is text.

One pass, linear on any input, tolerant of broken HTML: what does not parse as a tag is text, and nothing is lost that
a browser might show. Comments, and elements that never show (scripts, styles, the head), are one item each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


def names(text: str) -> frozenset[str]:
    """The names of elements, written with blanks between them."""
    return frozenset(text.split())


# Elements whose content no browser with scripts shows as text of the page.
UNSHOWN = names("script style head title noscript template iframe noembed noframes svg canvas")

# A tag ends at the first `>` outside a quoted value; a value is quoted only behind `=`. Every repetition is possessive
# or bounded, so that a broken tag costs a bounded number of steps: 2000 characters are more than any value that holds
# `<` or `>` needs (longer ones, images as data, hold neither), 200 pieces are some 60 attributes.
_FORM = r"""
    (?P<comment> <!-- )
    | <[!?] [^<>]*+ >
    | {opening} (?P<closing>/?) (?P<name>[a-z][\w:.-]*+)
        (?P<attributes> (?: [\s/] (?: [^<>=]++ | = \s*+ (?: "[^"]{{0,2000}}+" | '[^']{{0,2000}}+' ) | = ){{0,200}}+ )? )
      >
    """
_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII
_MARKUP = re.compile(_FORM.format(opening="<"), _FLAGS)
# Where a character's first byte took the `<` with it (`zongji.corpus.noise`), `?/p>` stands for `</p>` behind a `?`.
_EATEN = r"(?<=\?) (?= /?(?:p|div|span|br|strong|em|font|t[dhr]|li|[uo]l|h[1-6])[\s/>] | /[abiu]> )"
_MARKUP_OR_EATEN = re.compile(_FORM.format(opening=f"(?: < | {_EATEN} )"), _FLAGS)  # slower: it may begin anywhere
_HAS_EATEN = re.compile(rf"\? {_EATEN}", _FLAGS)
_ENDS = {name: re.compile(rf"</{name}(?:[\s/][^<>]*+)?>", re.IGNORECASE) for name in UNSHOWN}
_ATTRIBUTE = re.compile(r"""([\w:-]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A piece of markup `[start, end)` of the source. A comment has no name; an unshown element is one piece."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    attributes: str = ""


def attributes_of(tag: Tag) -> dict[str, str]:
    """The attributes by their names in small letters, values as they stand."""
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag.attributes)}


def tags(source: str) -> Iterator[Tag]:
    """All markup of the source, in order."""
    missing: set[str] = set()  # what has no end in the rest of the source, so that it is looked for only once
    markup = _MARKUP_OR_EATEN if _HAS_EATEN.search(source) else _MARKUP
    position = 0
    while match := markup.search(source, position):
        tag = _tag(source, match, missing)
        if tag is None:
            position = match.end()
            continue
        yield tag
        position = tag.end


def _tag(source: str, match: re.Match[str], missing: set[str]) -> Tag | None:
    """The markup that begins here; None where a comment opens that has no end: its text may be all there is."""
    if match["comment"]:
        end = source.find("-->", match.end()) if "-->" not in missing else -1
        if end >= 0:
            return Tag(match.start(), end + 3)
        missing.add("-->")
        return None
    name = (match["name"] or "").lower()
    tag = Tag(match.start(), match.end(), name, bool(match["closing"]), match["attributes"] or "")
    if name in UNSHOWN and not tag.closing and not tag.attributes.endswith("/"):
        return Tag(tag.start, _end_of_unshown(source, tag, missing), name)
    return tag


def _end_of_unshown(source: str, tag: Tag, missing: set[str]) -> int:
    """Where the element ends; without an end tag (or with the body inside the head) only its tag is left out."""
    match = None if tag.name in missing else _ENDS[tag.name].search(source, tag.end)
    if match is None:
        missing.add(tag.name)
        return tag.end
    if tag.name == "head" and _BODY.search(source, tag.end, match.start()):
        return tag.end
    return match.end()
