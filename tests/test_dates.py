"""Dates keep the precision of the document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zongji.corpus.records import Period
from zongji.pipeline.metadata.dates import dates_of, find_date

YEAR = Period("2023-01-01", "2023-12-31", "2023年")
NO_YEAR = Period(text="本年度")
SCHOOL_YEAR = Period("2022-09-01", "2023-08-31", "2022—2023学年")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3月20日，志愿者走进敬老院", "3月20日"),
        ("2022年3月20日召开", "2022年3月20日"),
        ("于5月上旬组织", "5月上旬"),
        ("6月份开展", "6月份"),
        ("三月五日上街义诊", "三月五日"),
        ("4月至6月集中整治", "4月至6月"),
        ("6月1日—6月5日办展", "6月1日—6月5日"),
        ("6月1日-5日办展", "6月1日-5日"),
        ("20xx年3月启动", "20xx年3月"),
        ("今年9月底完成", "今年9月底"),
        ("3月号召一次，4月2日再次号召", "4月2日"),
    ],
)
def test_a_date_is_found_in_its_own_words(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize("text", ["", "培训果农480人次", "历时3个月", "每月两次", "第三季度", "月底前完成"])
def test_a_text_without_a_date_has_none(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2022年3月20日", ("2022-03-20", "2022-03-20")),
        ("3月20日", ("2023-03-20", "2023-03-20")),
        ("三月五日", ("2023-03-05", "2023-03-05")),
        ("十二月二十五日", ("2023-12-25", "2023-12-25")),
        ("3月", ("2023-03", "2023-03")),
        ("4月至6月", ("2023-04", "2023-06")),
        ("6月1日-5日", ("2023-06-01", "2023-06-05")),
        ("6月28日至7月2日", ("2023-06-28", "2023-07-02")),
        ("去年12月", ("2022-12", "2022-12")),
        ("明年1月", ("2024-01", "2024-01")),
        ("5月上旬", ("2023-05", "2023-05")),
    ],
)
def test_a_missing_year_is_the_documents(date: str, days: tuple[str, str]) -> None:
    assert dates_of(date, YEAR) == days


@pytest.mark.parametrize("date", ["3月20日", "4月至6月", "20xx年3月20日", "XX年3月", "今年5月"])
def test_a_year_that_nobody_states_stays_empty(date: str) -> None:
    assert dates_of(date, NO_YEAR) == (None, None)


def test_a_year_of_two_in_the_period_is_not_guessed() -> None:
    assert dates_of("3月20日", SCHOOL_YEAR) == (None, None)


def test_a_stated_year_needs_none_of_the_document() -> None:
    assert dates_of("2021年3月20日", NO_YEAR) == ("2021-03-20", "2021-03-20")


@pytest.mark.parametrize("date", ["13月2日", "0月5日", "3月32日"])
def test_a_day_that_no_calendar_has_is_none(date: str) -> None:
    assert dates_of(date, YEAR)[0] is None


@given(st.dates())
@settings(max_examples=100, deadline=None)
def test_a_full_date_is_read_back(day: object) -> None:
    year, month, date = str(day).split("-")
    written = f"{year}年{int(month)}月{int(date)}日"
    wanted = str(day) if year[:2] in {"19", "20"} else None
    assert wanted is None or dates_of(written, NO_YEAR) == (wanted, wanted)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_raises(text: str) -> None:
    assert find_date(text) is None or find_date(text) in text


@given(st.text(alphabet="0123456789一二三十年月日号上旬底—-至今去明xX份", max_size=16))
@settings(max_examples=200, deadline=None)
def test_no_date_raises(date: str) -> None:
    assert len(dates_of(date, YEAR)) == 2
