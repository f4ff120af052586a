"""The forward procedure produces every symptom of damaged pages, and reports its changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zongji.corpus import noise, noise_families
from zongji.corpus.alignment import Aligned
from zongji.corpus.noise import Damaged, Procedure, damage

READINGS = {character: noise.usual()[character] for character in "驅數協學發區設務現規復養業導當關"}
USUAL = Procedure(READINGS)
TEXTS = st.text(
    alphabet="协会学区域职或专发展现将保确。，；？！、“”《》：十二五末全市义务Ａ１a1 (\n\u00a0", max_size=60
)


@pytest.mark.parametrize(
    ("clean", "damaged"),
    [
        ("协", "協(xié)"),
        ("服务。现将", "服務(wù)?,F(xiàn)將"),
        ("机制。科学规", "機制??茖W(xué)規(guī)"),
        ("确保“十二五”末全市义务", "確?!笆濉蹦┤辛x務(wù)"),
        ("县域学校", "縣域?qū)W校"),
        ("兼职或专职科技主任。", "兼職或?qū)B毧萍贾魅?。"),
        ("提前离岗退养", "提前離崗?fù)损B(yǎng)"),
        ("适当的机会", "適當(dāng)?shù)臋C會"),
        ("计划\u00a0\u00a0一", "計劃??一"),
        ("着力", "著力"),
        ("皇后", "皇后"),
    ],
)
def test_symptom(clean: str, damaged: str) -> None:
    assert damage(clean, USUAL).text == damaged


@pytest.mark.parametrize(
    ("procedure", "damaged"),
    [
        (Procedure({"學": "xue"}), "縣域學(xue)會?,F將,"),
        (Procedure({"學": "xué"}, blank=True), "縣域學(xué) 會?,F將,"),
        (Procedure(READINGS, narrow=False), "縣域?qū)W會?，F(xiàn)將，"),
        (Procedure({"學": "xué", "驅": "qū"}), "縣域?qū)W(xué)會?,F將,"),
        (Procedure(cuts="，"), "縣域學會?,F將,"),
        (Procedure(cuts="。"), "縣域學會。現將,"),
    ],
)
def test_variant(procedure: Procedure, damaged: str) -> None:
    assert damage("县域学会。现将，", procedure).text == damaged


def test_a_listing_mark_protects_its_bytes() -> None:
    assert damage("确保、五、", USUAL).text == "確保、五、"
    assert "?" in damage("确保“五", USUAL).text


def test_text_in_traditional_characters_is_left_in_them() -> None:
    assert damage("裏學", Procedure(READINGS, converted=True)).text == "裏學(xué)"


@given(TEXTS)
def test_the_edits_make_the_damaged_text_and_their_inverse_the_clean_one(clean: str) -> None:
    damaged = damage(clean, USUAL)
    assert Aligned.of(clean).apply(damaged.edits).text == damaged.text
    assert Aligned.of(damaged.text).apply(damaged.repairs()).text == clean


@given(TEXTS)
def test_a_line_alone_is_damaged_as_in_its_text(clean: str) -> None:
    lines = [noise.damaged_line(line, USUAL) for line in clean.split("\n")]
    assert damage(clean, USUAL).text == "\n".join(lines)


@given(st.text(max_size=40))
def test_any_text_can_be_damaged(clean: str) -> None:
    damaged = damage(clean, USUAL)
    assert Aligned.of(damaged.text).apply(damaged.repairs()).text == clean


@pytest.mark.parametrize(("reading", "plain"), [("xué", "xue"), ("lǜ", "lü"), ("nǚ", "nü"), ("ér", "er"), ("a", "a")])
def test_readings_without_tones(reading: str, plain: str) -> None:
    assert noise.toneless(reading) == plain


@pytest.mark.parametrize(
    ("family", "clean", "damaged"),
    [
        (noise_families.utf8_as_gbk, "的工作", "鐨勫伐浣?"),
        (noise_families.gbk_as_latin1, "工作", "¹¤×÷"),
        (noise_families.utf8_as_latin1, "é", "Ã©"),
        (noise_families.with_entities, "“好”", "&ldquo;好&rdquo;"),
        (noise_families.with_private_use, "·好", "\uf0b7好"),
        (noise_families.with_radicals, "工会", "⼯会"),
        (noise_families.with_zero_width, "一二三四五六七八", "一二三四五六七\u200b八"),
        (noise_families.with_doubled, "工 作", "工工 作作"),
    ],
)
def test_other_family(family: Callable[[str], Damaged], clean: str, damaged: str) -> None:
    found = family(clean)
    assert found.text == damaged
    assert Aligned.of(clean).apply(found.edits).text == damaged
    assert Aligned.of(damaged).apply(found.repairs()).text == clean
