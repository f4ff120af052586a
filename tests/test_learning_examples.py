"""What models learn from: the annotated records, and sections also as if nothing told their document's type."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from zongji.corpus.annotation import parse
from zongji.corpus.gold import GoldFile
from zongji.models.engines import Task
from zongji.pipeline.learning.examples import examples

GOLD = """{doc summary}
{title}槐荫街道2023年工作总结{/}
{achievements 1 一、}一、社区食堂{/}
开设食堂6家。
{next_steps 1 二、}二、下一步打算{/}
再开4家。
{/doc}
"""


def test_half_of_the_examples_of_a_section_cannot_lean_on_the_type() -> None:
    (file,) = [GoldFile(Path("槐荫.txt"), parse(GOLD))]
    types = Counter(
        feature
        for example in examples([file])[Task.SECTION_CLASS]
        for feature in example.features
        if feature in {"type=summary", "type=plan", "type=other"}
    )
    assert types == {"type=summary": 4, "type=other": 2, "type=plan": 2}
