"""Damaged runs are restored, undamaged text stays, and every repair states its certainty."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from zongji.corpus import noise
from zongji.corpus.alignment import Aligned
from zongji.corpus.noise import Procedure, damage
from zongji.pipeline.restore import damage as damaged_bytes
from zongji.pipeline.restore import readings, restore
from zongji.pipeline.restore.damage import repairs
from zongji.pipeline.restore.record import Certainty, Kind

READINGS = {character: noise.usual()[character] for character in "驅數協學發區設務現規復養業導當關創鎮質調農術優鄉內"}
USUAL = Procedure(READINGS)
WITHOUT_TONES = {character: noise.toneless(reading) for character, reading in READINGS.items()}
# Sentences in which all annotated characters stand, so that a page of a few lines can be learned from.
PAGE = """我县科学技术协会认真学习上级文件，创新工作方法，优化乡镇服务，农业技术推广取得新的发展。
区内学校建设步伐加快，教育质量不断提高，调查研究深入基层，数字校园建设规划已经完成。
“十二五”期间各项任务全面完成。
当前工作的关键是抓好领导干部的培养，驱动创新，复查工作同步开展。
"""
SENTENCES = (
    "全体教师围绕中心工作，全心全意为学生服务。现将一年来的工作总结如下。",
    "建立科学的管理机制。科学规划，合理安排。",
    "各单位要确保“十二五”期间完成任务。",
    "组织全县域学校参加比赛，成绩很好。",
    "每个村都有兼职或专职的工作人员。",
    "鼓励教师提前离岗退养等多种方式。",
    "为当地的经济发展作出了新的贡献。",
    "在适当的时候召开会议，总结经验。",
    "今后要进一步加强学校。“以人为本”的理念深入人心。",
    "全年共举办培训班12期，培训人员500人。",
)  # fmt: skip


def clean_of(text: str) -> str:
    """A text after the passes for damaged bytes and readings, still in traditional characters."""
    aligned = Aligned.of(text)
    for edits in (damaged_bytes.edits, readings.edits):
        aligned = aligned.apply(edits(aligned.text))
    return aligned.text


def on_a_page(sentence: str, procedure: Procedure = USUAL) -> str:
    return damage(PAGE + sentence, procedure).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("為社會服務(wù)?,F(xiàn)將", "為社會服務。現將"),
        ("建立管理機制??茖W(xué)規(guī)劃,合理安排", "建立管理機制。科學規劃,合理安排"),
        ("縣域?qū)W校", "縣域學校"),
        ("兼職或?qū)B毧萍贾魅?。為全", "兼職或專職科技主任。為全"),
        ("提前離崗?fù)损B(yǎng)等", "提前離崗退養等"),
        ("為當(dāng)?shù)氐慕?jīng)濟發(fā)展", "為當地的經濟發展"),
        ("在適當(dāng)?shù)臋C會", "在適當的機會"),
    ],
)
def test_symptom(before: str, after: str) -> None:
    assert clean_of(on_a_page("") + before) == noise.narrowed(noise.traditional(PAGE)) + after


def test_what_cannot_be_told_apart_is_marked_with_its_alternatives() -> None:
    (repair,) = repairs(on_a_page("") + "完成任務(wù),確?!笆濉蹦┤辛x務(wù)教育")
    assert repair.certainty is Certainty.LIKELY
    assert {"保“十二五”末全市義", "保“十五”末全市義"} <= {repair.after, *repair.alternatives}


def test_a_repair_says_what_it_is() -> None:
    text = on_a_page("") + "聯合組織縣域?qū)W校參加"
    (repair,) = repairs(text)
    assert text[repair.start : repair.end] == repair.before == "?qū)W"
    assert (repair.after, repair.kind, repair.certainty) == ("學", Kind.READING, Certainty.EXACT)
    assert repair.confidence > 0.99


def test_an_eaten_digit_is_not_invented() -> None:
    text = on_a_page("共接待咨询群众500人。")
    (repair,) = repairs(text)
    assert (repair.after, repair.certainty) == ("群眾?", Certainty.UNRECOVERED)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "procedure",
    [
        USUAL,
        Procedure(WITHOUT_TONES),
        Procedure(READINGS, narrow=False),
        Procedure(READINGS, cuts="。；？！"),
        Procedure(dict(list(READINGS.items())[:12])),
        Procedure(WITHOUT_TONES, blank=True),
    ],
    ids=["usual", "without tones", "full width", "comma does not cut", "few annotated", "blank behind"],
)
def test_round_trip(sentence: str, procedure: Procedure) -> None:
    expected = noise.traditional(PAGE + sentence)
    found = clean_of(on_a_page(sentence, procedure))
    assert found == (noise.narrowed(expected) if procedure.narrow else expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "学习英语(English)和计算机(PC)，见附件(a)、(b)?,好吗?,",
        "课文：学(xué)习、发(fā)展、区(qū)域?,现(xiàn)在??好",
        "誰來負責?,怎麼辦?!還有什麼問題??請說明。",
        "if (a) { b = c ? d : e; } // why?,\nprint('?!')",
        "张三(13800000000)?,李四?;王五",
        "工作计划 ? ?? ? ?一、指导思想 ? ?二、工作目标 ? ?1、争取项目1个。",
    ],
)
def test_no_damage_is_left_alone(text: str) -> None:
    assert list(repairs(text)) == []


@pytest.mark.parametrize("sentence", ["你知道這是什麼嗎?,我不知道。", "這樣做好不好?!大家說好。", "怎麼辦??"])
def test_a_true_question_on_a_damaged_page_stays(sentence: str) -> None:
    text = on_a_page("") + sentence
    assert list(repairs(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "?" * 1_000_000,
        "學(xué)" * 3 + "?" * 1_000_000,
        "學(xué)" * 3 + "?!" * 500_000,
        "學(xué)" * 3 + "?ū)" * 250_000,
        "學(xué)區(qū)域?qū)" + "毧萍贾" * 100_000,
    ],
    ids=["marks", "marks on a page", "marks that cut", "broken readings", "endless run"],
)
@pytest.mark.alone
def test_hostile_text_ends(text: str) -> None:
    began = time.process_time()
    list(repairs(text))
    assert time.process_time() - began < 6


@pytest.mark.alone
def test_clean_text_costs_a_scan() -> None:
    text = "全县共举办各类培训班86期（次），参加3600人；效果怎么样？，很好。\n" * 30_000
    began = time.process_time()
    assert list(damaged_bytes.edits(text)) == []
    assert len(text.encode()) / (time.process_time() - began) > 20e6


def test_offsets_of_restored_text_point_into_their_runs() -> None:
    text = on_a_page("兼职或专职科技主任。为全面完成任务，确保“十二五”末全市。")
    aligned = restore(Aligned.of(text)).aligned
    places = [aligned.origin(place, place + 1) for place in range(len(aligned.text))]
    for repair in repairs(text):
        inside = [place for place in places if repair.start <= place[0] < repair.end]
        assert inside
        assert all(repair.start <= start < end <= repair.end for start, end in inside)
    assert "兼职或专职科技主任。为全面" in aligned.text


SAMPLE = Path(__file__).resolve().parents[2] / "shared" / "samples" / "kexie_plans.txt"
on_the_sample = pytest.mark.skipif(not SAMPLE.exists(), reason="the sample page is not part of the project")


def sample() -> str:
    return SAMPLE.read_bytes().decode()


@on_the_sample
def test_the_sample_page_is_restored() -> None:
    found = repairs(sample())
    assert len(found) == 17
    assert [repair.certainty for repair in found].count(Certainty.EXACT) >= 5
    assert Certainty.UNRECOVERED not in {repair.certainty for repair in found}
    assert re.findall(r"\?|\([a-zü\u00e0-\u01dc]{1,7}\)", restore(Aligned.of(sample())).aligned.text) == ["?"]


@on_the_sample
def test_the_sample_page_is_damaged_back_from_what_was_restored() -> None:
    # At one place something invisible kept `。現` from damage; a line end does the same.
    text = sample().replace("。現(xiàn)", "。\n現(xiàn)")
    repaired = Aligned.of(text).apply(damaged_bytes.edits(text)).text
    clean = Aligned.of(repaired).apply(readings.edits(repaired)).text
    assert text.count("\n") == sample().count("\n") + 1
    assert damage(clean, Procedure(noise.usual(), converted=True)).text == text


@on_the_sample
@pytest.mark.alone
def test_the_sample_page_takes_under_two_seconds() -> None:
    text = sample()
    began = time.process_time()
    repairs(text)
    assert time.process_time() - began < 2
