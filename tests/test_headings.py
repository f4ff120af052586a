"""Markers: which numbers open a heading, also in the middle of a line, and which only name something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zongji.pipeline.structure.headings import Heading, find_headings, lines_of
from zongji.pipeline.structure.markers import MarkerKind

MARKS = (
    "一、",
    "二、",
    "（一）",
    "1、",
    "2.",
    "(1)",
    "①",
    "一是",
    "二是",
    "首先",
    "——",
    "第一章",
    "第一，",
    "1.1",
    "。",
    "；",
    "：",
    "，",
    "\n",
    " ",
    "\t",
    "资料",
    "3",
)


def headings_of(text: str) -> list[Heading]:
    """The marked headings of a text."""
    return find_headings(text, lines_of(text))


def markers_of(text: str) -> list[str | None]:
    return [heading.marker for heading in headings_of(text)]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("第二部分 保障措施", MarkerKind.PART, 2),
        ("三、保障措施", MarkerKind.HAN, 3),
        ("十二、保障措施", MarkerKind.HAN, 12),
        ("（四）保障措施", MarkerKind.HAN_PARENTHESES, 4),
        ("(五)保障措施", MarkerKind.HAN_PARENTHESES, 5),
        ("6、保障措施", MarkerKind.ARABIC, 6),
        ("7.保障措施", MarkerKind.ARABIC, 7),
        ("8．保障措施", MarkerKind.ARABIC, 8),
        ("1.2 保障措施", MarkerKind.DECIMAL, 2),
        ("(3)保障措施", MarkerKind.ARABIC_PARENTHESES, 3),
        ("④保障措施", MarkerKind.CIRCLED, 4),
        ("⑵保障措施", MarkerKind.CIRCLED, 2),
        ("第一，保障措施", MarkerKind.NTH, 1),
        ("一是保障措施", MarkerKind.COUNTED, 1),
        ("首先，保障措施", MarkerKind.ORDER, 1),
        ("——保障措施", MarkerKind.DASH, 0),
    ],
)
def test_a_marker_at_a_line_start_has_its_kind_and_number(line: str, kind: MarkerKind, number: int) -> None:
    assert [(heading.kind, heading.number) for heading in headings_of(line)] == [(kind, number)]


@pytest.mark.parametrize(
    "line",
    [
        "一、二、三等奖各取若干名",
        "1.5公里的村道已经硬化",
        "2023.5月完成验收",
        "3.5万元用于修缮路面",
        "气温在3度到5度之间",
        "工作有张有弛",
    ],
)
def test_a_number_that_names_or_counts_opens_nothing(line: str) -> None:
    assert markers_of(line) == []


@pytest.mark.parametrize(
    ("line", "markers"),
    [
        ("主要做法：一是强化宣传；二是强化培训；三是强化督查。", ["一是", "二是", "三是"]),
        ("工作有两步：（1）摸底；（2）整改。", ["（1）", "（2）"]),
        ("一、抓宣传。二、抓培训。三、抓督查。", ["一、", "二、", "三、"]),
        ("①摸底；②整改；③验收。", ["①", "②", "③"]),
    ],
)
def test_a_series_inside_a_line_is_found(line: str, markers: list[str]) -> None:
    assert markers_of(line) == markers


@pytest.mark.parametrize("line", ["工作在推进；二是不足。", "大家都说好。三、四月份再看。"])
def test_a_lone_later_number_inside_a_line_opens_nothing(line: str) -> None:
    assert markers_of(line) == []


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("一、指导思想", "指导思想"),
        ("1、健全基层组织。进一步配齐配强班子成员，落实各项待遇。", "健全基层组织"),
        ("1、我们围绕中心工作，走村入户宣讲政策，解答疑问，收集建议，当好参谋。", "我们围绕中心工作"),
        ("（一）宣传工作：利用各种渠道广泛发布信息。", "宣传工作"),
    ],
)
def test_a_title_is_a_short_first_sentence_or_the_first_clause(line: str, title: str) -> None:
    assert [heading.title for heading in headings_of(line)] == [title]


@pytest.mark.parametrize(
    ("line", "own"), [("一、指导思想", True), ("一、指导思想。以全会精神统领全局，抓好各项任务的落实。", False)]
)
def test_a_heading_knows_whether_it_fills_its_line(line: str, own: bool) -> None:  # noqa: FBT001  # a parameter of the case
    assert [heading.own_line for heading in headings_of(line)] == [own]


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_headings_stand_in_order_inside_the_text(text: str) -> None:
    places = [place for heading in headings_of(text) for place in (heading.start, heading.marker_end)]
    assert places == sorted(places)
    assert all(heading.start < heading.title_end <= len(text) for heading in headings_of(text))
