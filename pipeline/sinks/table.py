"""A table for terminals."""

from __future__ import annotations

from typing import IO

from zongji.corpus.records import Document, Figure
from zongji.corpus.wording import counted
from zongji.pipeline.reading.reader import Result
from zongji.pipeline.sinks.options import Options

_MARKS = {"about": "≈", "over": ">", "at_least": "≥", "at_most": "≤"}


class Table:
    """One table per document: its figures, or with `rejected` its rejected numbers."""

    def __init__(self, stream: IO[str], options: Options) -> None:
        """Write to `stream`, in colour if it is a terminal."""
        from rich.console import Console  # noqa: PLC0415  # a twentieth of a second, for this format only

        self.console = Console(file=stream, width=None if stream.isatty() else 140)
        self.options = options

    def write(self, result: Result) -> None:
        """The tables of one file."""
        for document in result.documents:
            self.console.print(_heading(document), highlight=False)
            self.console.print(_rejected(document) if self.options.rejected else _figures(document))
            for check in document.checks:
                self.console.print(f"  [dim]{check.code}[/dim] {check.message}", highlight=False)
            if self.options.text:
                self.console.print(document.text, markup=False, highlight=False)

    def close(self) -> None:
        """Nothing to flush."""


def _heading(document: Document) -> object:
    from rich.text import Text  # noqa: PLC0415

    facts = [
        document.doc_type.value,
        document.organization,
        document.period.text,
        counted(len(document.sections), "section"),
    ]
    title = document.title or document.text[:30].replace("\n", " ") + "…"
    return Text.assemble((f"\n{title}", "bold"), "\n", (" · ".join(fact for fact in facts if fact), "dim"))


def _figures(document: Document) -> object:
    from rich.table import Table as Grid  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for name in ("category", "value", "unit", "item", "", "activity", "section", "text"):
        grid.add_column(name, justify="right" if name == "value" else "left", overflow="fold")
    activities = {activity.id: activity.name for activity in document.activities}
    sections = {section.id: section.label.value for section in document.sections}
    for figure in document.figures:
        cells = (
            figure.category.value,
            shown_value(figure),
            figure.unit + (f"/{figure.per}" if figure.per else ""),
            figure.item,
            figure.modality.value + (" total" if figure.total else ""),
            activities.get(figure.activity or "", ""),
            sections.get(figure.section or "", ""),
            figure.text,
        )
        grid.add_row(*(Text(cell) for cell in cells))
    return grid


def shown_value(figure: Figure) -> str:
    """The value for display: `> 14,000`, `1–2`, `?` where the source blanks it out."""
    if figure.value is None:
        return "?"
    upper = f"–{figure.value_max:,}" if figure.value_max is not None else ""
    return f"{_MARKS.get(figure.bound.value, '')} {figure.value:,}{upper}".strip()


def _rejected(document: Document) -> object:
    from rich.table import Table as Grid  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for name in ("text", "reason", "start"):
        grid.add_column(name)
    for rejection in document.rejected:
        grid.add_row(Text(rejection.text), rejection.reason.value, str(rejection.start))
    return grid
