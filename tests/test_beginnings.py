"""Likeness of titles, and lines at the edges of documents; whole files are in tests/cases/collections.txt."""

from __future__ import annotations

import pytest
from zongji import extract_text
from zongji.pipeline.structure.edge_lines import is_signature, salutes
from zongji.pipeline.structure.likeness import are_alike, are_same_but_numbers


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("第一站：柳湾村", "第二站：敬老院"),
        ("红石镇：小茶叶做成大产业", "黑山镇：废矿坑变成打卡地"),
        ("把戏台搬进教室——大坪小学", "一块菜地的劳动课——沙坝小学"),
    ],
)
def test_titles_of_a_series_are_alike(title: str, other: str) -> None:
    assert are_alike(title, other)


def test_a_word_for_the_kind_of_document_makes_no_likeness() -> None:
    assert not are_alike("镇食药监所半年工作总结", "专项整治工作总结")


def test_titles_may_differ_in_their_numbers_only() -> None:
    assert are_same_but_numbers("驻村日志（第12期）", "驻村日志（第13期）")


@pytest.mark.parametrize("text", ["青河农机站 2019年12月3日", "二〇二一年三月五日", "（稿源：县融媒体中心）"])
def test_a_dated_line_and_credits_are_signatures(text: str) -> None:
    assert is_signature(text)


def test_a_lead_in_is_no_salutation() -> None:
    assert not salutes("重点抓好以下工作：")


def test_a_letterhead_stands_outside() -> None:
    text = "青石县科学技术协会文件\n青科协〔2023〕5号\n青石县科协2023年工作计划\n全年举办讲座6场，培训农民300人次。"
    (document,) = extract_text(text)
    assert document.start == text.index("青石县科协2023年")


def test_a_plan_that_a_notice_brings_is_a_document() -> None:
    text = (
        "关于印发《柏树镇禁烧方案》的通知\n各村：\n现将《柏树镇禁烧方案》印发给你们，请认真执行。\n2020年9月15日\n"
        "柏树镇禁烧方案\n为做好今年的禁烧工作，制定本方案。\n一、目标\n全镇实现零火点。"
    )
    assert [document.title for document in extract_text(text)] == ["关于印发《柏树镇禁烧方案》的通知", "柏树镇禁烧方案"]


def test_a_thousand_titles_take_linear_time() -> None:
    text = "\n".join(f"石桥县第{number}期培训班开班" for number in range(5000))
    assert len(extract_text(text)) <= 5000
