"""Word's automatic paragraph numbers, which are not stored but counted (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from zongji.corpus.chinese_digits import BRANCHES, CAPITALS, CIRCLED, PARENTHESIZED, STEMS, UP_TO_TEN, in_chinese
from zongji.corpus.whole_numbers import whole_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 20  # depth of styles based on one another, and of numberings linked to styles; stops cycles
_BULLET = "•"
_CLOSED = re.compile(r"[、，）)】〕．：:]\Z")  # behind these signs Chinese text follows without a blank


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: its number format, its text with `%1`, `%2` …, and where it starts to count."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    style: str | None = None


@dataclass
class _List:
    """A numbering that paragraphs name: its levels, where it starts anew, and the counters it shares with others."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says about numbering and outline."""

    name: str
    based_on: str | None
    number: str | None
    level: int | None
    outline: int | None
    """Its outline level, 0 to 9."""


class Numbering:
    """Numbers the paragraphs of a document, which must come in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:  # noqa: ANN401  # lxml elements, or None
        self.styles = {} if styles is None else dict(map(_style, styles.iter(f"{W}style")))
        self._lists = {} if numbering is None else _lists(numbering, self.styles)
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def marker(self, properties: Any) -> str:  # noqa: ANN401
        """The marker Word shows for a paragraph with these properties (`w:pPr` or None); empty if unnumbered."""
        number, level = self._number(properties)
        numbered = self._lists.get(number) if number else None
        if numbered is None or number is None or level not in numbered.levels:
            return ""
        counters = self._counters.setdefault(numbered.abstract, [None] * 9)
        start = numbered.levels[level].start
        if level in numbered.restarts and (number, level) not in self._begun:
            self._begun.add((number, level))
            counters[level], start = None, numbered.restarts[level]
        current = counters[level]
        counters[level] = start if current is None else current + 1
        counters[level + 1 :] = [None] * (8 - level)
        return _written(numbered.levels, level, counters)

    def _number(self, properties: Any) -> tuple[str | None, int]:  # noqa: ANN401
        """The numbering and the level of a paragraph, its own or its style's."""
        own = None if properties is None else properties.find(f"{W}numPr")
        style_id = None if properties is None else _value(properties.find(f"{W}pStyle"))
        number = None if own is None else _value(own.find(f"{W}numId"))
        level = None if own is None else _integer(own.find(f"{W}ilvl"))
        name = style_id
        for _ in range(DEEPEST):
            style = self.styles.get(name or "")
            if style is None:
                break
            if number is None:
                number, level = style.number, style.level if level is None else level
            name = style.based_on
        if level is None and number in self._lists:
            levels = self._lists[number].levels
            level = next((depth for depth, known in levels.items() if known.style and known.style == style_id), 0)
        return (None, 0) if number in {None, "0"} else (number, max(0, min(level or 0, 8)))


def _value(element: Any) -> str | None:  # noqa: ANN401
    return None if element is None else element.get(f"{W}val")


def _integer(element: Any) -> int | None:  # noqa: ANN401
    value = _value(element)
    number = None if value is None else whole_number(value.removeprefix("-"))
    return -number if number and value and value.startswith("-") else number


def _style(element: Any) -> tuple[str, Style]:  # noqa: ANN401
    numbering = element.find(f"{W}pPr/{W}numPr")
    number = None if numbering is None else _value(numbering.find(f"{W}numId"))
    level = None if numbering is None else _integer(numbering.find(f"{W}ilvl"))
    name = _value(element.find(f"{W}name")) or ""
    outline = _integer(element.find(f"{W}pPr/{W}outlineLvl"))
    return element.get(f"{W}styleId") or "", Style(name, _value(element.find(f"{W}basedOn")), number, level, outline)


