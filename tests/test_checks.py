"""Stated totals compared with their parts, and repeated passages."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zongji import extract_text
from zongji.corpus.labels import CheckCode, DocumentType
from zongji.corpus.records import Check
from zongji.pipeline.checks import Repetitions, compare
from zongji.pipeline.figures.extract import extract
from zongji.pipeline.structure.headings import lines_of

AGREES, EXCEEDS = CheckCode.SUM_AGREES, CheckCode.PARTS_EXCEED_TOTAL
PASSAGE = "各村民小组按照统一部署逐户上门登记，及时上报进展，没有出现漏登错登的情况。"
OTHER = "镇里抽调业务骨干组成专班，深入田间地头指导春耕备耕，受到农户一致好评。"


def checks_of(text: str) -> list[Check]:
    """The results of comparing the figures of a summary."""
    return list(compare(text, extract(text, 0, len(text), (), DocumentType.SUMMARY).figures))


def codes_of(text: str) -> list[CheckCode]:
    return [check.code for check in checks_of(text)]


def named_in(text: str) -> list[list[str]]:
    """The words of the figures that each check names, the total first."""
    figures = {figure.id: figure.text for figure in extract(text, 0, len(text), (), DocumentType.SUMMARY).figures}
    return [[figures[name] for name in check.figures] for check in checks_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "举办法治讲座6场、科普讲座4场，共10场。",
        "举办法治讲座6场，科普讲座4场，健康讲座2场，共计12场。",
        "培训农民120人、渔民80人，合计200人。",
        "发放手册300册、读本200册，累计500册。",
        "共组织讲座10场，其中法治讲座6场、科普讲座4场。",
        "参训人员共120人，其中男性70人、女性50人。",
        "到位资金300万元，其中省级200万元、县级100万元。",
    ],
)
def test_parts_that_sum_to_their_total_agree(text: str) -> None:
    assert codes_of(text) == [AGREES]


def test_an_interim_total_stands_for_its_parts() -> None:
    text = "举办电工培训6场次，焊工培训2场次，厨师培训两期共4场次，月嫂培训3次，全年共完成培训15次。"
    assert named_in(text) == [["15次", "6场次", "2场次", "4场次", "3次"]]


def test_a_check_names_the_total_and_then_its_parts() -> None:
    assert named_in("举办法治讲座6场、科普讲座4场，共10场。") == [["10场", "6场", "4场"]]


def test_a_message_shows_the_sum() -> None:
    assert [check.message for check in checks_of("举办法治讲座6场、科普讲座4场，共10场。")] == ["6+4 = 10 (10场)"]


@pytest.mark.parametrize(
    "text",
    [
        "参训人员共120人，其中男性170人、女性50人。",
        "共组织讲座10场，其中法治讲座16场。",
        "到位资金300万元，其中省级资金500万元。",
    ],
)
def test_a_part_beyond_its_total_is_shown(text: str) -> None:
    assert codes_of(text) == [EXCEEDS]


@pytest.mark.parametrize(
    "text",
    [
        "举办法治讲座6场、科普讲座4场。",
        "共组织讲座10场，其中法治讲座6场。",
        "举办讲座6场，培训农民4人，共印发手册10册。",
        "举办讲座6场。\n开展演练4场，共发放手册10册。",
        "参训人员共120余人，其中男性约70人。",
        "今年的经费与去年相比持平。",
        "",
    ],
)
def test_figures_that_do_not_compare_give_no_check(text: str) -> None:
    assert codes_of(text) == []


@given(st.lists(st.integers(1, 900), min_size=2, max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_parts_in_front_of_their_sum_agree(parts: list[int]) -> None:
    text = "、".join(f"讲座{part}场" for part in parts) + f"，共{sum(parts)}场。"
    assert AGREES in codes_of(text)


@given(st.lists(st.integers(1, 900), min_size=2, max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_parts_behind_their_sum_agree(parts: list[int]) -> None:
    text = f"共举办讲座{sum(parts)}场，其中" + "、".join(f"讲座{part}场" for part in parts) + "。"
    assert AGREES in codes_of(text)


@given(st.text(alphabet="讲座6场，。其中共计10人、\n", max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    assert all(len(check.figures) >= 2 for check in checks_of(text))


def runs_of(text: str) -> list[tuple[str, str]]:
    """First and last line of each repeated run."""
    lines = lines_of(text)
    return [(first.text, last.text) for first, last in Repetitions(lines)._runs(lines)]


def test_a_passage_that_stands_twice_is_one_run() -> None:
    assert runs_of(f"{PASSAGE}\n{OTHER}\n{PASSAGE}") == [(PASSAGE, PASSAGE)]


def test_neighbouring_repeated_lines_are_one_run() -> None:
    assert runs_of(f"{PASSAGE}\n{OTHER}\n{PASSAGE}\n{OTHER}") == [(PASSAGE, OTHER)]


def test_a_different_line_parts_two_runs() -> None:
    between = "此外，畜牧站组织兽医逐户免疫，做到应免尽免、不漏一户一畜，台账记录齐全。"
    assert runs_of(f"{PASSAGE}\n{OTHER}\n{PASSAGE}\n{between}\n{OTHER}") == [
        (PASSAGE, PASSAGE),
        (OTHER, OTHER),
    ]


@pytest.mark.parametrize("text", ["", PASSAGE, f"{PASSAGE}\n{OTHER}", "一、主要工作\n一、主要工作"])
def test_what_stands_once_or_is_short_is_no_repetition(text: str) -> None:
    assert runs_of(text) == []


def test_a_repeated_passage_is_a_check_of_its_document() -> None:
    text = f"平山乡2023年工作总结\n一、春耕生产\n{PASSAGE}\n二、秋收生产\n{PASSAGE}\n"
    checks = [check for document in extract_text(text) for check in document.checks]
    assert [check.code for check in checks] == [CheckCode.REPEATED_PASSAGE]


def test_a_passage_of_another_document_of_the_file_is_a_repetition() -> None:
    first = f"平山乡2022年工作总结\n一、春耕生产\n{PASSAGE}\n二、夏收生产\n{OTHER}\n"
    second = f"平山乡2023年工作总结\n一、春耕生产\n{PASSAGE}\n二、冬季管护\n给果树刷白，清理落叶，修剪枝条。\n"
    codes = [[check.code for check in document.checks] for document in extract_text(first + second)]
    assert codes == [[], [CheckCode.REPEATED_PASSAGE]]


def test_the_total_row_of_a_table_agrees_with_its_columns() -> None:
    text = "某镇培训统计表\n项目\t场次\t人数（人次）\n春耕\t3\t120\n秋播\t2\t80\n合计\t5\t200\n"
    checks = [check for document in extract_text(text) for check in document.checks]
    assert [(check.code, check.message) for check in checks] == [
        (CheckCode.SUM_AGREES, "3+2 = 5 (5)"),
        (CheckCode.SUM_AGREES, "120+80 = 200 (200)"),
    ]


def test_a_total_row_that_differs_from_its_column_is_told() -> None:
    text = "某镇培训统计表\n项目\t场次\t人数（人次）\n春耕\t3\t120\n秋播\t2\t80\n合计\t5\t210\n"
    checks = [check for document in extract_text(text) for check in document.checks]
    assert CheckCode.SUM_DIFFERS in {check.code for check in checks}


@pytest.mark.alone
def test_a_line_of_many_totals_is_not_looked_over_for_each() -> None:
    sentence = "全年累计举办培训班6期，"
    (total,) = extract(sentence, 0, len(sentence), (), DocumentType.SUMMARY).figures
    starts = range(0, 200_000 * len(sentence), len(sentence))
    figures = [replace(total, start=total.start + start, end=total.end + start) for start in starts]
    began = time.process_time()
    list(compare(sentence * len(starts), figures))
    assert time.process_time() - began < 15  # 5 seconds; looked over for each, it took 40
