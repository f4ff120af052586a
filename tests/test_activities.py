"""Activities: name, kind, dates, place and organizer, and the figures that belong to them."""

from __future__ import annotations

import pytest
from zongji.corpus.labels import ActivityType, DocumentType
from zongji.corpus.records import Activity, Period
from zongji.pipeline.activities.anchors import kind_of
from zongji.pipeline.activities.announced import name_in
from zongji.pipeline.activities.gather import gather
from zongji.pipeline.figures.extract import extract

YEAR = Period("2023-01-01", "2023-12-31", "2023年")


def activities_of(text: str, period: Period = YEAR) -> tuple[Activity, ...]:
    """The activities of a summary's text."""
    figures = extract(text, 0, len(text), (), DocumentType.SUMMARY).figures
    return gather(text, 0, len(text), (), figures, period)


def figures_of(text: str) -> list[list[str]]:
    """The words of the figures of each activity."""
    words = {figure.id: figure.text for figure in extract(text, 0, len(text), (), DocumentType.SUMMARY).figures}
    return [[words[name] for name in activity.figures] for activity in activities_of(text)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("育苗技术培训班", ActivityType.TRAINING),
        ("防诈骗知识讲座", ActivityType.LECTURE),
        ("垃圾分类宣传活动", ActivityType.PUBLICITY),
        ("剪纸作品展览", ActivityType.EXHIBITION),
        ("职工技能竞赛", ActivityType.COMPETITION),
        ("经验交流会议", ActivityType.MEETING),
        ("春节走访慰问", ActivityType.VISIT),
        ("社区义诊", ActivityType.CLINIC),
        ("红色基地参观", ActivityType.TOUR),
        ("元宵文艺演出", ActivityType.PERFORMANCE),
        ("护河志愿服务", ActivityType.VOLUNTEERING),
        ("毛线团", ActivityType.OTHER),
    ],
)
def test_a_name_tells_its_kind(name: str, kind: ActivityType) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("村里举办育苗技术培训班，参训农户60人。", "育苗技术培训班"),
        ("学校组织了“我爱家乡”演讲比赛，42名学生登台。", "“我爱家乡”演讲比赛"),
        ("全年开展消防演练4次。", "消防演练"),
        ("急救讲座6场，听众500人。", "急救讲座"),
        pytest.param(
            "防诈骗讲座6场，听众500人。",
            "防诈骗讲座",
            marks=pytest.mark.xfail(strict=True, reason="防 is cut off the item"),
        ),
        pytest.param(
            "县图书馆举办读书会，参加读者50人。",
            "读书会",
            marks=pytest.mark.xfail(strict=True, reason="读书会 is no activity"),
        ),
    ],
)
def test_an_activity_has_the_name_of_the_text(text: str, name: str) -> None:
    assert [activity.name for activity in activities_of(text)] == [name]


def test_when_where_who_and_how_many_stand_in_one_row() -> None:
    text = "3月20日，县科协在文化广场举办节水宣传活动，参加群众300人，发放资料1200份。"
    found = activities_of(text)[0]
    assert (found.start_date, found.end_date, found.date_text, found.place, found.organizer) == (
        "2023-03-20", "2023-03-20", "3月20日", "文化广场", "县科协"
    )  # fmt: skip


def test_the_figures_of_one_event_stand_together() -> None:
    text = "3月20日，县科协在文化广场举办节水宣传活动，参加群众300人，发放资料1200份。"
    assert figures_of(text) == [["300人", "1200份"]]


def test_each_figure_belongs_to_the_activity_named_before_it() -> None:
    text = "举办育苗培训班2期，参训农户60人；举办农机展览1场，展出农机15台。"
    assert figures_of(text) == [["2期", "60人"], ["1场", "15台"]]


def test_a_figure_of_another_paragraph_belongs_to_no_activity_before() -> None:
    assert figures_of("举办育苗培训班2期。\n硬化村道3公里。") == [["2期"]]


def test_an_activity_without_figures_is_left_out() -> None:
    assert activities_of("村里举办了育苗培训班，效果很好。") == ()


@pytest.mark.parametrize(
    ("text", "organizer"),
    [
        ("由镇妇联牵头举办亲子阅读活动，参加家庭40户。", "镇妇联"),
        ("县图书馆举办朗诵比赛，参加读者50人。", "县图书馆"),
        ("举办朗诵比赛，参加读者50人。", None),
    ],
)
def test_the_organizer_is_the_one_the_sentence_names(text: str, organizer: str | None) -> None:
    assert [activity.organizer for activity in activities_of(text)] == [organizer]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("在村部广场举办文艺演出，观众800人。", "村部广场"),
        ("5月6日在镇中心小学开展急救培训，师生120人参加。", "镇中心小学"),
        ("举办文艺演出，观众800人。", None),
    ],
)
def test_the_place_is_the_one_the_sentence_names(text: str, place: str | None) -> None:
    assert [activity.place for activity in activities_of(text)] == [place]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5月6日举办急救培训，参训职工30人。", ("2023-05-06", "2023-05-06")),
        ("5月至7月开展急救培训，参训职工30人。", ("2023-05", "2023-07")),
        ("2021年5月举办急救培训，参训职工30人。", ("2021-05", "2021-05")),
        ("举办急救培训，参训职工30人。", (None, None)),
    ],
)
def test_dates_keep_the_precision_of_the_text(text: str, days: tuple[str | None, str | None]) -> None:
    assert [(activity.start_date, activity.end_date) for activity in activities_of(text)] == [days]


def test_a_date_without_a_known_year_keeps_its_words_alone() -> None:
    found = activities_of("5月6日举办急救培训，参训职工30人。", Period())[0]
    assert (found.start_date, found.end_date, found.date_text) == (None, None, "5月6日")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("镇中心小学第九届读书节活动方案", "读书节活动"),
        ("柳河镇举行春季职工运动会", "春季职工运动会"),
        ("关于开展“清洁家园”志愿服务活动的通知", "“清洁家园”志愿服务活动"),
        ("柳河镇文化站2023年工作总结", None),
        ("柳河镇2023年安全生产工作计划", None),
        ("办学条件改善情况", None),
        ("的" * 20_000 + "读书节活动", None),
    ],
)
def test_a_title_names_the_event_that_its_document_tells_of(title: str, name: str | None) -> None:
    assert name_in(title, "柳河镇") == name


def reported(text: str, title: str) -> tuple[Activity, ...]:
    """The activities of a document with this title."""
    figures = extract(text, 0, len(text), (), DocumentType.SUMMARY).figures
    return gather(text, 0, len(text), (), figures, YEAR, title=title)


def test_the_figures_of_a_report_on_one_event_belong_to_it() -> None:
    title = "柳河镇举行春季职工运动会"
    text = f"{title}\n4月8日，镇工会在镇体育场举行运动会。\n共有12支代表队报名。\n发放奖品60份。"
    (activity,) = reported(text, title)
    assert len(activity.figures) == 2
    assert (activity.name, activity.start_date, activity.place) == ("春季职工运动会", "2023-04-08", "镇体育场")


def test_an_activity_named_in_a_sentence_keeps_its_figures() -> None:
    title = "柳河镇读书节活动总结"
    text = f"{title}\n读书节历时一月。\n举办朗诵比赛2场，42人登台。\n共捐书300册。"
    assert [(activity.name, len(activity.figures)) for activity in reported(text, title)] == [
        ("柳河镇读书节活动", 1),
        ("朗诵比赛", 2),
    ]
