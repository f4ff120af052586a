"""HTML entities left over in plain text: `&nbsp;`, `&ldquo;`, `&#8220;`, escaped twice as `&amp;nbsp;`.

Names are those of `entities.tsv`, the signs of prose; letters and the signs of formulas are names of variables in
source code. Near tags, code or talk of HTML an entity may be meant as it stands, and stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.alignment import Edit
from zongji.corpus.character_references import unescaped
from zongji.corpus.patterns import WordPattern


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A row of `entities.tsv`: the name of an entity of HTML."""

    name: str


_NEAR = 200  # characters around code in which entities are kept; two lines of a page
# Without its semicolon only the entity that editors break most often.
_ENTITY = re.compile(
    r"&(?:amp;){0,3}(?:(#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,7});|nbsp(?![A-Za-z0-9=]))"
)
_CODE = WordPattern(
    "restoration_cues",
    r"(?i)</?[A-Za-z!][^<>\n]{0,80}>|[`{}]|&&|[=!]==|\w\([^()\n]{0,40}\);"
    r"|\b(?:X?HTML|XML|CSS|JavaScript|href|entity|entities)\b|{code}|(?:{writes})[ “\"'‘]?&(?=[a-z#])",
)


def edits(text: str) -> Sequence[Edit]:
    """Edits from entities to their signs; a no-break space becomes a plain blank."""
    return list(_edits(text)) if "&" in text and _ENTITY.search(text) else []


def _edits(text: str) -> Iterator[Edit]:
    code = [match.start() for match in _CODE.finditer(text)]
    for match in _ENTITY.finditer(text):
        sign = _sign(match[1] or "nbsp", match[0])
        if sign and not _is_near(code, match.start()):
            yield Edit(*match.span(), sign)


def _sign(name: str, entity: str) -> str:
    """The character of an entity; empty for one that is not of prose or not in Unicode."""
    if not name.startswith("#") and name not in _names():
        return ""
    sign = unescaped(f"&{name};")
    if sign in {"\u00a0", "&nbsp;"}:
        return " "
    return sign if len(sign) == 1 and sign not in "\ufffd\r" and sign != entity else ""


def _is_near(offsets: Sequence[int], offset: int) -> bool:
    index = bisect_left(offsets, offset - _NEAR)
    return index < len(offsets) and offsets[index] <= offset + _NEAR


@cache
def _names() -> frozenset[str]:
    return frozenset(row.name for row in lexicon.load("entities", EntityRow))
