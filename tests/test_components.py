"""The spaCy components: one Doc in, one out, exact offsets."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

TEXT = """青石县科协2023年工作总结
一、主要工作
1、举办科普讲座。全年举办讲座6场，听众1200余人次。
二、存在的问题
经费不足。
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    pipeline.add_pipe("zongji_sections")
    pipeline.add_pipe("zongji_figures")
    return pipeline


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_figures_are_spans_labelled_by_category(doc: Doc) -> None:
    assert [(span.text, span.label_) for span in doc.spans["figures"]] == [
        ("6场", "sessions"),
        ("1200余人次", "participants"),
    ]


def test_sections_are_spans_labelled_by_class(doc: Doc) -> None:
    assert [span.label_ for span in doc.spans["sections"]] == ["title", "achievements", "achievements", "problems"]


def test_the_plain_records_have_exact_offsets(doc: Doc) -> None:
    figures = doc.user_data["zongji"][0]["figures"]
    assert [TEXT[figure["start"] : figure["end"]] for figure in figures] == ["6场", "1200余人次"]
