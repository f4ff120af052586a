"""The pairs of bytes behind characters, and the characters that a pair can be when one of its bytes is lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zongji.corpus.noise import pairs, traditional_form
from zongji.models.characters import load
from zongji.pipeline.restore.script import simplified

_RAREST = -17.0  # log share of the rarest character proposed for a lost byte, some 25 in the dictionary's 60 million
TRAILS = frozenset(range(0x40, 0xFF)) - {0x7F}
LEADS = range(0x81, 0xFF)
MARK_SIGNS = "，。；？！"


@dataclass(frozen=True, slots=True)
class Sign:
    """A character as the converter wrote it, and in simplified form."""

    lead: int
    trail: int
    written: str
    plain: str


@cache
def code(character: str) -> tuple[int, int] | None:
    """The two bytes of a character, None where GBK has no pair for it."""
    data = character.encode("gbk", "ignore")
    return (data[0], data[1]) if len(data) == 2 else None


def wide(sign: str) -> str:
    """The full-width form of an ASCII sign."""
    return "\u3000" if sign == " " else chr(ord(sign) + 0xFEE0)


@cache
def plain_forms() -> dict[str, str]:
    """Every character of GBK with its simplified form, itself where it has none."""
    characters = sorted(set(pairs().values()) - {""})
    return dict(zip(characters, simplified("\n".join(characters)).split("\n"), strict=True))


@cache
def holes() -> dict[int, bytes]:
    """By first byte, the second bytes with which it makes no character, and which can begin the next one."""
    found: dict[int, bytearray] = {}
    for pair, character in pairs().items():
        if not character and pair[1] in LEADS:
            found.setdefault(pair[0], bytearray()).append(pair[1])
    return {lead: bytes(trails) for lead, trails in found.items()}


@cache
def signs() -> tuple[Sign, ...]:
    """The characters that are proposed: those of the dictionary that the converter's table can have written."""
    words, forms = load().words, plain_forms()
    return tuple(
        Sign(pair[0], pair[1], written, forms[written])
        for pair, written in pairs().items()
        if written and words.get(forms[written], -99.0) > _RAREST and traditional_form(forms[written]) == written
    )


@cache
def by_lead() -> dict[int, tuple[Sign, ...]]:
    """The proposed characters by their first byte."""
    return {lead: tuple(sign for sign in signs() if sign.lead == lead) for lead in LEADS}


@cache
def by_trail() -> dict[int, tuple[Sign, ...]]:
    """The proposed characters by their second byte."""
    return {trail: tuple(sign for sign in signs() if sign.trail == trail) for trail in TRAILS}
