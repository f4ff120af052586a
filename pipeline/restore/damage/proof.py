"""Proof of a repair: damaging it again must reproduce the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from zongji.corpus.noise import Procedure, damaged_line
from zongji.pipeline.restore.damage.gbk import code, wide
from zongji.pipeline.restore.damage.profile import TextProfile

_MARKS = {ord(sign): wide(sign) for sign in ",;:?!()"}
_SIGNS = {sign: wide(chr(sign)) for sign in range(0x21, 0x7F)}


def proves(clean: str, shown: str, profile: TextProfile, strays: Sequence[tuple[str, str]]) -> bool:
    """True where a clean text is damaged to what is shown, `strays` being annotated besides the profile's characters.

    Which of the signs in ASCII were full-width ones cannot be seen, so all usual kinds are tried; and so is every
    order that lets an annotated character which falls between two others come before these or after.
    """
    wide_signs = clean.translate(_SIGNS) if profile.narrow else clean
    texts = (clean.translate(_MARKS), wide_signs, clean) if profile.narrow else (clean,)
    readings = {**profile.readings, **dict(strays)}
    between = dict(_between(wide_signs, readings))
    return any(
        damaged_line(text, procedure) == shown
        for procedure in _procedures(profile, readings, between)
        for text in texts
    )


def _procedures(profile: TextProfile, readings: Mapping[str, str], between: Mapping[str, str]) -> Iterator[Procedure]:
    others = {character: reading for character, reading in readings.items() if character not in between}
    yield from profile.procedures({**between, **others})
    if between:
        yield from profile.procedures({**others, **between})


def _between(clean: str, readings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The annotated characters whose bytes are the last of one character and the first of the next."""
    for left, right in pairwise(clean):
        last, first = code(left), code(right)
        character = bytes((last[1], first[0])).decode("gbk", "ignore") if last and first else ""
        if character in readings:
            yield character, readings[character]
