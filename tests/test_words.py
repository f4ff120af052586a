"""The fast port of jieba and jieba itself give the same words."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest
from zongji.corpus.gold import read_folder
from zongji.models.words import Tagged, _reference_tagger, tag

GOLD = Path(__file__).parent.parent / "corpus" / "gold" / "dev"


def spans(words: Tagged) -> set[tuple[int, int]]:
    ends = list(accumulate(len(word) for word, _ in words))
    return set(zip([0, *ends], ends, strict=False))


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return [line for gold in read_folder(GOLD) for line in gold.annotated.text.splitlines() if line][:400]


def test_port_and_reference_cut_alike(lines: list[str]) -> None:
    reference = _reference_tagger()
    both = [(spans(tag(line)), spans(reference(line))) for line in lines]
    common = sum(len(port & other) for port, other in both)
    assert 2 * common / sum(len(port) + len(other) for port, other in both) > 0.99


def test_port_and_reference_tag_alike(lines: list[str]) -> None:
    reference = _reference_tagger()
    pairs = [pair for line in lines for pair in tag(line)]
    expected = {pair for line in lines for pair in reference(line)}
    assert sum(pair in expected for pair in pairs) / len(pairs) > 0.92  # words neither knows are tagged by guess


def test_no_character_is_lost(lines: list[str]) -> None:
    assert ["".join(word for word, _ in tag(line)) for line in lines] == lines
