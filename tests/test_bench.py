"""The benchmark still runs: every runner on a tiny text. How fast anything is, is asserted nowhere."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from zongji.corpus import noise
from zongji.corpus.annotation import parse

BENCH = Path(__file__).parent / "bench"
sys.path.insert(0, str(BENCH))  # the benchmark is a folder of scripts
entries, found, processes, report, restoration, run, simple, speed, texts = map(
    importlib.import_module,
    ("entries", "found", "processes", "report", "restoration", "run", "simple", "speed", "texts"),
)
Found = simple.Found

MARKED = """{doc summary}
{title}青石县科协2023年工作总结{/}
{preamble}一年来，举办培训班[6期 sessions 6 achieved unit=期 item=培训班]，\
培训农民[300余人 participants 300 over achieved unit=人 item=农民]，投入[5.3万元 money 53000 achieved unit=元]。
{/doc}
"""
GOLD = (parse(MARKED),)
OURS = {name: entries.ENTRIES[name] for name in (entries.OURS, "simple expression")}


@pytest.mark.parametrize("name", entries.ENTRIES)
def test_every_entry_runs_or_is_listed_as_not_installed(name: str) -> None:
    (loaded,) = entries.loaded({name: entries.ENTRIES[name]})
    text = texts.gold_text(GOLD)
    (row,) = speed.speeds(text, [loaded], rounds=1, peaks={})
    assert row.status == loaded.status
    if loaded.run is None:
        assert row.status == entries.NOT_INSTALLED
        pytest.skip(f"{name} is not installed: pip install -e '.[bench]'")
    assert (row.rounds, row.status) == (1, "ok")
    assert row.version


def test_the_ratio_is_to_the_yardstick_of_the_same_run() -> None:
    names = (entries.YARDSTICK, "simple expression")
    loaded = entries.loaded({name: entries.ENTRIES[name] for name in names})
    yardstick, other = speed.speeds(texts.gold_text(GOLD), loaded, rounds=2, peaks={entries.YARDSTICK: 1.0})
    assert yardstick.ratio == 1
    assert yardstick.peak_megabytes == 1
    assert other.ratio is not None


def test_one_who_fails_on_the_text_is_listed_with_the_error() -> None:
    loaded = entries.loaded({"failing": entries.Entry(("re",), "python", lambda: int, iter)})
    (row,) = speed.speeds(texts.gold_text(GOLD), loaded, rounds=1, peaks={})
    assert row.status.startswith("failed: ValueError")
    (documents, line) = speed.growths(loaded[0], ["六"], unit=100)
    assert documents.ratio is line.ratio is None


def test_figures_are_counted() -> None:
    ours, toy = found.figures(GOLD, entries.loaded(OURS))
    assert (ours.f1, ours.value_f1) == (1, 1)
    assert toy.recall == 1


def test_own_categories_leave_the_others_out() -> None:
    entry = entries.Entry(("re",), "python", lambda: lambda _: [], iter, frozenset({"money"}))
    loaded = entries.loaded({"blind": entry})[0]
    assert not found._known(GOLD[0].figures[0], loaded)
    assert found._known(GOLD[0].figures[2], loaded)


def test_a_damaged_text_is_restored_or_not() -> None:
    clean = "学校为学生服务。现将工作总结如下：发展协会，建设区域。\n兼职或专职的工作人员学习规划。"
    spoils = entries.Entry((), "", lambda: lambda text: text.replace("務(wù)?,F(xiàn)", "务。现"))
    absent = entries.Entry(("nobody",), "nobody", lambda: importlib.import_module("nobody"))
    everybody = restoration.RESTORERS | {"one run": spoils, "absent": absent}
    rows = restoration.restorations([clean], entries.loaded(everybody), {"few": noise.Procedure(noise.usual())})
    by_name = {row.name: row for row in rows}
    assert list(by_name) == list(everybody)
    assert by_name["nothing done"].runs == {restoration.WHOLE: (0, 2)}
    assert by_name["one run"].runs == {restoration.WHOLE: (1, 2)}
    assert by_name["absent"].status == entries.NOT_INSTALLED
    ours = by_name[entries.OURS_RESTORING]
    assert ours.rate == 0
    assert ours.runs == {restoration.WHOLE: (2, 2)}
    assert ours.exact_wrong.part == 0
    assert 0 < by_name["one run"].rate < by_name["nothing done"].rate


def test_growth_has_times_and_figures_of_both_sizes() -> None:
    (ours,) = entries.loaded({entries.OURS: entries.ENTRIES[entries.OURS]})
    documents, line = speed.growths(ours, [GOLD[0].text], unit=2_000)
    assert (documents.status, line.status) == ("ok", "ok")
    assert documents.large.figures > documents.small.figures > 0
    assert documents.ratio > 0


@pytest.mark.parametrize("one_line", [True, False])
def test_a_text_is_as_large_as_asked(one_line: bool) -> None:  # noqa: FBT001
    text = texts.of_size(["一\n二\n三", "四五六"], 1_000, one_line=one_line)
    assert 990 <= texts.size(text) <= 1_000
    assert ("\n" in text) is not one_line


def test_a_process_starts_and_tells_its_peak() -> None:
    assert all(start.seconds > 0 for start in processes.starts(repetitions=1))
    peak = processes.peak_of("simple expression", ["6期"])
    assert peak is None or peak > 1
    assert sys.platform != "linux" or peak is not None


def test_a_run_prints_json_with_everybody_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "peak_of", lambda *_: 1.0)  # a process for everybody takes long, and has its own test
    file = tmp_path / "text.txt"
    file.write_text(GOLD[0].text, encoding="utf-8")
    assert run.main(["--text", str(file), "--parts", "speed", "--rounds", "1", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in result["speeds"]] == list(entries.ENTRIES)
    assert result["about"]["found/1,000 characters"] > 0
    assert [verdict["limit"] for verdict in result["verdicts"]] == [report.MOST_RATIO]


def test_a_report_is_shown_as_tables(capsys: pytest.CaptureFixture[str]) -> None:
    (ours, absent) = (entries.OURS, "somebody")
    made = report.Report(
        {"text": "tiny"},
        [speed.Speed(ours, "1", "ok", 1, 1.0, 1.0, 1.0, 1.0, 0.7), speed.Speed(absent, "", entries.NOT_INSTALLED)],
        [
            speed.Growth("documents", "ok", speed.Pass(1, 1, 5), speed.Pass(10, 10, 50)),
            speed.Growth("one line", "failed"),
        ],
        [found.Figures(absent, "", entries.NOT_INSTALLED)],
        [processes.Start("zongji --help", 0.1, 0.3)],
    )
    report.show(made, report.Console(width=200))
    shown = capsys.readouterr().out
    assert shown.count(entries.NOT_INSTALLED) == 2
    assert shown.count("MISSED") == 2  # 0.7 of jieba.lcut, and a line that failed
    assert [verdict.met for verdict in report.verdicts(made)] == [False, True, False, True]


@pytest.mark.parametrize(
    ("text", "value"),
    [("6期", 6), ("1,200多人", 1200), ("1.2万册", 12000), ("二十三名", 23), ("两千三百人次", 2300), ("三万元", 30000)],
)
def test_the_toy_reads_a_number_with_its_unit(text: str, value: float) -> None:
    assert simple.read(f"共{text}。") == [Found(1, 1 + len(text), value)]


def test_results_of_jionlp_become_figures() -> None:
    results = [
        {"type": "money", "offset": [2, 7], "detail": {"num": ["50000.00", "60000.00"]}},
        {"type": "time_delta", "offset": [9, 12], "detail": {"time": {"hour": 2.0}}},
        {"type": "time_point", "offset": [0, 2], "detail": {"time": ["2023-05-20", "2023-05-20"]}},
    ]
    assert list(entries.jionlp_found(results)) == [Found(2, 7, 50000, 60000), Found(9, 12, 2)]


def test_of_recognizers_results_the_longest_counts() -> None:
    results = [
        SimpleNamespace(start=0, end=2, resolution={"value": "9.2"}),
        SimpleNamespace(start=0, end=3, resolution={"value": "9.2%"}),
        SimpleNamespace(start=5, end=5, resolution={"value": None}),
    ]
    assert list(entries.recognizers_found(results)) == [Found(0, 4, 9.2)]


def test_values_count_where_spans_overlap_and_each_once() -> None:
    predicted = [Found(1, 2, 6), Found(2, 3, 6), Found(5, 6, 7)]
    assert found.overlapping(predicted, [Found(0, 4, 6), Found(5, 7, 8)]) == 1
