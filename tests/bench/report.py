"""Everything one run measured, as tables a person reads or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from entries import OURS
from found import Figures
from processes import Start
from restoration import Restoration, Share
from rich.console import Console
from rich.table import Table
from speed import Growth, Speed

MOST_RATIO = 0.5  # of jieba.lcut's time, issue 2
MOST_GROWTH = 11.0  # times for the tenfold text, issue 2


@dataclass
class Report:
    """One run; parts that were not requested are empty."""

    about: dict[str, object]
    speeds: list[Speed] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    restorations: list[Restoration] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target of issue 2 and its measurement."""

    name: str
    measured: float | None
    limit: float

    @property
    def met(self) -> bool:
        """Whether it is kept; a run that failed keeps nothing."""
        return self.measured is not None and self.measured <= self.limit


def verdicts(report: Report) -> Iterator[Verdict]:
    """One for each promise that the run has measured."""
    for row in report.speeds:
        if row.name == OURS:
            yield Verdict("time against jieba.lcut", row.ratio, MOST_RATIO)
    for growth in report.growths:
        yield Verdict(f"growth, {growth.name}", growth.ratio, MOST_GROWTH)
    for start in report.starts:
        yield Verdict(f"{start.name}, s", start.seconds, start.limit)


def as_json(report: Report) -> str:
    """All of it, with the verdicts."""
    judged = [asdict(verdict) | {"met": verdict.met} for verdict in verdicts(report)]
    return json.dumps(asdict(report) | {"verdicts": judged}, ensure_ascii=False, indent=2)


def show(report: Report, console: Console) -> None:
    """Print the tables of the measurements."""
    console.print(", ".join(f"{name} {value}" for name, value in report.about.items()), highlight=False)
    if report.speeds:
        console.print(_speed_table(report.speeds))
    if report.figures:
        console.print(_figure_table(report.figures))
    if report.restorations:
        console.print(_restoration_table(report.restorations))
    if report.growths:
        console.print(_growth_table(report.growths))
    console.print(_verdict_table(report))


def _speed_table(rows: list[Speed]) -> Table:
    table = _table("Speed", "version", "runs", "first s", "median s", "char/s", "MB/s", "× jieba.lcut", "peak MB")
    for row in rows:
        numbers = (
            (row.first, ".3f"), (row.seconds, ".3f"), (row.characters_per_second, ",.0f"),
            (row.megabytes_per_second, ".2f"), (row.ratio, ".3f"), (row.peak_megabytes, ".0f"),
        )  # fmt: skip
        runs = str(row.rounds) if row.rounds else row.status
        table.add_row(row.name, row.version, runs, *(_number(*number) for number in numbers))
    return table


def _figure_table(rows: list[Figures]) -> Table:
    table = _table(
        "Figures found", "version", "status", "precision", "recall", "F1", "F1 value only", "F1 own categories"
    )
    for row in rows:
        numbers = (row.precision, row.recall, row.f1, row.value_f1, row.own_f1)
        table.add_row(row.name, row.version, row.status, *(_number(number, ".3f") for number in numbers))
    return table


def _restoration_table(rows: list[Restoration]) -> Table:
    kinds = sorted({kind for row in rows for kind in row.runs})
    table = _table("Restoration", "version", "status", "error rate", "s/MB", *kinds, "exact, but wrong")
    for place, row in enumerate(rows):
        if not place or row.annotated != rows[place - 1].annotated:
            table.add_section()
            table.add_row(f"[italic]{row.annotated}[/]")
        shares = [_share(row.runs.get(kind)) for kind in kinds]
        numbers = (_number(row.rate, ".2%"), _number(row.seconds_per_megabyte, ".2f"))
        table.add_row(row.name, row.version, row.status, *numbers, *shares, _share(row.exact_wrong))
    return table


def _growth_table(rows: list[Growth]) -> Table:
    table = _table("Growth", "status", "MB", "s", "figures", "tenfold: MB", "s", "figures", "ratio")
    for row in rows:
        passes = [
            (item.megabytes, item.seconds, item.figures) if item else (None,) * 3 for item in (row.small, row.large)
        ]
        numbers = zip((*passes[0], *passes[1], row.ratio), (".2f", ".3f", ",d") * 2 + (".2f",), strict=True)
        table.add_row(row.name, row.status, *(_number(*number) for number in numbers))
    return table


def _verdict_table(report: Report) -> Table:
    table = _table("Promise", "measured", "at most", "verdict")
    for verdict in verdicts(report):
        judged = "[green]met[/]" if verdict.met else "[red]MISSED[/]"
        table.add_row(verdict.name, _number(verdict.measured, ".3f"), f"{verdict.limit:g}", judged)
    return table


def _table(*columns: str) -> Table:
    table = Table(header_style="bold")
    table.add_column(columns[0])
    for column in columns[1:]:
        table.add_column(column, justify="right")
    return table


def _share(share: Share | None) -> str:
    return "–" if share is None else f"{share.part} of {share.whole}"


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)
