"""Raised characters: exponents, which belong to the text, and marks of notes, which do not (`300¹人次` is 300)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOTE = re.compile(r"[\s\d*†‡①-⑳\[\]［］()（）〔〕,，、\-–注]+")
_TAKES_EXPONENT = re.compile(r"[A-Za-z㎡㎞㎝]\Z|[×xX*]\s?10\Z")  # m², 3×10⁴
_EXPONENTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_EXPONENT = re.compile(r"[-+]?\d{1,2}")


class Raised(str):
    """A piece of text that is set above the line."""

    __slots__ = ()


def joined(pieces: Iterable[str]) -> str:
    """The pieces as one text, with raised digits as exponents where they are some, and without marks of notes."""
    text = ""
    parts: list[str] = []
    for piece in pieces:
        shown = as_shown(piece, text) if isinstance(piece, Raised) else piece
        parts.append(shown)
        text = (text + shown)[-4:]
    return "".join(parts)


def as_shown(raised: str, before: str) -> str:
    """What a raised piece behind the text `before` is: an exponent, nothing for the mark of a note, or as it stands."""
    if _TAKES_EXPONENT.search(before) and _EXPONENT.fullmatch(raised.strip()):
        return raised.strip().translate(_EXPONENTS)
    return "" if _NOTE.fullmatch(raised) else raised
