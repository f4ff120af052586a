"""Reads numerals, in every notation of plans and summaries, as numbers.

`NUMERAL` is the template of one numeral in restored text (half-width digits), for a `WordPattern` over
`number_words.tsv`; `read` gives its number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from zongji.corpus import chinese_digits
from zongji.corpus.labels import Bound

DIGITS = {**chinese_digits.VALUES, "两": 2, "廿": 20, "卅": 30}
MAGNITUDES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000} | dict.fromkeys("kK", 1_000)
MAGNITUDES |= dict.fromkeys("wW", 10_000)  # 200K, 1.5w

_ARABIC = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d{1,3}(?:[ ]\d{3})+(?:\.\d+)?(?![\d.])|\d+(?:\.\d+)?"
HAN = f"{chinese_digits.ZEROS}{chinese_digits.UP_TO_TEN}两百千万亿廿卅"
CAPITALS = chinese_digits.CAPITALS[:-1]
_CAPITALS_ONLY = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
NUMERAL = (
    rf"(?:(?:{_ARABIC})(?:[kKwW](?![A-Za-z0-9])|"
    r"[ ]?[余多几]?[十百千万亿]{1,3}(?:[零〇]?\d{1,4}(?![\d.])[十百千]?)*)?"
    rf"|[{CAPITALS}][{chinese_digits.CAPITALS}佰仟百千万亿零〇]{{0,20}}(?=元)"
    rf"|[{HAN}](?:[{HAN}]|(?<=[{HAN}])[几余多来](?=[十百千万亿])|(?<=十)几|0(?=[{HAN}0])|点(?=[{chinese_digits.DIGITS}]))*"
    r"|(?<!{not-several})数[十百千万亿]+|几[十百千万亿]+|(?<!{not-upwards})上[百千万亿]+)"
)
BLANK = r"(?:(?<![0-9A-Za-z])(?:[xX×]{1,4}(?:\.[xX×]{1,2})?|[_＿]{1,8}|\*{2,4}|[○〇]{2,4})[百千万亿]{0,2})"

_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")
_ADJACENT = re.compile(r"([一二两三四五六七八])([二三四五六七八九])(?=[十百千万亿]|$)")


class Number(NamedTuple):
    """A number with the upper end of a range (三四十) and the bound that its wording implies."""

    value: float | int | None
    value_max: float | int | None = None
    bound: Bound = Bound.EXACT


_LONGEST = 32  # characters; longer rows are noise, and reading one takes time by the square of its length
_LARGEST = 10**100  # a float holds a thousandfold of a thousandfold of it
_UNREADABLE = Number(None, bound=Bound.ABOUT)


def read(numeral: str) -> Number:
    """The number that a numeral states.

    `三四十` is a range, `十几`, `上千` and `10余万` exceed their number, `数百` and `几十` have no value, nor has what
    is longer or larger than any number of things.
    """
    if len(numeral) > _LONGEST:
        return _UNREADABLE
    found = _read(numeral)
    return _UNREADABLE if max(found.value or 0, found.value_max or 0) >= _LARGEST else found


def _read(numeral: str) -> Number:
    if numeral.isdecimal() and numeral.isascii():
        return Number(int(numeral))
    plain = numeral.replace(",", "").replace(" ", "").translate(_CAPITALS_ONLY)
    if plain[0] in "数几":
        return Number(None, bound=Bound.ABOUT)
    if plain[0] == "上":
        return Number(_evaluate(plain[1:]), bound=Bound.OVER)
    bound = Bound.EXACT
    if "来" in plain:
        plain, bound = plain.replace("来", ""), Bound.ABOUT
    if any(word in plain for word in "几余多"):
        bound = Bound.OVER
        plain = plain.replace("几", "").replace("余", "").replace("多", "")
    if (pair := _adjacent_digits(plain)) is not None:
        return Number(_evaluate(pair[0]), _evaluate(pair[1]), Bound.RANGE)
    return Number(_evaluate(plain), bound=bound)


def magnitude_tail(numeral: str) -> str:
    """The magnitudes at the end of a numeral: `万` of `3-5万`, shared by both ends of a range."""
    return numeral[len(numeral.rstrip("十百千万亿kKwW")) :]


def magnitude_of(tail: str) -> int:
    """The product of the magnitudes of a tail, 1 for none."""
    product = 1
    for character in tail:
        product *= MAGNITUDES[character]
    return product


def is_year(numeral: str) -> bool:
    """True for digits in sequence that look like a year: `2007`, `二00七`, `二〇二三`."""
    digits = "".join(str(DIGITS.get(character, character)) for character in numeral)
    return len(digits) == 4 and digits.isdecimal() and digits[:2] in {"18", "19", "20"}


def _adjacent_digits(text: str) -> tuple[str, str] | None:
    """`三四十` as `三十` and `四十`; only adjacent digits (and 三五) form a range."""
    match = _ADJACENT.search(text)
    if match is None or "〇" in text or "零" in text or "点" in text[: match.start()]:
        return None
    low, high = DIGITS[match[1]], DIGITS[match[2]]
    before, after = text[: match.start()], text[match.end() :]
    if not (high == low + 1 or (low, high) == (3, 5)) or (before and before[-1] in DIGITS):
        return None
    return before + match[1] + after, before + match[2] + after


def _evaluate(text: str) -> float | int:
    """Sum of digits and magnitudes, with 万 and 亿 closing a section: `3万4千`, `两千三百`, `1万2000`, `一万二`."""
    total, section, number = Decimal(0), Decimal(0), None
    last = 0
    for part in _TOKEN.findall(text.replace("点", ".") if "点" in text else text):
        if part in MAGNITUDES:
            last = MAGNITUDES[part]
            total, section = _close(total, section, number, last)
            number = None
        elif part in DIGITS:
            if part in "零〇○" and number is None:
                last = 0  # 一万零二 is 10002, not 12000
            number = Decimal(DIGITS[part]) if number is None else number * 10 + DIGITS[part]
        elif part == ".":
            return _with_decimals(text)
        else:
            number = Decimal(part) if number is None else number * 10 ** len(part) + Decimal(part)
            last = 0
    if number is not None:
        section += number * (last // 10) if last >= 100 and number < 10 else number
    return _plain(total + section)


def _close(total: Decimal, section: Decimal, number: Decimal | None, magnitude: int) -> tuple[Decimal, Decimal]:
    """Total and section after a magnitude; a bare magnitude counts once (`百余`, `近千`)."""
    if magnitude < 10_000:
        if number is None and section and magnitude == 100:
            return total, section * magnitude
        return total, section + (Decimal(1) if number is None else number) * magnitude
    inside = section + (number or 0)
    if magnitude == MAGNITUDES["亿"]:
        return (total + inside or Decimal(1)) * magnitude, Decimal(0)
    if not inside and total:
        return total * magnitude, Decimal(0)
    return total + (inside or Decimal(1)) * magnitude, Decimal(0)


def _with_decimals(text: str) -> float | int:
    """`三点五` and `一点二万`: the digits after 点 one by one."""
    whole, _, rest = text.partition("点")
    decimals = rest.rstrip("十百千万亿")
    number = Decimal(f"{_evaluate(whole)}." + "".join(str(DIGITS[digit]) for digit in decimals if digit in DIGITS))
    for magnitude in rest[len(decimals) :]:
        number *= MAGNITUDES[magnitude]
    return _plain(number)


def _plain(number: Decimal) -> float | int:
    return int(number) if number == number.to_integral_value() else float(number)
