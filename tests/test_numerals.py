"""A number written in any notation is read back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zongji import extract_text
from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import Bound
from zongji.corpus.patterns import WordPattern
from zongji.pipeline.figures.candidates import candidates
from zongji.pipeline.figures.numerals import NUMERAL, is_year, read
from zongji.pipeline.restore import width

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
NUMBERS = st.integers(0, 999_999_999)
SMALL = st.integers(1, 9_999)


def in_han(number: int) -> str:
    """A number below 10^12 in Chinese numerals: 1050 is 一千零五十."""
    if number == 0:
        return "零"
    written, gap = "", False
    for magnitude, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, magnitude)
        if section:
            zero = "零" if written and (gap or section < 1000) else ""
            written += zero + _section(section) + name
        gap = bool(written) and section == 0
    return re.sub(r"^一十", "十", written)


def _section(number: int) -> str:
    written, gap = "", False
    for magnitude, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, magnitude)
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
        gap = digit == 0
    return written


def value_of(numeral: str) -> object:
    """The value of the only candidate, a numeral before 份."""
    text = f"发放{numeral}份资料"
    found = list(candidates(text, 0, len(text)))
    assert [candidate.numeral for candidate in found] == [numeral]
    return found[0].value


@given(NUMBERS)
@settings(max_examples=150, deadline=None)
def test_arabic_digits_are_read_back(number: int) -> None:
    assert value_of(str(number)) == number


@given(NUMBERS)
@settings(max_examples=150, deadline=None)
def test_digits_with_commas_are_read_back(number: int) -> None:
    assert value_of(f"{number:,}") == number


@given(NUMBERS)
@settings(max_examples=150, deadline=None)
def test_digits_with_blanks_are_read_back(number: int) -> None:
    assert value_of(f"{number:,}".replace(",", " ")) == number


@given(NUMBERS)
@settings(max_examples=150, deadline=None)
def test_full_width_digits_are_read_back_through_the_width_pass(number: int) -> None:
    source = str(number).translate(FULL_WIDTH)
    assert value_of(Aligned.of(source).apply(width.edits(source)).text) == number


@given(NUMBERS)
@settings(max_examples=150, deadline=None)
def test_full_width_digits_with_commas_are_read_back_through_the_width_pass(number: int) -> None:
    source = f"{number:,}".translate(FULL_WIDTH)
    assert value_of(Aligned.of(source).apply(width.edits(source)).text) == number


@given(st.integers(10, 999_999_999))
@settings(max_examples=200, deadline=None)
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert value_of(in_han(number)) == number


@given(st.integers(1, 99_999_999))
@settings(max_examples=150, deadline=None)
def test_chinese_numerals_with_the_other_two_are_read_back(number: int) -> None:
    assert read(re.sub(r"二(?=[千万亿])", "两", in_han(number))).value == number


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([("万", "千", 10_000), ("千", "百", 1_000)]))
@settings(max_examples=150, deadline=None)
def test_mixed_digits_and_magnitudes_are_read_back(high: int, low: int, magnitudes: tuple[str, str, int]) -> None:
    first, second, size = magnitudes
    assert value_of(f"{high}{first}{low}{second}") == high * size + low * size // 10


@given(st.integers(1, 99), st.integers(1_000, 9_999))
@settings(max_examples=100, deadline=None)
def test_ten_thousands_with_four_digits_behind_are_read_back(high: int, low: int) -> None:
    assert value_of(f"{high}万{low}") == high * 10_000 + low


@given(st.integers(1, 99_999), st.sampled_from([("万", 10_000), ("亿", 100_000_000), ("千", 1_000)]))
@settings(max_examples=150, deadline=None)
def test_decimals_in_front_of_a_magnitude_are_exact(tenths: int, magnitude: tuple[str, int]) -> None:
    assert value_of(f"{tenths // 10}.{tenths % 10}{magnitude[0]}") == tenths * magnitude[1] // 10


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([("万", 10_000), ("千", 1_000), ("百", 100)]))
@settings(max_examples=100, deadline=None)
def test_a_last_digit_without_magnitude_counts_tenths(high: int, low: int, magnitude: tuple[str, int]) -> None:
    name, size = magnitude
    assert read(DIGITS[high] + name + DIGITS[low]).value == high * size + low * size // 10


@given(st.integers(1, 9), st.integers(1, 9))
@settings(max_examples=81, deadline=None)
def test_chinese_decimals_are_read_back(whole: int, tenth: int) -> None:
    assert read(f"{DIGITS[whole]}点{DIGITS[tenth]}万").value == (whole * 10 + tenth) * 1_000


@given(SMALL, SMALL, st.sampled_from(["—", "-", "～", "~", "至", "到", "——", "–"]))
@settings(max_examples=150, deadline=None)
def test_a_range_has_both_ends(low: int, growth: int, dash: str) -> None:
    text = f"遴选{low}{dash}{low + growth}名讲解员"
    found = list(candidates(text, 0, len(text)))
    assert [(one.value, one.value_max, one.bound) for one in found] == [(low, low + growth, Bound.RANGE)]


@given(SMALL, st.sampled_from(["余", "多"]))
@settings(max_examples=100, deadline=None)
def test_a_word_for_more_lies_over_the_number(number: int, word: str) -> None:
    text = f"发放{number}{word}份资料"
    found = list(candidates(text, 0, len(text)))
    assert [(one.value, one.bound, text[one.start : one.end]) for one in found] == [
        (number, Bound.OVER, f"{number}{word}份")
    ]


@given(st.integers(1, 7), st.sampled_from(["十", "百", "千", "万"]))
@settings(max_examples=28, deadline=None)
def test_two_neighbouring_digits_are_a_range(low: int, magnitude: str) -> None:
    found = read(DIGITS[low] + DIGITS[low + 1] + magnitude)
    size = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}[magnitude]
    assert found == (low * size, (low + 1) * size, Bound.RANGE)


@given(
    st.from_regex(
        WordPattern("number_words", NUMERAL).compiled,
        fullmatch=True,
        alphabet=st.sampled_from("0123456789,. 〇零○一二两三四五六七八九十百千万亿廿卅几余多数上点"),
    )
)
@settings(max_examples=200, deadline=None)
def test_every_numeral_of_the_pattern_can_be_read(numeral: str) -> None:
    value = read(numeral).value
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("1050", 1050),
        ("一千零五十", 1050),
        ("两千三百", 2300),
        ("3万4千", 34_000),
        ("1.2万", 12_000),
        ("1,200", 1200),
        ("5 000", 5000),
        ("一万零二", 10_002),
        ("一万二", 12_000),
        ("百", 100),
        ("千", 1000),
        ("十", 10),
        ("十五", 15),
        ("一百零八", 108),
        ("二十万", 200_000),
        ("三亿五千万", 350_000_000),
        ("1亿2000万", 120_000_000),
        ("廿", 20),
        ("0", 0),
        ("1.25", 1.25),
        ("三百万", 3_000_000),
        ("一百二", 120),
        ("两万五", 25_000),
        ("二百五十六", 256),
    ],
)
def test_a_numeral_has_its_value(numeral: str, value: float) -> None:
    assert read(numeral).value == value


@pytest.mark.parametrize("numeral", ["数百", "几十", "几百", "数千", "几万"])
def test_a_vague_numeral_has_no_value(numeral: str) -> None:
    assert read(numeral).value is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十几", 10), ("上千", 1000), ("上万", 10_000), ("10余万", 100_000), ("二十几", 20), ("三百多万", 3_000_000)],
)
def test_an_open_numeral_lies_over_its_value(numeral: str, value: float) -> None:
    assert read(numeral) == (value, None, Bound.OVER)


@pytest.mark.parametrize(
    ("numeral", "ends"),
    [
        ("三四十", (30, 40)),
        ("七八百", (700, 800)),
        ("十五六", (15, 16)),
        ("两三千", (2000, 3000)),
        ("三五百", (300, 500)),
    ],
)
def test_neighbouring_digits_are_a_range(numeral: str, ends: tuple[int, int]) -> None:
    assert read(numeral) == (*ends, Bound.RANGE)


@pytest.mark.parametrize("numeral", ["2007", "二00七", "二〇二三", "一九九八", "二○一○"])
def test_digits_of_a_year_are_a_year(numeral: str) -> None:
    assert is_year(numeral)


@pytest.mark.parametrize("numeral", ["1200", "二千零七", "二〇二", "20070", "三〇二三"])
def test_other_digits_are_no_year(numeral: str) -> None:
    assert not is_year(numeral)


@pytest.mark.parametrize("unit", ["1", "一", "123,", "亿", "1.", "十几"])
def test_an_endless_numeral_states_no_number(unit: str) -> None:
    assert read(unit * 5000).value is None


@pytest.mark.parametrize("before", ["", "万分之", "三分之", "百分之", "增长"])
@pytest.mark.parametrize("unit", ["9", "亿", "123,"])
def test_text_with_endless_numerals_is_read(before: str, unit: str) -> None:
    for length in (10, 20, 31, 32, 33, 4301):
        (document,) = extract_text(f"举办讲座6场，{before}{(unit * length)[:length]}元")
        assert document.figures[0].value == 6
