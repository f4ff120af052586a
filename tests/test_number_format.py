"""Numbers as the cells of a spreadsheet show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zongji.pipeline.sources.number_format import formatted

_ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (2 / 3, "0.0%", "66.7%"),
        (0.085, "0%", "9%"),
        (7654321, '0!.0,"万"', "765.4万"),
        (7654321, '0.00,,"百万元"', "7.65百万元"),
        (7654321, '#,##0,"千元"', "7654千元"),
        (12.5, "General", "12.5"),
        (12.0, "G/通用格式", "12"),
        (38, '0"人"', "38人"),
        (6, '"约"0"场"', "约6场"),
        (1234.5, _ACCOUNTS, "1234.5"),
        (-1234.5, _ACCOUNTS, "-1234.5"),
        (0, _ACCOUNTS, "-"),
        (-3, "0_);(0)", "-3"),
        (-3, "0_);[Red](0)", "-3"),
        (7, "000", "007"),
        (5551234, "000-0000", "555-1234"),
        (3.0, "0.##", "3"),
        (0.5, "#.0", "0.5"),
        (0.5, "# ?/?", "0.5"),
        (1234567, "0.00E+00", "1234567"),
        (2.345, "0.00", "2.35"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: float, number_format: str, shown: str) -> None:
    assert formatted(value, number_format) == shown


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18),
    st.text('0#?.,%;"!\\_*[]万元-E@', max_size=20),
)
def test_any_format_shows_something_of_any_number(value: float, number_format: str) -> None:
    assert isinstance(formatted(value, number_format), str)


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_keeps_its_value(value: int) -> None:
    assert int(formatted(value, "#,##0")) == value if value else formatted(value, "#,##0") in {"", "0"}
