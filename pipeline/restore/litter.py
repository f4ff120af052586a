"""Copy-protection litter: a stray `.` or `'` beside 的 inside Chinese: `培训的.管理`, `受教育的'群众`.

A full stop that ends a sentence and marks that quote stay: the page decides which of them it uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zongji.corpus.alignment import Edit

_BESIDE = re.compile("的(?:(?=[.'‘’`][㐀-鿿])|(?<=[㐀-鿿][.'‘’`]的)(?=[㐀-鿿，。、；：]))")
_STOP = re.compile(r"(?<=[㐀-鿿])(?<!的)\.(?!的)(?=[㐀-鿿“\s]|$)")
_PREDICATE = re.compile(r"是[^，。；.\n]{0,30}的\Z")  # 这是去年建成的. ends a sentence
_QUOTE = re.compile(r"(?<![A-Za-z0-9的])['‘’`](?!的)|(?<!的)['‘’`](?![A-Za-z的])")
_REACH = 40  # characters in which the other quotation mark is looked for


def edits(text: str) -> Sequence[Edit]:
    """Deletions of stray marks."""
    return list(_edits(text)) if _BESIDE.search(text) else []


def _edits(text: str) -> Iterator[Edit]:
    stops = _STOP.search(text) is not None
    done = 0
    for match in _BESIDE.finditer(text):
        for offset in (match.start() - 1, match.end()):
            if done <= offset and _is_stray(text, offset, stops=stops):
                yield Edit(offset, offset + 1, "")
                done = offset + 1


def _is_stray(text: str, offset: int, *, stops: bool) -> bool:
    """True for a mark between Chinese characters that neither ends a sentence nor quotes."""
    sign = text[offset : offset + 1]
    if sign == ".":
        behind = text[offset - 1] == "的"
        return _is_between(text, offset) and not (
            behind and (stops or _PREDICATE.search(text[max(0, offset - 40) : offset]))
        )
    return sign in {"'", "‘", "’", "`"} and _is_between(text, offset) and not _quotes(text, offset)


def _is_between(text: str, offset: int) -> bool:
    return 0 < offset < len(text) - 1 and all("㐀" <= sign <= "鿿" for sign in (text[offset - 1], text[offset + 1]))


def _quotes(text: str, offset: int) -> bool:
    """True where another quotation mark stands near on the line, not beside 的."""
    before = text[max(0, offset - _REACH) : offset].rpartition("\n")[2]
    after = text[offset + 1 : offset + 1 + _REACH].partition("\n")[0]
    return bool(_QUOTE.search(before) or _QUOTE.search(after))
