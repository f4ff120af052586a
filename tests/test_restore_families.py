"""Damage other than damaged byte runs: each symptom, what must not change, and the round trip from clean text."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zongji.corpus import noise, noise_families
from zongji.corpus.alignment import Aligned
from zongji.corpus.annotation import parse
from zongji.pipeline.restore import compatibility, doubled, entities, invisible, litter, misdecoded
from zongji.pipeline.restore.record import Certainty

FAMILIES = [misdecoded, entities, invisible, compatibility, doubled, litter]
GOLD = sorted((Path(__file__).parent.parent / "corpus" / "gold" / "dev").glob("*.txt"))
CLEAN = "今年以来，我街道坚持把安全生产工作摆在突出位置，组织开展隐患排查300余次，整改隐患“回头看”26处。"
COMMON = "的一是在不了有和人这中大为上个国我以要时来用们生到作地于出就分对成会可主发年动同工也能"
POSSESSIVE = "受教育的群众和培训的管理"
CLEAN_LINES = st.lists(st.text(alphabet=COMMON + "，。；：、“”（）《》·", max_size=30), max_size=8).map("\n".join)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=80) | st.text(
    alphabet="的.'’工工作作总总结结&nbsp;lt#8220⼯\u200b\uf06c\u00ad鐨勫伐浣?¹¤×÷â€œ宸ヤ綔\ufffd い癡\n\x0c\x85",
    max_size=60,
)


def restored(family: ModuleType, text: str) -> str:
    return Aligned.of(text).apply(family.edits(text)).text


@pytest.mark.parametrize(
    ("family", "source", "expected"),
    [
        (misdecoded, "鐨勫伐浣", "的工作"),
        (misdecoded, "鐨勫伐浣?", "的工作"),
        (misdecoded, "宸ヤ綔鎬荤粨", "工作总结"),
        (misdecoded, "前文正常，宸ヤ綔鎬荤粨，后文正常", "前文正常，工作总结，后文正常"),
        (misdecoded, "公路宸ヤ綔鎬荤粨模范", "公路工作总结模范"),
        (misdecoded, "¹¤×÷", "工作"),
        (misdecoded, "标题：¹¤×÷×Ü½á。", "标题：工作总结。"),
        (misdecoded, "å·¥ä½œæ€»ç»“", "工作总结"),
        (misdecoded, "他说â€œ好â€\x9d了", "他说“好”了"),
        (entities, "发放&nbsp;资料", "发放 资料"),
        (entities, "&ldquo;回头看&rdquo;", "“回头看”"),
        (entities, "&#8220;回头看&#x201D;", "“回头看”"),
        (entities, "发放&amp;nbsp;资料&amp;amp;mdash;", "发放 资料—"),
        (entities, "正文&nbsp正文", "正文 正文"),
        (invisible, "工\u200b作\ufeff总\u00ad结", "工作总结"),
        (invisible, "工作\u200e总结\x07", "工作总结"),
        (invisible, "第一页\x0c第二页", "第一页\n第二页"),
        (invisible, "一\u2028二\r\n\x0c三", "一\n二\r\n三"),
        (compatibility, "⼯作总结，⾯向⻓期，⻔⼾", "工作总结，面向长期，门户"),
        (compatibility, "\uf06c 第一项\n\uf0d8 第二项", "● 第一项\n➢ 第二项"),
        (compatibility, "︵一︶罗密欧･朱丽叶", "（一）罗密欧·朱丽叶"),
        (compatibility, "\uf9ff\uf9d1", "刺六"),
        (doubled, "工工作作总总结结", "工作总结"),
        (doubled, "22002255年年工工作作总总结结\n正文", "2025年工作总结\n正文"),
        (doubled, "（（一一））加加强强领领导导", "（一）加强领导"),
        (litter, "培训的.管理", "培训的管理"),
        (litter, "培训.的管理", "培训的管理"),
        (litter, "受教育的'群众", "受教育的群众"),
        (litter, "受教育的’群众", "受教育的群众"),
    ],
)
def test_a_symptom_is_undone(family: ModuleType, source: str, expected: str) -> None:
    assert restored(family, source) == expected


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "text",
    [
        "Plain English (with parentheses), don't touch — it's “quoted”; café, naïve, Ångström.",
        "int *p = &num; if (a &lt; b) { foo(&amp;x); } // 求和",
        '<a href="?a=1&amp;b=2">链接</a> 用 &nbsp; 表示空格',
        "空格用&nbsp;表示，大于号写成&gt;",
        "HTML 里 &ldquo; 是左引号",
        "张三 13800138000\n李四 13911223344\n王五 0755-22334455",
        "常常帮助妈妈，谢谢大家",
        "爷爷奶奶爸爸妈妈都来了",
        "人人事事时时处处讲安全，高高兴兴平平安安回家",
        "共2200人1100户，金额为3.5万元……",
        "他说的'这件事'已经办好，所谓的‘新办法’也在用",
        "这是去年建成的.今年继续。",
        "这是我们的.今天开始.明天结束.",
        "××××公司与xx县、○○村签约，第３期",
        "涓涓细流，濉溪县，锟斤拷",
        "わたしは日本語を勉強しています。東京に住んでいます。",
        "┌──┬──┐\n│一月│二月│\n└──┴──┘",
        "舉辦總結會議，組織開展評選；學xué習，é——",
        "äöüß ÄÖÜ SÃO PAULO, 25°±2℃，5×6÷2",
        "👨\u200d👩\u200d👧 中文",
        "عربي\u200c عربي",
    ],
)
def test_what_is_no_damage_stays(family: ModuleType, text: str) -> None:
    assert list(family.edits(text)) == []


# By chance random characters are doubled three times in a row; the corpus below has no such place.
@pytest.mark.parametrize("family", [family for family in FAMILIES if family is not doubled])
@given(CLEAN_LINES)
@settings(max_examples=100, deadline=None)
def test_clean_chinese_gets_no_edits(family: ModuleType, text: str) -> None:
    assert list(family.edits(text)) == []


@pytest.mark.parametrize("family", [misdecoded, entities, invisible, compatibility, doubled])
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_gold_corpus_gets_no_edits(family: ModuleType, path: Path) -> None:
    assert list(family.edits(parse(path.read_text("utf-8")).text)) == []


@pytest.mark.parametrize("family", FAMILIES)
@given(ANYTHING)
@settings(max_examples=200, deadline=None)
def test_the_edits_can_be_applied_and_lie_inside(family: ModuleType, text: str) -> None:
    aligned = Aligned.of(text).apply(family.edits(text))
    places = [aligned.origin(index, index + 1) for index in range(len(aligned.text))]
    assert all(0 <= start <= end <= len(text) for start, end in places)


@pytest.mark.parametrize(
    ("family", "damaged"),
    [
        (misdecoded, noise_families.misread(CLEAN, "utf-8", "gb18030")),
        (misdecoded, noise_families.misread(CLEAN, "gbk", "latin-1")),
        (misdecoded, noise_families.misread(CLEAN, "gbk", "cp1252")),
        (misdecoded, noise_families.misread(CLEAN, "utf-8", "latin-1")),
        (misdecoded, noise_families.misread(CLEAN, "utf-8", "cp1252")),
        (misdecoded, noise_families.gbk_as_latin1(CLEAN)),
        (misdecoded, noise_families.utf8_as_latin1(CLEAN)),
        (entities, noise_families.with_twice_escaped(CLEAN)),
        (entities, noise_families.with_entities(CLEAN)),
        (invisible, noise_families.with_zero_width(CLEAN)),
        (compatibility, noise_families.with_radicals(CLEAN)),
        (doubled, noise_families.with_doubled(CLEAN)),
        (litter, noise_families.with_stray_marks(POSSESSIVE, ".")),
        (litter, noise_families.with_stray_marks(POSSESSIVE, "'")),
        (litter, noise_families.with_stray_marks(POSSESSIVE, "'", before=True)),
    ],
)
def test_damaged_forward_and_restored_is_clean(family: ModuleType, damaged: noise.Damaged) -> None:
    assert (damaged.text != damaged.clean, restored(family, damaged.text)) == (True, damaged.clean)


def test_the_litter_of_the_gold_corpus_stands_beside_its_particle() -> None:
    texts = [parse(path.read_text("utf-8")).text for path in GOLD]
    found = {text[edit.start - 1 : edit.end + 3] for text in texts for edit in litter.edits(text)}
    assert found == {"的.品牌化"}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("sign", ["?", "×", "鐨勫", "的.", "&nbsp", "工工", "\u200b", "\uf06c", "い癡", "â€", "¹¤"])
@pytest.mark.alone
def test_hostile_input_takes_no_time(family: ModuleType, sign: str) -> None:
    started = process_time()
    family.edits(sign * 100_000)
    assert process_time() - started < 6


@pytest.mark.parametrize("read", ["gbk", "gb18030"])
def test_big5_read_as_gbk_is_big5_again(read: str) -> None:
    clean = "組織開展隱患排查，完成工作總結。"
    assert restored(misdecoded, noise_families.misread(clean, "big5", read).text) == clean


def test_a_character_knows_the_characters_that_held_its_bytes() -> None:
    source = "前言¹¤×÷"
    aligned = Aligned.of(source).apply(misdecoded.edits(source))
    assert (aligned.text, aligned.origin(2, 3), aligned.origin(3, 4)) == ("前言工作", (2, 4), (4, 6))


def test_a_numeral_whose_byte_was_lost_is_never_guessed() -> None:
    clean = "二〇二一年工作总结，培训农民三千人，发放资料。" * 3
    damaged = noise_families.misread(clean, "utf-8", "gbk").text
    aligned = Aligned.of(damaged).apply(misdecoded.edits(damaged))
    guessed = [repair for repair in misdecoded.repairs(damaged) if repair.certainty is Certainty.LIKELY]
    assert "工作总结" in aligned.text
    assert not any(sign in repair.after for repair in guessed for sign in "一二三千")
