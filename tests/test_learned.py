"""The decisions of models go into the records, and nothing else changes."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from zongji import extract_text
from zongji.corpus.labels import Category, DocumentType, SectionLabel
from zongji.corpus.records import Section
from zongji.models.engines import RULES, Engine, Task
from zongji.models.linear import LinearModel
from zongji.pipeline.model_decisions import contexts, decide_classes, decide_figures, is_open

TEXT = """工会工作总结
一年来，工会做了以下工作。
一、主要工作
（一）办好培训。培训职工60人次，获表彰3项。
二、打算
继续努力。
"""
(DOCUMENT,) = extract_text(TEXT, engine=RULES)
ALWAYS_PROBLEMS = LinearModel(("problems",), {"bias": ((0, 1.0),)}, 1.0)
AS_THE_PARENT = LinearModel(
    ("problems", "tasks"), {"t=主要": ((0, 9.0),), "said=problems": ((0, 1.0),), "bias": ((1, 0.5),)}, 1.0
)


def engine(task: Task, model: LinearModel) -> Engine:
    return Engine("test", {task: model})


def labels(found: tuple[Section, ...]) -> list[SectionLabel]:
    return [section.label for section in found]


def test_the_rules_engine_leaves_records_as_they_are() -> None:
    assert decide_classes(RULES, DOCUMENT.sections, TEXT, DocumentType.SUMMARY) == DOCUMENT.sections
    found = decide_figures(RULES, DOCUMENT.figures, TEXT, DOCUMENT.sections, DocumentType.SUMMARY)
    assert found == DOCUMENT.figures


def test_a_title_stays_a_title() -> None:
    found = decide_classes(engine(Task.SECTION_CLASS, ALWAYS_PROBLEMS), DOCUMENT.sections, TEXT, DocumentType.SUMMARY)
    assert labels(found) == [SectionLabel.TITLE, *[SectionLabel.PROBLEMS] * (len(found) - 1)]


def test_only_class_and_confidence_of_a_section_change() -> None:
    found = decide_classes(engine(Task.SECTION_CLASS, ALWAYS_PROBLEMS), DOCUMENT.sections, TEXT, DocumentType.SUMMARY)
    kept = [
        replace(new, label=old.label, confidence=old.confidence)
        for new, old in zip(found, DOCUMENT.sections, strict=True)
    ]
    assert tuple(kept) == DOCUMENT.sections


def test_a_section_with_its_parents_class_is_asked_with_the_new_one() -> None:
    found = decide_classes(engine(Task.SECTION_CLASS, AS_THE_PARENT), DOCUMENT.sections, TEXT, DocumentType.SUMMARY)
    titles = {section.title: section.label for section in found}
    assert titles["主要工作"] is SectionLabel.PROBLEMS
    assert titles["办好培训"] is SectionLabel.PROBLEMS
    assert titles["打算"] is SectionLabel.TASKS


def test_only_figures_whose_measure_word_is_open_get_another_category() -> None:
    model = LinearModel(("money",), {"bias": ((0, 1.0),)}, 1.0)
    found = decide_figures(
        engine(Task.FIGURE_CATEGORY, model), DOCUMENT.figures, TEXT, DOCUMENT.sections, DocumentType.SUMMARY
    )
    for old, new in zip(DOCUMENT.figures, found, strict=True):
        assert new.category is (Category.MONEY if is_open(old) else old.category)
    assert {is_open(figure) for figure in DOCUMENT.figures} == {True, False}


def test_a_figure_stands_in_its_sentence_behind_the_one_before() -> None:
    first, second = contexts(DOCUMENT.figures, TEXT, DOCUMENT.sections)
    assert first.left.endswith("培训职工")
    assert first.before is None
    assert second.before == first.figure
    assert second.right.strip() == "。"
    assert second.section is not None
    assert second.section.title == "办好培训"


@pytest.mark.parametrize("engine_or_none", [None, RULES])
@pytest.mark.alone
def test_a_document_of_many_sections_costs_each_the_same(engine_or_none: Engine | None) -> None:
    text = "工作计划\n" + "\n".join(f"{number}、开展活动。" for number in range(1, 99)) * 40
    began = time.process_time()
    extract_text(text, engine=engine_or_none)
    assert time.process_time() - began < 5
