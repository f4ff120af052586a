r"""Numbers as a spreadsheet shows them: its number formats (ECMA-376, 18.8.31), as far as they change what is read.

Decimals, percent signs, scaling by thousands and literals are applied; the separators of thousands and zeros at the end
are left out, they change no value. In Chinese versions of Excel `!` makes the next character a literal, as `\` does:
`0!.0,"万"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | [\\!](?P<escaped>.) | \[[^\]]*\] | [_*]. | (?P<place>[0#?]) | (?P<sign>[.,%])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(r'"[^"]*"?|[\\!].|\[[^\]]*\]', re.DOTALL)
_UNCHANGING = re.compile(r"[eE][+-]|/|General|G/通用格式|@", re.IGNORECASE)  # exponents, fractions: shown as they are
_MOST_DECIMALS = 15  # digits that a spreadsheet keeps


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a format: what stands in front of the digits, in them, and behind."""

    before: str
    whole: tuple[str, ...]
    """Places of digits (`0`, `#`, `?`) and, as longer strings with a leading blank, literals between them."""
    decimals: str
    behind: str
    scale: int
    percent: int


def formatted(value: float, number_format: str) -> str:
    """A number as its cell shows it; one in a format without places for digits as it stands."""
    sections = _sections(number_format)
    index = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[index]
    if section is None:
        return plain(value)
    if not section.whole:
        return section.before or plain(value)  # `"-"`, or a format of nothing
    minus = "-" if value < 0 and "-" not in section.before else ""
    return minus + _filled(abs(Decimal(repr(value))), section)


def plain(value: float) -> str:
    """Fifteen digits, as Excel keeps them, without an exponent or a trailing zero."""
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.6f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> tuple[_Section | None, ...]:
    """The sections for positive numbers, negative ones, and zero; None for one that changes nothing."""
    quoted = [match.span() for match in _QUOTED.finditer(number_format)]
    ends = [at for at, sign in enumerate(number_format) if sign == ";" and not any(a <= at < b for a, b in quoted)]
    bounds = zip([0, *(end + 1 for end in ends)], [*ends, len(number_format)], strict=True)
    return tuple(_section(number_format[start:end]) for start, end in bounds)


def _section(text: str) -> _Section | None:
    if not text or _UNCHANGING.search(_QUOTED.sub("", text)):
        return None
    matches = list(_TOKEN.finditer(text))
    places = [index for index, match in enumerate(matches) if match["place"]]
    if not places:
        return _Section("".join(map(_literal, matches)), (), "", "", 0, 0)
    first, last = places[0], places[-1]
    scale = sum(match[0] == "," for match in matches[last:])
    percent = sum(match["sign"] == "%" for match in matches)
    point = next((index for index in range(first, last) if matches[index]["sign"] == "."), last + 1)
    return _Section(
        "".join(map(_literal, matches[:first])),
        tuple(_parts(matches[first:point])),
        "".join(match[0] for match in matches[point : last + 1] if match["place"])[:_MOST_DECIMALS],
        "".join(map(_literal, matches[last + 1 :])),
        scale,
        percent,
    )


def _literal(match: re.Match[str]) -> str:
    """What a token shows; brackets around negative numbers say what the minus sign says."""
    shown = match["quoted"] or match["escaped"] or match["other"] or ("%" if match[0] == "%" else "")
    return "" if match["other"] in {"(", ")"} else shown


def _parts(matches: Sequence[re.Match[str]]) -> Iterator[str]:
    for match in matches:
        if match["place"]:
            yield match[0]
        elif literal := _literal(match):
            yield f" {literal}"


def _filled(value: Decimal, section: _Section) -> str:
    """The digits in their places, the first of which takes all that are left."""
    scaled = value * 100**section.percent / 1000**section.scale
    rounded = scaled.quantize(Decimal(1).scaleb(-len(section.decimals)), ROUND_HALF_UP) if scaled < 10**15 else scaled
    digits, _, decimals = f"{rounded:f}".partition(".")
    decimals = decimals.rstrip("0")
    whole = _spread(digits if digits != "0" else "", section.whole) or "0" * bool(decimals)
    number = f"{whole}.{decimals}" if decimals else whole
    return f"{section.before}{number}{section.behind}".strip()


def _spread(digits: str, parts: Sequence[str]) -> str:
    places = sum(not part.startswith(" ") for part in parts)
    digits = digits.rjust(sum(part == "0" for part in parts), "0")
    pieces: list[str] = []
    for part in reversed(parts):
        if part.startswith(" "):
            pieces.append(part[1:])
            continue
        places -= 1
        cut = len(digits) - 1 if places else 0
        pieces.append(digits[max(cut, 0) :])
        digits = digits[: max(cut, 0)]
    return "".join(reversed(pieces))
