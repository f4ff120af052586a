"""The charts of a report, each with its labels and a table of its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup
from zongji.corpus.labels import Modality
from zongji.pipeline.pages.terms import Term, term, terms
from zongji.pipeline.report.charts import Bar, bars, histogram, shown
from zongji.pipeline.report.overview import COUNTED, Overview, Sums

_MOST = 12  # bars of a chart; the table has more
_MOST_ROWS = 100  # rows of the table under a chart


class Panel(NamedTuple):
    """One chart with its labels and numbers."""

    chinese: str
    english: str
    chart: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def panels(counted: Overview) -> list[Panel]:
    """The non-empty charts, in page order."""
    made = [
        *_sums("按年度", "by year", counted.by_year, by_name=True),
        *_sums("按单位", "by organization", counted.by_organization, by_name=False),
        *_planned_and_achieved(counted.by_year),
        _words("数字类别", "figures by category", "category", counted.categories),
        _words("章节类别", "sections by class", "label", counted.labels),
        _words("文档类型", "documents by type", "doc_type", counted.doc_types),
        _confidence(counted),
        _plain("编码", "files by encoding", counted.encodings.most_common()),
        _words("损坏与修复（处）", "damaged places", "damage", counted.damage),
        _plain("提示", "warnings by code", counted.warnings.most_common()),
    ]
    return [panel for panel in made if panel.rows]


def _sums(chinese: str, english: str, sums: Sums, *, by_name: bool) -> Iterator[Panel]:
    """Achieved sums of each counted category, by year or organization."""
    for category in COUNTED:
        found = sums.get((category.value, Modality.ACHIEVED), Counter())
        rows = sorted(found.items()) if by_name else found.most_common()
        words = term("category", category.value)
        yield _plain(f"{words.chinese}{chinese}", f"{words.english} achieved, {english}", rows, category.value)


def _plain(chinese: str, english: str, rows: Iterable[tuple[str, float]], style: str = "bar") -> Panel:
    """Bars labelled by their own keys."""
    kept = [(name, value) for name, value in rows if value]
    drawn = _first_or_last(kept, style)
    note = f"{len(drawn)} / {len(kept)}" if len(kept) > len(drawn) else ""
    table = tuple((name, shown(value)) for name, value in kept[:_MOST_ROWS])
    return Panel(chinese, english, bars(f"{chinese} {english}", drawn), (english, ""), table, note)


def _first_or_last(rows: Sequence[tuple[str, float]], style: str) -> list[Bar]:
    """The most frequent ones; of years the latest."""
    years = all(name == "?" or name.isdecimal() for name, _ in rows)
    chosen = rows[-_MOST:] if years else rows[:_MOST]
    return [Bar("未写明 none" if name == "?" else name, value, style) for name, value in chosen]


def _words(chinese: str, english: str, kind: str, counts: Counter[str]) -> Panel:
    """Bars for a vocabulary, in its order."""
    found = [(value.value, value, counts[value.value]) for value in terms()[kind].values() if counts[value.value]]
    drawn = [Bar(words.chinese, number, name if kind == "category" else "bar") for name, words, number in found]
    table = tuple((_both(words), shown(number)) for _, words, number in found)
    return Panel(chinese, english, bars(f"{chinese} {english}", drawn), (english, ""), table)


def _both(words: Term) -> str:
    return f"{words.chinese} {words.english}"


def _planned_and_achieved(by_year: Sums) -> Iterator[Panel]:
    """For each counted category, planned next to achieved, year by year."""
    for category in COUNTED:
        planned, achieved = (
            by_year.get((category.value, modality), Counter()) for modality in (Modality.PLANNED, Modality.ACHIEVED)
        )
        years = sorted(planned.keys() | achieved.keys())
        if not any(planned.values()):
            continue
        drawn = [
            bar
            for year in years[-_MOST // 2 :]
            for bar in (
                Bar(f"{_year(year)} 计划", planned[year], f"{category.value} planned"),
                Bar("完成", achieved[year], category.value),
            )
        ]
        words = term("category", category.value)
        chinese, english = f"{words.chinese}：计划与完成", f"{words.english}: planned and achieved"
        table = tuple((_year(year), shown(planned[year]), shown(achieved[year])) for year in years[:_MOST_ROWS])
        yield Panel(
            chinese, english, bars(f"{chinese} {english}", drawn), ("year", "计划 planned", "完成 achieved"), table
        )


def _year(year: str) -> str:
    return "未写明" if year == "?" else year


def _confidence(counted: Overview) -> Panel:
    steps = 20
    counts = [counted.confidence[index] for index in range(steps)]
    edges = [f"{index / steps:.2f}" for index in range(steps + 1)]
    rows = tuple((f"{edges[index]}–{edges[index + 1]}", shown(number)) for index, number in enumerate(counts) if number)
    chart = histogram("可信度 confidence of figures", counts, edges)
    return Panel("数字可信度", "confidence of figures", chart, ("confidence", ""), rows)
