"""The byte pairs of characters, and the characters a pair may be when one of its bytes is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from zongji.corpus.noise import pairs, traditional_form
from zongji.models.characters import load, normal
from zongji.pipeline.restore.script import simplified

_RAREST = -17.0  # log share of the rarest character proposed for a lost byte, some 25 in the dictionary's 60 million
TRAILS = frozenset(range(0x40, 0xFF)) - {0x7F}
LEADS = range(0x81, 0xFF)


@dataclass(frozen=True, slots=True)
class Sign:
    """A character as the converter wrote it, and in simplified form."""

    lead: int
    trail: int
    written: str
    plain: str

    @property
    def known(self) -> tuple[str, str]:
        """The character as it was written, and as the model knows it."""
        return self.written, self.plain


@cache
def code(character: str) -> tuple[int, int] | None:
    """The two bytes of a character, None if GBK has no pair for it."""
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
    """The candidate characters: those of the dictionary that the converter's table can have written."""
    words, forms = load().words, plain_forms()
    return tuple(
        Sign(pair[0], pair[1], written, normal(forms[written]))
        for pair, written in pairs().items()
        if words.get(normal(forms.get(written, "")), -99.0) > _RAREST and traditional_form(forms[written]) == written
    )


class Repertoire:
    """The candidate characters by their bytes: the usual ones and those of the page."""

    def __init__(self, page: Iterable[str] = ()) -> None:
        self.pairs = {(sign.lead, sign.trail): sign for sign in signs()}
        for written in set(page):
            coded, plain = code(written), plain_forms().get(written)
            if coded and plain:
                self.pairs[coded] = Sign(*coded, written, normal(plain))
        self._by_lead: dict[int, list[Sign]] = {}
        self._by_trail: dict[int, list[Sign]] = {}
        self._before_gaps: dict[bytes, list[Sign]] = {}
        self._between: dict[tuple[bytes, int], list[Sign]] = {}
        self._alone: dict[bytes, list[Sign]] = {}
        for sign in self.pairs.values():
            self._by_lead.setdefault(sign.lead, []).append(sign)
            self._by_trail.setdefault(sign.trail, []).append(sign)

    def with_lead(self, lead: int) -> Sequence[Sign]:
        """The characters that begin with a byte."""
        return self._by_lead.get(lead, ())

    def with_trail(self, trail: int) -> Sequence[Sign]:
        """The characters that end with a byte."""
        return self._by_trail.get(trail, ())

    def before_gaps(self, leads: bytes) -> Sequence[Sign]:
        """The characters that begin with one of some bytes and end with the first byte of a pair that is no character.

        The most frequent come first.
        """
        known = self._before_gaps.get(leads)
        if known is None:
            found = (sign for trail in holes() for sign in self.between(leads, trail))
            known = self._before_gaps[leads] = _by_frequency(found)
        return known

    def alone(self, leads: bytes) -> Sequence[Sign]:
        """The characters that begin with one of some bytes and end with one that can stand for a lone first byte."""
        known = self._alone.get(leads)
        if known is None:
            found = (sign for lead in leads for sign in self.with_lead(lead) if sign.trail >= 0x80)
            known = self._alone[leads] = _by_frequency(found)
        return known

    def between(self, leads: bytes, trail: int) -> Sequence[Sign]:
        """The characters that begin with one of some bytes and end with another, the most frequent first."""
        known = self._between.get((leads, trail))
        if known is None:
            found = (sign for sign in self.with_trail(trail) if sign.lead in leads)
            known = self._between[leads, trail] = _by_frequency(found)
        return known


def _by_frequency(found: Iterable[Sign]) -> list[Sign]:
    words = load().words
    return sorted(found, key=lambda sign: -words.get(sign.plain, -99.0))
