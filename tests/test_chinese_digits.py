"""Small Chinese numbers are written and read, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zongji.corpus.chinese_digits import CAPITALS, in_arabic, in_chinese, small_number


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (10000, "10000")]
)
def test_numbers_are_written_in_chinese(number: int, written: str) -> None:
    assert in_chinese(number) == written


@given(st.integers(1, 99))
def test_a_number_below_a_hundred_is_read_back(number: int) -> None:
    assert small_number(in_chinese(number)) == number


@pytest.mark.parametrize("text", ["", "百", "a", "一二"])
def test_what_states_no_small_number_is_zero(text: str) -> None:
    assert small_number(text) == 0


def test_single_characters_may_state_other_values() -> None:
    assert small_number("叁", {capital: value for value, capital in enumerate(CAPITALS, start=1)}) == 3


@pytest.mark.parametrize(("year", "arabic"), [("二〇二三年", "2023年"), ("二○○七", "2007"), ("二零一一", "2011")])
def test_the_digits_of_a_year_are_read_one_by_one(year: str, arabic: str) -> None:
    assert in_arabic(year) == arabic
