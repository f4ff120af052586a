"""Two annotations of a text are compared as an annotation and a program's records are."""

from __future__ import annotations

import pytest
from zongji.corpus.agreement import agreement
from zongji.corpus.annotation import parse

FIRST = parse(
    "{doc summary period=2023年}\n{title}2023年总结{/}\n{preamble}举办讲座[3场 sessions 3 achieved unit=场 item=讲座]，"
    "[20人 participants 20 achieved unit=人]参加。\n{/doc}\n"
)
SECOND = parse(
    "{doc summary period=2023年}\n{title}2023年总结{/}\n"
    "{closing}举办讲座[3场 sessions 3 achieved unit=场 item=科普讲座]，"
    "20人参加。\n{/doc}\n"
)


def test_an_annotation_agrees_with_itself() -> None:
    assert set(agreement([(FIRST, FIRST)]).measures().values()) == {1.0}


def test_where_two_differ_the_share_is_told() -> None:
    measures = agreement([(FIRST, SECOND)]).measures()
    assert measures["sections"] == 1.0
    assert measures["class"] == 0.5
    assert measures["figures"] == pytest.approx(2 / 3)
    assert measures["item"] == 0.0


def test_annotations_of_different_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="different texts"):
        agreement([(FIRST, parse(""))])
