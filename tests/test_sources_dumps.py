# ruff: noqa: S608  # statements of a dump, which nobody runs
"""The dump of a site's database: each article is a document, the columns around it are none of its text."""

from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zongji.corpus.records import Document
from zongji.pipeline.reading.reader import extract_bytes
from zongji.pipeline.sources import read_text

PARAGRAPHS = (
    "3月5日，青禾镇中心小学在操场举办春季植树活动，全校师生600余人参加，共栽种香樟树120棵。",
    "活动结束后，学校向各班发放《爱绿护绿》宣传手册45册，并请林业站的两位技术员讲解养护要点，同学们听得十分认真。",
)
OTHER = ("4月2日，学校组织五年级学生140人到烈士陵园祭扫，献花圈6个，听老战士讲故事1场，师生深受教育。" * 2,)


def html(paragraphs: tuple[str, ...]) -> str:
    return "".join(f'<p style="text-indent: 2em">{text}</p>\r\n' for text in paragraphs)


def sql(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"').replace("\r\n", "\\r\\n")


DUMP = (
    "-- Table structure\nCREATE TABLE `news` (`id` int(11) COMMENT '编号', `title` varchar(200));\nBEGIN;\n"
    f"INSERT INTO `news` VALUES (7, '青禾小学师生植树忙', 'a.jpg', '是', '{sql(html(PARAGRAPHS))}', '2021-03-06', 5);\n"
    f"INSERT INTO `news` VALUES (8, '清明祭英烈', NULL, '是', '{sql(html(OTHER))}', '2021-04-03', NOW());\nCOMMIT;\n"
)
OBJECTS = json.dumps(
    {"rows": [{"title": "青禾小学师生植树忙", "body": html(PARAGRAPHS)}, {"body": html(OTHER), "title": "清明祭英烈"}]}
)


def documents(dump: str, name: str = "") -> tuple[Document, ...]:
    return extract_bytes(dump.encode(), path=name).documents


@pytest.mark.parametrize("dump", [DUMP, OBJECTS, json.dumps(json.loads(OBJECTS), ensure_ascii=False, indent=1)])
def test_each_row_with_an_article_is_a_document_with_its_title(dump: str) -> None:
    assert [document.title for document in documents(dump)] == ["青禾小学师生植树忙", "清明祭英烈"]


@pytest.mark.parametrize("dump", [DUMP, OBJECTS])
def test_what_the_columns_around_an_article_hold_is_no_figure(dump: str) -> None:
    (first, _) = documents(dump)
    assert [(figure.value, figure.unit) for figure in first.figures] == [
        (600, "人"),
        (120, "棵"),
        (45, "册"),
        (2, "位"),
    ]


def test_a_figure_leads_to_its_place_in_the_dump() -> None:
    figures = [figure for document in documents(DUMP) for figure in document.figures]
    assert all(DUMP[figure.start : figure.end] == figure.text for figure in figures)


def test_columns_that_are_named_decide_what_is_title_and_content() -> None:
    rows = f"INSERT INTO news (summary, content, title) VALUES ('{'摘要' * 40}', '{sql(OTHER[0])}', '清明祭英烈');"
    (document,) = documents(rows)
    assert (document.title, "摘要" in document.text) == ("清明祭英烈", False)


def test_several_rows_of_one_statement_are_several_documents() -> None:
    rows = ",".join(f"({number}, '活动{name}纪实', '{sql(OTHER[0])}')" for number, name in enumerate("甲乙丙"))
    found = documents(f"INSERT INTO news VALUES {rows};")
    assert [document.title for document in found] == ["活动甲纪实", "活动乙纪实", "活动丙纪实"]


def test_doubled_quotes_stand_for_one() -> None:
    (document,) = documents(f"INSERT INTO t VALUES (1, '清明''祭英烈', '{OTHER[0]}');")
    assert document.title == "清明'祭英烈"


def test_a_dump_that_is_cut_off_keeps_its_last_article() -> None:
    cut = DUMP[: DUMP.rindex("师生深受教育") + 3]
    assert [document.title for document in documents(cut)] == ["青禾小学师生植树忙", "清明祭英烈"]


def test_a_file_of_settings_holds_no_document() -> None:
    assert documents('{"name": "demo", "scripts": {"build": "make 3"}}', "package.json") == ()


def test_a_plan_in_json_without_an_article_is_read_as_it_stands() -> None:
    plan = json.dumps(
        {"安排": [f"{month}月举办培训班{month}期，培训农民{month}00人" for month in range(1, 9)]}, ensure_ascii=False
    )
    (document,) = documents(plan, "plan.json")
    assert document.text == plan


@given(st.text(alphabet="'\"\\(),;{}[]:- \n字inset valu", max_size=80), st.sampled_from(["x.sql", "x.json"]))
def test_any_text_under_such_a_name_is_read_with_every_character_accounted_for(text: str, name: str) -> None:
    aligned = read_text(text, name=name).aligned
    assert (aligned.source, aligned.origin(0, len(aligned.text))[1]) == (text, len(text) if aligned.text else 0)


@pytest.mark.alone
@pytest.mark.parametrize("piece", ["\n", "'", "(", "insert into ", '{"', '"', "--", "/*"])
def test_time_grows_with_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = "insert into t values (" + piece * (length // len(piece))
        begun = process_time()
        read_text(text, name="x.sql")
        return process_time() - begun

    assert seconds(400_000) < 12 * max(seconds(100_000), 0.02)
