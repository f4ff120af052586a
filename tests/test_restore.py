"""The passes: a text without their damage gets no edits, and repairs map back to their source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zongji.corpus.alignment import Aligned
from zongji.pipeline.restore import PASSES, restore
from zongji.pipeline.restore.script import simplified

SIMPLIFIED = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家"
    "电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你"
)
DIGITS = "0123456789.%"
MARKS = "，。；：、！？“”《》（）"
PLAIN = st.text(alphabet=SIMPLIFIED + DIGITS + MARKS, max_size=80)
PLAIN_LINES = st.lists(st.text(alphabet=SIMPLIFIED + MARKS, min_size=1, max_size=18), max_size=12).map("\n".join)
DAMAGED = st.text(alphabet="協學會(xié)（a）１２．，％? \u3000\u00a0\t\n-第3页abc。", max_size=80)
# OpenCC takes no lone surrogate; see test_extract.py.
WELL_FORMED = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | DAMAGED


@pytest.mark.parametrize("name", [name for name in PASSES if name != "doubled"])  # chance may double three signs
@given(PLAIN_LINES)
@settings(max_examples=100, deadline=None)
def test_a_text_without_damage_gets_no_edits(name: str, text: str) -> None:
    assert list(PASSES[name](text)) == []


@pytest.mark.parametrize("name", ["readings", "line-ends", "script", "width", "blanks"])
@given(PLAIN)
@settings(max_examples=100, deadline=None)
def test_one_line_without_damage_gets_no_edits(name: str, text: str) -> None:
    assert list(PASSES[name](text)) == []


@pytest.mark.parametrize("name", PASSES)
@given(WELL_FORMED)
@settings(max_examples=200, deadline=None)
def test_the_edits_of_a_pass_can_be_applied(name: str, text: str) -> None:
    assert Aligned.of(text).apply(PASSES[name](text)).source == text


@pytest.mark.parametrize("name", ["readings", "script", "width"])
@given(WELL_FORMED)
@settings(max_examples=150, deadline=None)
def test_a_pass_leaves_nothing_for_a_second_run(name: str, text: str) -> None:
    once = Aligned.of(text).apply(PASSES[name](text)).text
    assert Aligned.of(once).apply(PASSES[name](once)).text == once


@given(WELL_FORMED)
@settings(max_examples=150, deadline=None)
def test_every_character_of_the_restored_text_lies_inside_the_source(text: str) -> None:
    aligned = restore(Aligned.of(text)).aligned
    places = [aligned.origin(index, index + 1) for index in range(len(aligned.text))]
    assert all(0 <= start <= end <= len(text) for start, end in places)


@given(st.text(alphabet="0123456789", min_size=1, max_size=12), st.integers(0, 5))
@settings(max_examples=100, deadline=None)
def test_full_width_digits_keep_their_place(digits: str, lead: int) -> None:
    source = "资" * lead + digits.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}) + "份"
    aligned = Aligned.of(source).apply(PASSES["width"](source))
    assert (aligned.text[lead:-1], aligned.origin(lead, lead + len(digits))) == (digits, (lead, lead + len(digits)))


@pytest.mark.parametrize("blank", ["\u00a0", "\u2002", "\u2003", "\u2009", "\u202f", "\u3000"])
def test_every_kind_of_blank_becomes_a_plain_one(blank: str) -> None:
    source = f"培训{blank}农户"
    assert Aligned.of(source).apply(PASSES["blanks"](source)).text == "培训 农户"


@pytest.mark.parametrize("dash", ["-", "—", "–", "－", "·"])
def test_a_page_number_between_dashes_is_dropped(dash: str) -> None:
    source = f"上文。\n{dash} 12 {dash}\n下文。"
    assert Aligned.of(source).apply(PASSES["layout"](source)).text == "上文。\n下文。"


def test_a_reading_belongs_to_the_place_of_its_character() -> None:
    source = "科協(xié)會議"
    aligned = restore(Aligned.of(source)).aligned
    assert (aligned.text, aligned.origin(1, 2)) == ("科协会议", (1, 7))


def test_traditional_text_in_every_damage_at_once_is_restored() -> None:
    source = "舉(jǔ)辦培訓\u3000１２期，\n發放資料\u00a05000份"
    assert restore(Aligned.of(source)).aligned.text == "举办培训 12期，\n发放资料 5000份"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("協會", "协会"),
        ("發放資料", "发放资料"),
        ("頭髮", "头发"),
        ("乾燥", "干燥"),
        ("皇后", "皇后"),
        ("以後", "以后"),
    ],
)
def test_phrases_decide_between_readings_of_a_character(before: str, after: str) -> None:
    assert simplified(before) == after
