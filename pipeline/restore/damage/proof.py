"""The proof of a repair: damaged forward again, it must give back what stands in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zongji.corpus.noise import Procedure, damaged_line
from zongji.pipeline.restore.damage.gbk import code, wide
from zongji.pipeline.restore.damage.page import Page
from zongji.pipeline.restore.readings import reads

_MARKS = {ord(sign): wide(sign) for sign in ",;:?!()"}
_SIGNS = {sign: wide(chr(sign)) for sign in range(0x21, 0x7F)}


def proves(clean: str, shown: str, page: Page, broken: frozenset[str]) -> bool:
    """True where a clean text is damaged to what is shown, `broken` being the readings that stand inside characters.

    Which of the signs in ASCII were full-width ones cannot be seen, so all usual kinds are tried; and so is every
    order that lets an annotated character which falls between two others come before these or after.
    """
    texts = (clean.translate(_MARKS), clean.translate(_SIGNS), clean) if page.narrow else (clean,)
    between = dict(_between(clean.translate(_SIGNS) if page.narrow else clean, page, broken))
    return any(damaged_line(text, procedure) == shown for procedure in _procedures(page, between) for text in texts)


def _procedures(page: Page, between: Mapping[str, str]) -> Iterator[Procedure]:
    others = {character: reading for character, reading in page.readings.items() if character not in between}
    yield page.procedure({**between, **others})
    if between:
        yield page.procedure({**others, **between})


def _between(clean: str, page: Page, broken: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The annotated characters whose bytes are the last of one character and the first of the next."""
    for left, right in zip(clean, clean[1:], strict=False):
        last, first = code(left), code(right)
        if last is None or first is None:
            continue
        character = bytes((last[1], first[0])).decode("gbk", "ignore")
        if character in page.readings:
            yield character, page.readings[character]
        elif len(character) == 1:
            yield from ((character, reading) for reading in broken if reads(character, reading))
