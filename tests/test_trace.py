"""A trace agrees with the records: each step names what decided, and its outcome is the record's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import zongji
from typer.testing import CliRunner, Result
from zongji import DocumentTrace, Trace, extract_text, trace_file, trace_text
from zongji.cli import app
from zongji.models.engines import RULES
from zongji.pipeline.figures.exclusions import counts
from zongji.pipeline.figures.items.counted import Sides, noun_before
from zongji.pipeline.trace import Stage, Step
from zongji.pipeline.trace.places import Place, parsed
from zongji.pipeline.trace.records import NONE
from zongji.pipeline.trace.watching import rule_of, watched

ROOT = Path(__file__).parent.parent
GOLD = sorted((ROOT / "corpus" / "gold" / "dev").glob("*.txt"))
TEXT = (
    "县科协2023年工作总结\n一、主要工作\n县科协举办培训班6期，培训农民300余人。其中3月20日在文化广场开展宣传活动1场。\n"
)


@cache
def document(text: str) -> DocumentTrace:
    return trace_text(text)[0]


def number(shown: str, text: str = TEXT) -> Trace:
    return next(one for one in document(text).numbers if one.text == shown)


def step(stage: Stage, shown: str, text: str = TEXT) -> Step:
    found = number(shown, text).step(stage)
    assert found is not None
    return found


def said(found: Step) -> tuple[str, str]:
    return found.outcome, found.rule.name


def recorded(traced: DocumentTrace, one: Trace) -> dict[Stage, str]:
    """The outcomes expected of a number's steps, from its record."""
    if one.rejection is not None:
        return {Stage.REJECTION: f"rejected: {one.rejection.reason}"}
    figure = one.figure
    assert figure is not None
    activities = {activity.id: activity.name for activity in traced.document.activities}
    sections = {section.id: section.label.value for section in traced.document.sections}
    return {
        Stage.REJECTION: "a figure",
        Stage.ITEM: figure.item or NONE,
        Stage.CATEGORY: figure.category,
        Stage.MODALITY: figure.modality,
        Stage.TOTAL: "yes" if figure.total else "no",
        Stage.PER: figure.per or NONE,
        Stage.ACTIVITY: f"{figure.activity} {activities[figure.activity]}" if figure.activity else NONE,
    } | ({Stage.CLASS: sections[figure.section]} if figure.section else {})


def told(one: Trace, stages: dict[Stage, str]) -> dict[Stage, str]:
    return {stage: found.outcome for stage in stages if (found := one.step(stage)) is not None}


@cache
def is_ours(where: str) -> bool:
    return (ROOT / where.partition(":")[0]).is_file()


