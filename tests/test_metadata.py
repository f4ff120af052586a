"""What documents say about themselves: title, organization, period and date, each with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from zongji import extract_bytes, extract_text
from zongji.corpus.labels import DocumentField
from zongji.corpus.records import Document, Evidence
from zongji.pipeline.metadata.office_names import names_in
from zongji.pipeline.metadata.period_dates import dates_of_words
from zongji.pipeline.metadata.stated_dates import stretches
from zongji.pipeline.schema.rows import year_of

CASES = Path(__file__).parent / "cases" / "metadata.txt"
_ABOUT = re.compile(r"\{about(?P<facts>.*)\}")
NOTICE = "关于迎检的通知\n各科室：\n请于10月15日前完成自查。\n青石县档案馆\n2019年9月30日\n"


def cases() -> Iterator[ParameterSet]:
    """Each case by the comment above it: the stated facts and the text."""
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        comments = [line for line in block.split("\n") if line.startswith("#")]
        about, *text = [line for line in block.split("\n") if not line.startswith("#")]
        found = _ABOUT.fullmatch(about)
        assert found is not None, about
        facts = dict(fact.strip().split("=", 1) for fact in found["facts"].split("|") if fact.strip())
        lines = ["" if line == "⏎" else line for line in text]
        yield pytest.param(facts, "\n".join(lines), id=comments[-1].strip("# "))


def document(text: str) -> Document:
    (found,) = extract_text(text)
    return found


def evidence(of: Document, field: DocumentField) -> Evidence:
    return next(found for found in of.evidence if found.field is field)


@pytest.mark.parametrize(("facts", "text"), list(cases()))
def test_a_document_says_of_itself_what_its_case_states(facts: dict[str, str], text: str) -> None:
    found = document(text)
    stated = {
        "title": found.title,
        "organization": found.organization,
        "period": found.period.text,
        "dates": f"{found.period.start}..{found.period.end}" if found.period.start else None,
        "date": found.date,
    }
    assert {name: value for name, value in stated.items() if value is not None} == facts


@pytest.mark.parametrize("field", list(DocumentField))
def test_each_fact_has_its_place_in_the_source(field: DocumentField) -> None:
    text = "\n\n青石县档案馆2019年工作总结\n全年接待查档1200人次，编研3种。\n青石县档案馆\n二〇二〇年一月六日\n"
    found = evidence(document(text), field)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("field", "rule"),
    [("title", "in_the_text"), ("organization", "signature"), ("date", "signed")],
)
def test_each_fact_names_its_rule(field: str, rule: str) -> None:
    assert evidence(document(NOTICE), DocumentField(field)).rule == rule


def test_what_stands_in_more_places_is_surer() -> None:
    once = document("工作小结\n全年接待查档1200人次，编研3种。\n青石县档案馆\n")
    twice = document("青石县档案馆工作小结\n全年接待查档1200人次，编研3种。\n青石县档案馆\n")
    field = DocumentField.ORGANIZATION
    assert evidence(once, field).confidence < evidence(twice, field).confidence < 1


def test_front_matter_states_title_and_date_with_their_places() -> None:
    front = "---\ntitle: 读书社的一年\ndate: 2021-01-05 10:20\n---\n\n# 活动\n\n"
    source = f"{front}这一年办了读书会12场，一共来了260人，大家读完了36本书，还写了很多感想。\n"
    (found,) = extract_bytes(source.encode(), path="a.md").documents
    assert (found.title, found.date) == ("读书社的一年", "2021-01-05")
    places = [source[one.start : one.end] for one in found.evidence if one.rule.startswith("stated")]
    assert places == ["读书社的一年", "2021-01-05"]


def test_a_row_of_a_dump_states_its_date() -> None:
    story = "3月5日，青石县档案馆举办开放日，接待群众320人次，发放资料500份，受到大家的欢迎，馆长作了讲解。" * 2
    row = f"('开放日', '<p>{story}</p>', '2018-03-06 09:00:00')"
    source = f"INSERT INTO `news` (`title`, `content`, `add_time`) VALUES {row};"  # noqa: S608  # a file to read, no query
    (found,) = extract_bytes(source.encode(), path="a.sql").documents
    assert found.date == "2018-03-06"


def test_a_page_states_its_date() -> None:
    head = "<title>开放日</title><meta name=PubDate content='2018-03-06'>"
    body = "".join(f"<p>县档案馆第{n}次开放日接待群众{n}20人次，大家看了展览，听了讲解，都说好。</p>" for n in "234")
    source = f"<html><head>{head}</head><body>{body}</body></html>"
    (found,) = extract_bytes(source.encode(), path="a.html").documents
    assert found.date == "2018-03-06"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("青石县档案馆2019年工作总结\n全年接待1200人次。\n2020年1月6日\n", (2019, "period")),
        ("青石县档案馆工作总结\n全年接待1200人次。\n青石县档案馆\n2020年1月6日\n", (2020, "date")),
        ("青石县档案馆工作总结\n全年接待1200人次。\n", (None, None)),
    ],
)
def test_the_year_says_what_it_comes_from(text: str, year: tuple[int | None, str | None]) -> None:
    assert year_of(document(text)) == year


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由东江大学晨星支教团、外语学院团委共同组织", ["东江大学晨星支教团", "外语学院团委"]),
        ("一年来镇妇联在镇党委和县妇联的领导下", ["镇妇联", "镇党委", "县妇联"]),
        ("信息科学与技术学院学生会", ["信息科学与技术学院学生会"]),
        ("县农业技术推广中心开展志愿服务队培训", ["县农业技术推广中心", "志愿服务队"]),
        ("锦江物业（成都）有限公司梅园管理处", ["锦江物业（成都）有限公司梅园管理处"]),
        ("第三小学二〇一八年工作总结", ["第三小学"]),
        ("我们能够站在这里，离不开各单位", []),
        ("第八届全省大学生辩论大赛组委会", []),
    ],
)
def test_names_of_offices(text: str, names: list[str]) -> None:
    assert [name.text for name in names_in(text)] == names


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2016年3月2日至4月9日", ("2016-03-02", "2016-04-09")),
        ("5月10-12日", ("2020-05-10", "2020-05-12")),
        ("2017年11月3—8日", ("2017-11-03", "2017-11-08")),
        ("2020.6.1-6.7", ("2020-06-01", "2020-06-07")),
        ("2013年9月—2014年1月", ("2013-09-01", "2014-01-31")),
        ("二〇一九年三月五日", ("2019-03-05", "2019-03-05")),
        ("20190305", ("2019-03-05", "2019-03-05")),
        ("5月下旬", ("2020-05-21", "2020-05-31")),
        ("9月初", (None, None)),
        ("20xx年5月3日", (None, None)),
        ("2月30日", (None, None)),
    ],
)
def test_days_as_they_are_stated(text: str, days: tuple[str | None, str | None]) -> None:
    (found,) = stretches(text)
    assert (found.text, found.days("2020")) == (text, days)


@pytest.mark.parametrize("text", ["100米-400米", "15月3日", "第12期", "3.5万元", "1-2人"])
def test_numbers_that_are_no_days(text: str) -> None:
    assert list(stretches(text)) == []


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2021—2022学年度第一学期", ("2021-09-01", "2022-01-31")),
        ("2021-2022学年第二学期", ("2022-02-01", "2022-07-31")),
        ("2021—2022学年", ("2021-09-01", "2022-08-31")),
        ("2021学年第一学期", ("2021-09-01", "2022-01-31")),
        ("2023年春季学期", ("2023-02-01", "2023-07-31")),
        ("2023年秋季学期", ("2023-09-01", "2024-01-31")),
        ("2023年上学期", (None, None)),
        ("2020年前三季度", ("2020-01-01", "2020-09-30")),
        ("2020年第三季度", ("2020-07-01", "2020-09-30")),
        ("2022年1至6月", ("2022-01-01", "2022-06-30")),
        ("二〇〇七年", ("2007-01-01", "2007-12-31")),
        ("“十三五”期间", ("2016-01-01", "2020-12-31")),
        ("109年度", ("2020-01-01", "2020-12-31")),
        ("20xx年", (None, None)),
        ("一年来", (None, None)),
    ],
)
def test_days_of_a_period_in_words(words: str, days: tuple[str | None, str | None]) -> None:
    assert dates_of_words(words) == days
