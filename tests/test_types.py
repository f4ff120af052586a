"""A document's type by what its text does, where its title says nothing, and the leaning of its words."""

from __future__ import annotations

import pytest
from zongji import extract_text
from zongji.corpus.labels import DocumentType, Modality, SectionLabel
from zongji.corpus.records import Section
from zongji.models.engines import load_engine
from zongji.pipeline.figures.modality import label_for
from zongji.pipeline.metadata.doc_type import RuledType, is_news
from zongji.pipeline.model_decisions import decide_leaning, decide_type, type_features

PLANS = (
    "本月起，每周五下午组织一次集中学习，每次不少于2小时，由各组轮流准备。"
    "年底前须完成全部课程，确保人人过关。各组要制定措施，明确分工。"
)
REPORTS = "今年以来，我们先后举办了6场讲座，累计培训420人次，群众都说好。全部课程已经完成，还有12人取得了证书。"


@pytest.mark.parametrize(
    "opening",
    [
        "本报讯（记者 周远山）昨日，全县春耕现场会在青石镇召开。",
        "青石新闻网5月6日讯（通讯员 周远山）县农业局日前启动了送技下乡。",
        "新华社电 近日，首趟果蔬专列开出。",
    ],
)
def test_a_dispatch_is_news(opening: str) -> None:
    assert is_news("", opening, opening)


def test_what_a_reporter_was_told_is_news() -> None:
    text = "老街换了新颜。负责改造的胡工告诉记者，工程用了5个月。"
    assert is_news("", text, text)


def test_a_young_reporter_of_a_school_makes_no_news() -> None:
    text = "全校选出小记者36名，小记者在操场采访了运动员。"
    assert not is_news("", text, text)


def test_questions_and_answers_are_no_summary() -> None:
    text = "让校车更安全\n记者：现在有多少辆校车？\n经理：46辆。\n记者：怎么保证安全？\n经理：每月检查2次。"
    assert [document.doc_type for document in extract_text(text)] == [DocumentType.OTHER]


@pytest.mark.parametrize(("body", "expected"), [(PLANS, DocumentType.PLAN), (REPORTS, DocumentType.SUMMARY)])
def test_the_words_of_the_text_decide_where_nothing_else_does(body: str, expected: DocumentType) -> None:
    said = RuledType(DocumentType.SUMMARY, is_open=True)
    assert decide_type(load_engine(), said, type_features(None, (), body)) is expected


def test_a_told_type_is_kept() -> None:
    said = RuledType(DocumentType.SUMMARY, is_open=False)
    assert decide_type(load_engine(), said, type_features(None, (), PLANS)) is DocumentType.SUMMARY


def test_a_document_of_another_type_leans_by_its_words() -> None:
    assert decide_leaning(load_engine(), DocumentType.OTHER, type_features(None, (), PLANS)) is DocumentType.PLAN


def test_figures_of_a_letter_follow_its_words_and_not_its_type() -> None:
    text = (
        "关于采购灯笼的函\n业主委员会：\n春节将至，为营造节日气氛，物业拟提前购置一批灯笼，请贵会审批。\n"
        "大灯笼　10对\n小灯笼　40对\n以上费用计划从公共收益中列支，须在腊月二十前完成安装，每栋楼不少于2对，"
        "由工程部负责，确保安全。"
    )
    (document,) = extract_text(text)
    assert document.doc_type is DocumentType.OTHER
    assert {figure.modality for figure in document.figures} == {Modality.PLANNED}


def section(label: SectionLabel, confidence: float) -> Section:
    """A section with a class."""
    return Section(
        id="s1", parent=None, start=0, end=99, level=1, marker=None, title=None, label=label, confidence=confidence
    )


def test_the_class_of_a_section_counts_if_it_is_certain() -> None:
    assert label_for(section(SectionLabel.TASKS, 0.9), "") is SectionLabel.TASKS


def test_an_uncertain_class_says_nothing() -> None:
    assert label_for(section(SectionLabel.TASKS, 0.6), "") is None


def test_only_the_first_paragraph_of_a_preamble_is_one() -> None:
    assert label_for(section(SectionLabel.PREAMBLE, 0.95), "第一段。\n第二段有") is None