def unnamed(one: Trace) -> list[Step]:
    """The steps whose rule is in no file of the package."""
    return [step for step in one.steps if not is_ours(step.rule.where)]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_trace_agrees_with_the_records(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    traces = trace_text(text)
    expected = [recorded(traced, one) for traced in traces for one in traced.numbers]
    assert tuple(traced.document for traced in traces) == extract_text(text)
    assert [one.figure for traced in traces for one in traced.numbers if one.figure] == [
        figure for traced in traces for figure in traced.document.figures
    ]
    assert [one.rejection for traced in traces for one in traced.numbers if one.rejection] == [
        rejection for traced in traces for rejection in traced.document.rejected
    ]
    numbers = [one for traced in traces for one in traced.numbers]
    assert [told(one, stages) for one, stages in zip(numbers, expected, strict=True)] == expected
    assert [found for one in numbers for found in unnamed(one)] == []


def test_the_rules_alone_are_traced_too() -> None:
    (traced,) = trace_text(TEXT, engine=RULES)
    figure = next(one for one in traced.numbers if one.figure is not None)
    assert [one.rule.name for one in figure.steps if one.stage is Stage.CLASS] == ["class_of"]


def test_the_scan_shows_value_bound_and_measure_word() -> None:
    assert said(step(Stage.SCAN, "300余人")) == ("300 over 人", "candidates")


def test_the_scan_names_the_row_of_the_measure_word() -> None:
    assert any("corpus/lexicons/units.tsv:" in note for note in step(Stage.SCAN, "300余人").notes)


def test_a_bound_apart_from_the_number_is_a_step() -> None:
    assert said(step(Stage.BOUND, "1所", "全县至少建成1所学校。")) == ("at_least", "bound_of")


def test_a_rejection_names_the_rule() -> None:
    assert said(step(Stage.REJECTION, "2023年")) == ("rejected: year", "date")


def test_a_rejection_shows_the_line_that_returned() -> None:
    assert step(Stage.REJECTION, "2023年").path[-1].says == "return Reason.YEAR"


def test_a_rejection_lists_the_rules_asked_before() -> None:
    silent = [
        option.rule.name for option in step(Stage.REJECTION, "2023年").options if not option.outcome and option.rule
    ]
    assert silent[:2] == ["list_marker", "in_title"]


def test_a_figure_lists_the_rules_that_did_not_reject_it() -> None:
    found = step(Stage.REJECTION, "6期")
    assert (found.outcome, found.decisive, all(not option.outcome for option in found.options)) == (
        "a figure",
        False,
        True,
    )


def test_a_number_kept_because_it_counts_people_says_what_would_reject_it() -> None:
    found = step(Stage.REJECTION, "近8万", "全年服务近8万市民。")
    assert (found.rule.name, found.notes) == ("counts_people", ("bare would reject it: no-unit",))


@pytest.mark.parametrize(
    ("text", "shown", "item", "rule"),
    [
        (TEXT, "6期", "培训班", "noun_before"),
        ("举办6期培训班。", "6期", "培训班", "noun_behind"),
        ("隐患整改率98%。", "98%", "隐患整改率", "measured_before"),
        ("发表论文6篇，其中省级1篇。", "1篇", "论文", "change_or_part"),
        ("全年3次。", "3次", NONE, "no_noun"),
    ],
)
def test_an_item_names_its_rule(text: str, shown: str, item: str, rule: str) -> None:
    assert said(step(Stage.ITEM, shown, text)) == (item, rule)


def test_an_item_shows_the_words_and_the_verb_that_takes_them() -> None:
    notes = step(Stage.ITEM, "6期").notes
    assert ("governor: 举办" in notes, any("培训班/noun" in note for note in notes)) == (True, True)


def test_an_inherited_item_shows_the_item_of_its_own_clause() -> None:
    assert said(step(Stage.STATED, "1篇", "发表论文6篇，其中省级1篇。")) == ("省级", "noun_before")


def test_a_category_names_its_rule() -> None:
    assert said(step(Stage.CATEGORY, "300余人")) == ("participants", "closed")


def test_a_category_names_the_row_of_the_noun() -> None:
    assert any(
        "noun 农民: participants (corpus/lexicons/nouns.tsv:" in note for note in step(Stage.CATEGORY, "300余人").notes
    )


def test_a_model_gives_its_probability_and_the_runner_up() -> None:
    found = step(Stage.CATEGORY, "3个", "新建便民服务站3个。")
    assert found.rule.name == "model figure-category"
    assert found.runner_up is not None
    assert 0 < (found.runner_up.score or 0) < (found.score or 0) <= 1


def test_a_model_comes_behind_the_rules_that_it_overrules() -> None:
    steps = [one for one in number("3个", "新建便民服务站3个。").steps if one.stage is Stage.CATEGORY]
    assert [one.decisive for one in steps] == [False, True]


@pytest.mark.parametrize(
    ("text", "shown", "modality", "rule"),
    [
        ("一、下一步工作\n力争培训农民300人。", "300人", "planned", "surely_planned_words"),
        ("一、下一步工作\n开展讲座3场。", "3场", "planned", "section_plans"),
        ("县科协工作总结\n一、主要成效\n现有会员120人。", "120人", "achieved", "present_state"),
    ],
)
def test_a_modality_names_its_rule(text: str, shown: str, modality: str, rule: str) -> None:
    assert said(step(Stage.MODALITY, shown, text)) == (modality, rule)


def test_a_total_is_a_step() -> None:
    assert said(step(Stage.TOTAL, "300人", "全年累计培训农民300人。")) == ("yes", "cover")


def test_the_base_of_a_per_is_a_step() -> None:
    assert said(step(Stage.PER, "2次", "每月走访2次。")) == ("月", "per_of")


def test_a_figure_tells_the_activity_it_joined() -> None:
    assert said(step(Stage.ACTIVITY, "1场")) == ("a2 宣传活动", "named_before")


def test_a_figure_without_activity_tells_which_was_out_of_reach() -> None:
    found = step(Stage.ACTIVITY, "98%", "县科协举办培训班6期。\n隐患整改率98%。")
    assert (found.outcome, found.options[0].note) == (NONE, "7 characters before it, separated by a line end")


def test_a_section_tells_its_heading_and_class() -> None:
    (heading, rules, model) = document(TEXT).sections["s2"]
    assert (heading.outcome, heading.rule.name, rules.rule.name, model.rule.name) == (
        "一、主要工作",
        "find_headings",
        "class_of",
        "model section-class",
    )


@pytest.mark.parametrize(
    ("stage", "outcome", "rule"),
    [
        (Stage.BEGIN, "县科协2023年工作总结", "start_before"),
        (Stage.TYPE, "summary", "type_of"),
        (Stage.TITLE, "县科协2023年工作总结", "_in_the_text"),
        (Stage.ORGANIZATION, "县科协", "organization_of"),
        (Stage.PERIOD, "2023年 (2023-01-01 to 2023-12-31)", "_in_the_title"),
    ],
)
def test_a_document_tells_what_was_decided_about_it(stage: Stage, outcome: str, rule: str) -> None:
    assert said(next(one for one in document(TEXT).steps if one.stage is stage)) == (outcome, rule)


def test_a_title_that_only_the_page_states_names_that_rule(tmp_path: Path) -> None:
    body = "".join(
        f"<p>县农机局第{number}次下乡检修农机{number}20台，受到农户好评，春耕生产顺利进行。</p>" for number in "234"
    )
    page = tmp_path / "a.html"
    page.write_text(
        f"<html><head><title>县农机局扎实开展春耕检修</title></head><body>{body}</body></html>", encoding="utf-8"
    )
    ((traced,),) = (traced_file.documents for traced_file in trace_file(page))
    title = next(one for one in traced.steps if one.stage is Stage.TITLE)
    assert said(title) == ("县农机局扎实开展春耕检修", "_stated")


def test_the_type_shows_the_way_through_its_rule() -> None:
    found = next(one for one in document(TEXT).steps if one.stage is Stage.TYPE)
    assert [one.name for one in found.path] == ["type_of", "_by_title"]


def test_a_number_in_a_table_shows_its_column() -> None:
    text = "活动情况\n项目\t人数\n培训\t120\n讲座\t80\n"
    found = step(Stage.TABLE, "120", text)
    assert (found.rule.name, found.notes) == ("table_numbers", ("column 人数", "row 培训"))


def test_a_repair_of_the_number_is_a_step() -> None:
    found = step(Stage.REPAIR, "300人", "全年培訓農民３００人。")
    assert (found.decisive, found.outcome, found.rule.where.startswith("pipeline/restore/width.py:")) == (
        True,
        "３００ → 300",
        True,
    )


def test_a_number_is_marked_in_its_sentence() -> None:
    one = number("300余人")
    assert one.sentence[one.mark.start : one.mark.end] == "300余人"


def test_offsets_and_lines_are_those_of_the_source() -> None:
    one = number("6期")
    assert (TEXT[one.start : one.end], one.line) == ("6期", 3)


def test_a_trace_is_plain_values() -> None:
    line = json.loads(json.dumps(document(TEXT).to_dict(), ensure_ascii=False))
    assert line["numbers"][0]["steps"][0]["stage"] == "number"


def test_a_text_without_words_has_no_trace() -> None:
    assert trace_text(" \n") == ()


def test_an_unreadable_file_has_its_failure() -> None:
    (file,) = trace_file("/nowhere/plan.txt")
    assert (file.documents, str(file.failure)) == ((), "cannot be read: No such file or directory")


def test_what_is_public_is_what_the_room_gives() -> None:
    assert {zongji.trace_file, zongji.trace_text} == {trace_file, trace_text}


def test_the_way_through_a_rule_ends_where_its_value_was_made() -> None:
    path = watched(noun_before, Sides("举办培训班", "", "期")).path()
    assert [one.name for one in path] == ["noun_before", "before", "phrase_before", "_phrase_of_clause", "object_of"]


def test_watching_leaves_the_profiler_as_it_was() -> None:
    watched(noun_before, Sides("举办培训班", "", "期"))
    assert sys.getprofile() is None


def test_a_rule_is_named_with_its_line_and_purpose() -> None:
    rule = rule_of(counts.denominator)
    where, _, line = rule.where.partition(":")
    code = (ROOT / where).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert (code.partition("(")[0], rule.says) == ("def denominator", "The maximum score: `满分100分`, `5分制`.")


@pytest.mark.parametrize(
    ("argument", "path", "place"),
    [
        ("plan.txt", "plan.txt", None),
        ("plan.txt:12", "plan.txt", Place(line=12)),
        ("plan.txt:12:5", "plan.txt", Place(line=12, column=5)),
        ("plan.txt:+345", "plan.txt", Place(offset=345)),
        (r"C:\plans\plan.txt", r"C:\plans\plan.txt", None),
        (r"C:\plans\plan.txt:12", r"C:\plans\plan.txt", Place(line=12)),
        ("plan: draft.txt:3", "plan: draft.txt", Place(line=3)),
        ("plan.txt:last", "plan.txt:last", None),
        ("-", "-", None),
    ],
)
def test_a_place_is_read_from_the_end_of_the_argument(argument: str, path: str, place: Place | None) -> None:
    assert parsed(argument) == (path, place)


def test_a_file_whose_name_ends_like_a_place_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "plan:12"
    path.write_text(TEXT, encoding="utf-8")
    assert parsed(str(path)) == (str(path), None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["trace", *arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_an_overview_shows_every_number_with_its_record(file: Path) -> None:
    result = run(str(file))
    assert result.exit_code == 0
    assert "f1  6期  sessions · 培训班 · achieved  (line 3, offset 28)" in result.stdout
    assert "县科协举办培训班【6期】，培训农民300余人。" in result.stdout


def test_an_overview_names_the_rule_of_a_rejection_and_its_file(file: Path) -> None:
    assert "–  2023年  rejected: year by date pipeline/figures/exclusions/calendar.py:" in run(str(file)).stdout


@pytest.mark.parametrize("place", [":3", ":3:9", ":+28"])
def test_a_place_shows_every_step_of_its_numbers(file: Path, place: str) -> None:
    result = run(f"{file}{place}")
    assert result.exit_code == 0
    assert "f1  6期" in result.stdout
    assert "asked, said nothing: list_marker" in result.stdout
    assert "2023年  rejected" not in result.stdout


def test_a_figure_is_found_by_its_id(file: Path) -> None:
    result = run(str(file), "--figure", "f2")
    assert ("f2  300余人" in result.stdout, "f1  6期" in result.stdout) == (True, False)


def test_all_shows_every_step_of_every_number(file: Path) -> None:
    result = run(str(file), "--all")
    assert ("f1  6期" in result.stdout, "↳ date pipeline" in result.stdout) == (True, True)


def test_lines_have_no_blanks_at_their_end(file: Path) -> None:
    assert [line for line in run(str(file), "--all").stdout.splitlines() if line != line.rstrip()] == []


def test_json_is_the_same_as_data(file: Path) -> None:
    line = json.loads(run(f"{file}:3", "--json").stdout)
    (traced,) = trace_file(file)[0].documents
    expected = replace(traced, numbers=tuple(one for one in traced.numbers if one.line == 3)).to_dict()
    assert (line["kind"], line["documents"]) == ("trace", json.loads(json.dumps([expected])))


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([":99"], 2, "line 99 is outside: the text has 4 lines"),
        ([":3:99"], 2, "line 3, column 99 is outside: the line has 42 characters"),
        ([":+999"], 2, "offset 999 is outside: the text has 63 characters"),
        ([":3:1"], 1, "there is no number at line 3, column 1; the nearest are 一 (line 2, offset 13) and 6期 (line 3"),
        (["", "--figure", "f9"], 1, "there is no figure f9; the last is f3"),
    ],
)
def test_a_place_without_a_number_is_said(file: Path, arguments: list[str], code: int, message: str) -> None:
    result = run(f"{file}{arguments[0]}", *arguments[1:])
    assert (result.exit_code, message in result.stderr, result.stderr.count("\n"), result.stdout) == (code, True, 1, "")


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.txt"))
    assert (result.exit_code, "none.txt: cannot be read: No such file" in result.stderr) == (1, True)


def test_a_place_in_an_archive_needs_the_member(tmp_path: Path) -> None:
    from zipfile import ZipFile  # noqa: PLC0415

    path = tmp_path / "plans.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
    alone = run(f"{path}:3", "--member", "b.txt")
    assert (run(f"{path}:3").exit_code, alone.exit_code, f"{path}: b.txt" in alone.stdout) == (2, 0, True)
    assert "needs --member" in run(str(path), "--figure", "f1").stderr


def test_an_item_that_begins_with_that_of_the_figure_before_says_what_is_left_out() -> None:
    text = "今年走访了19个村、养殖户2360户。\n"
    found = step(Stage.ITEM, "2360户", text)
    assert found.outcome == extract_text(text)[0].figures[1].item


def test_a_word_of_the_user_is_not_credited_to_our_list(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("kind\tword\tsays\nunit\t场次\tparticipants\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("全年举办讲座12场次。\n", encoding="utf-8")
    command = [sys.executable, "-m", "zongji", "trace", "a.txt", "--figure", "f1", "--lexicon", "own.tsv"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / ".dev")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert "unit 场次: participants (units added by --lexicon)" in done.stdout


def test_the_documented_example_has_the_real_steps() -> None:
    page = (ROOT / "docs" / "trace.md").read_text(encoding="utf-8")
    example = page.split("--figure f4\n")[1].partition("\n```")[0]
    shown = run(str(ROOT / "corpus" / "samples" / "kexie-2022.txt"), "--figure", "f4").stdout
    assert steps_of(example) == steps_of(shown.partition("\nthe document")[0])


def steps_of(text: str) -> list[str]:
    """The lines after the file's name, without details and the numbers of lines of code, which move."""
    shown = [line for line in text.strip().splitlines()[1:] if not line.startswith(" " * 17)]
    return [re.sub(r"(\.py):\d+$", r"\1", line) for line in shown]


def test_a_trace_writes_its_records_as_extract_does(file: Path) -> None:
    ((traced,),) = (one.documents for one in trace_file(file))
    written = [number.to_dict() for number in traced.numbers]
    figures = [number["figure"] for number in written if number["figure"] is not None]
    assert figures == traced.document.to_dict()["figures"]
    assert [number["place"] for number in written if number["figure"] is not None] == [it["place"] for it in figures]