def _lists(numbering: Any, styles: dict[str, Style]) -> dict[str, _List]:  # noqa: ANN401
    abstracts = {item.get(f"{W}abstractNumId"): item for item in numbering.iter(f"{W}abstractNum")}
    numbers = {item.get(f"{W}numId"): item for item in numbering.iter(f"{W}num")}
    lists = {}
    for number, item in numbers.items():
        abstract = _abstract(item, abstracts, numbers, styles)
        if number is not None and abstract is not None:
            levels = dict(map(_level, abstract.findall(f"{W}lvl")))
            lists[number] = _List(abstract.get(f"{W}abstractNumId"), levels)
            _override(lists[number], item)
    return lists


def _abstract(item: Any, abstracts: dict[str, Any], numbers: dict[str, Any], styles: dict[str, Style]) -> Any:  # noqa: ANN401
    """The definition a numbering uses, that of a style where it is linked to one."""
    for _ in range(DEEPEST):
        abstract = abstracts.get(_value(item.find(f"{W}abstractNumId")) or "")
        linked = None if abstract is None else _value(abstract.find(f"{W}numStyleLink"))
        style = styles.get(linked or "")
        if style is None or style.number not in numbers:
            return abstract
        item = numbers[style.number]
    return None


def _override(numbered: _List, item: Any) -> None:  # noqa: ANN401
    for change in item.findall(f"{W}lvlOverride"):
        depth = whole_number(change.get(f"{W}ilvl"))
        start = _integer(change.find(f"{W}startOverride"))
        if start is not None and depth is not None:
            numbered.restarts[depth] = start
        numbered.levels.update(map(_level, change.findall(f"{W}lvl")))


def _level(element: Any) -> tuple[int, Level]:  # noqa: ANN401
    start = _integer(element.find(f"{W}start"))
    return whole_number(element.get(f"{W}ilvl")) or 0, Level(
        format=_value(element.find(f"{W}numFmt")) or "decimal",
        # LibreOffice mistakes the `?` that RTF adds to Unicode characters, as a fallback, for the character.
        text=(_value(element.find(f"{W}lvlText")) or "").replace("?", "、"),
        start=1 if start is None else start,
        legal=element.find(f"{W}isLgl") is not None,
        style=_value(element.find(f"{W}pStyle")),
    )


def _written(levels: dict[int, Level], level: int, counters: list[int | None]) -> str:
    """The marker of a paragraph, with a blank where Latin text would run into it."""
    current = levels[level]
    if current.format == "bullet":
        return f"{_BULLET} "
    if current.format == "none" and "%" not in current.text:
        return current.text

    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        known = levels.get(depth, Level())
        value = counters[depth]
        shape = "decimal" if current.legal else known.format
        return FORMATS.get(shape, str)(known.start if value is None else value)

    marker = re.sub(r"%([1-9])", number, current.text)
    return marker if not marker or _CLOSED.search(marker) else f"{marker} "


_LEGAL = str.maketrans(UP_TO_TEN + "百千", CAPITALS + "佰仟")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN if 0 < number < 4000 else ():
        count, number = divmod(number, value)
        written += letters * count
    return written or str(number)


def _letter(number: int) -> str:
    """A to Z, then AA to ZZ (17.18.59)."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 20 else str(number)


def _from(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                     "taiwaneseCountingThousand", "koreanCounting", "ideographDigital"), in_chinese),
    "chineseLegalSimplified": lambda number: in_chinese(number).translate(_LEGAL),
    "ideographLegalTraditional": lambda number: in_chinese(number).translate(_LEGAL),
    "ideographTraditional": _from(STEMS),
    "ideographZodiac": _from(BRANCHES),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "decimalZero": "{:02d}".format,
    "decimalEnclosedCircle": _from(CIRCLED),
    "decimalEnclosedCircleChinese": _from(CIRCLED),
    "decimalEnclosedParen": "({})".format,
    "decimalEnclosedFullstop": "{}.".format,
    "ideographEnclosedCircle": _from(PARENTHESIZED),
    "none": lambda _: "",
}  # fmt: skip
"""The number formats (17.18.59) that Chinese documents use; every other one is written in digits."""
