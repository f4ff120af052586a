"""What `zongji trace` writes: a block per number with the steps that decided it, every step, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import IO, TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from zongji.corpus.records import SCHEMA
from zongji.corpus.wording import visible
from zongji.pipeline.sources.locations import shown
from zongji.pipeline.trace.records import DocumentTrace, FileTrace, Option, Rule, Stage, Step, Trace

if TYPE_CHECKING:
    from rich.text import Text

_PLAIN_WIDTH = 140  # columns where the output is no terminal
_WIDE = 110  # columns from which rules and files stand in columns of their own
_WIDTHS = (14, 26, 22, 60)  # columns of what a step decides, its outcome, its rule, its file
_MARGIN = 4  # columns beside a sentence: the indent, the marks around the number, an ellipsis
_SURE = 0.9  # probability from which a summary does not name the runner-up
_SUMMARY = frozenset(
    {
        Stage.TABLE,
        Stage.ITEM,
        Stage.CATEGORY,
        Stage.MODALITY,
        Stage.TOTAL,
        Stage.PER,
        Stage.ACTIVITY,
        Stage.REPAIR,
    }
)


def as_json(stream: IO[str], file: FileTrace) -> None:
    """One JSON object per file or member of an archive."""
    line = {"schema": SCHEMA, "kind": "trace", **file.to_dict()}
    stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def as_overview(stream: IO[str], file: FileTrace) -> None:
    """How each document came to be, then a block per number with the steps that decided it."""
    _Page(stream, full=False).write(file)


def as_steps(stream: IO[str], file: FileTrace) -> None:
    """Every step, with what it looked at, what else was considered, and the way through its rule."""
    _Page(stream, full=True).write(file)


class _Page:
    """A trace for reading: in colour in a terminal, plain elsewhere."""

    def __init__(self, stream: IO[str], *, full: bool) -> None:
        from rich.console import Console  # noqa: PLC0415  # a twentieth of a second, for this command only

        self.stream = stream
        self.plain = None if stream.isatty() else StringIO()
        width = None if self.plain is None else _PLAIN_WIDTH
        self.console = Console(file=self.plain or stream, width=width, highlight=False, markup=False, emoji=False)
        self.full = full

    def write(self, file: FileTrace) -> None:
        """All documents of a file."""
        for document in file.documents:
            self.console.print(_named(file, document))
            if not self.full:
                self._steps([step for step in document.steps if step.decisive])
            section = None
            for number in document.numbers:
                if not self.full and number.section is not None and number.section != section:
                    section = number.section
                    self._section(document.sections[section])
                self._number(number)
            if self.full:
                self.console.print("\nthe document", style="bold")
                self._steps(document.steps)
        if self.plain is not None:
            self.stream.write("".join(line.rstrip() + "\n" for line in self.plain.getvalue().splitlines()))

    def _section(self, steps: Sequence[Step]) -> None:
        """The heading that the numbers below stand under, and its class."""
        self.console.print()
        self.console.print(_text(("§ ", "bold"), (_line(steps[0].outcome), "bold")), overflow="fold")
        self._steps([step for step in steps[1:] if step.decisive])

    def _number(self, number: Trace) -> None:
        self.console.print()
        self.console.print(_headline(number), overflow="fold")
        self.console.print(self._sentence(number), overflow="fold")
        self._steps(number.steps if self.full else [step for step in number.steps if _is_shown(step)])

    def _sentence(self, number: Trace) -> Text:
        """The sentence with the number in it marked; of a long one what stands around the number."""
        start, end, sentence = number.mark.start, number.mark.end, _line(number.sentence)
        before, behind = sentence[:start], sentence[end:]
        if not self.full:
            room = (self.console.width - cell_len(number.text)) // 2 - _MARGIN
            before, behind = _last(before, room), _first(behind, room)
        marked = (number.text, "bold reverse") if self.plain is None else f"【{number.text}】"
        return _text("  ", before, marked, behind)

    def _steps(self, steps: Sequence[Step]) -> None:
        for step in steps:
            self._row(step)
            for detail in _details(step) if self.full else ():
                self._detail(detail)

    def _row(self, step: Step) -> None:
        """What was decided, by which rule, and where that stands."""
        cells = [
            _text("  ", (step.stage.value, "dim")),
            _outcome(step, full=self.full),
            _text((step.rule.name, "cyan")),
            _text((step.rule.where, "dim")),
        ]
        wide = self.console.width >= _WIDE
        if wide and all(cell.cell_len <= width for cell, width in zip(cells, _WIDTHS, strict=True)):
            for cell, width in zip(cells, _WIDTHS, strict=True):
                cell.pad_right(width - cell.cell_len + 1)
            self.console.print(_joined(cells))
        else:
            self._folded(cells, wide=wide)

    def _folded(self, cells: list[Text], *, wide: bool) -> None:
        """The same where a cell does not fit its column; in a narrow terminal rule and file share one."""
        from rich.table import Table  # noqa: PLC0415

        columns = cells if wide else [*cells[:2], _joined([cells[2], _text(" "), cells[3]])]
        grid = Table.grid(padding=(0, 1))
        for width in (*_WIDTHS[: len(columns) - 1], None):
            grid.add_column(width=width, overflow="fold")
        grid.add_row(*columns)
        self.console.print(grid)

    def _detail(self, detail: Text) -> None:
        from rich.padding import Padding  # noqa: PLC0415

        self.console.print(Padding(detail, (0, 0, 0, _WIDTHS[0] + 3), expand=False))


def _named(file: FileTrace, document: DocumentTrace) -> Text:
    """The file, and which of its documents."""
    part = document.document.source.part
    return _text((file.name, "bold"), f"  document {part + 1}" if part else "")


def _is_shown(step: Step) -> bool:
    """True for a step that a summary shows; what rejected a number stands in its headline."""
    return step.decisive and step.stage in _SUMMARY


def _headline(number: Trace) -> Text:
    """`f3  300余人  participants · 农民 · achieved   line 2, offset 153`."""
    place = f"line {number.line}, offset {number.start}"
    if number.place is not None and number.place.line is None:
        place = f"{shown(number.place)}, offset {number.start}"
    if number.figure is not None:
        figure = number.figure
        record = [figure.category.value, figure.item, figure.modality.value, "total" if figure.total else ""]
        record += [f"per {figure.per}" if figure.per else ""]
        return _text(
            (figure.id, "bold green"),
            "  ",
            (number.text, "bold"),
            "  ",
            " · ".join(filter(None, record)),
            f"  ({place})",
        )
    rejected = number.step(Stage.REJECTION)
    by: list[str | tuple[str, str]] = (
        [] if rejected is None else [" by ", (rejected.rule.name, "cyan"), " ", (rejected.rule.where, "dim")]
    )
    reason = "" if number.rejection is None else number.rejection.reason.value
    return _text(
        ("–", "bold yellow"), "  ", (number.text, "bold"), "  ", (f"rejected: {reason}", "yellow"), *by, f"  ({place})"
    )


def _outcome(step: Step, *, full: bool) -> Text:
    """What was decided, with its probability, and the runner-up of an unsure decision."""
    parts: list[str | tuple[str, str]] = [(_line(step.outcome), "bold" if step.decisive else "dim")]
    if step.score is not None:
        parts.append(f" {_percent(step.score)}")
        other = step.runner_up
        if not full and step.score < _SURE and other is not None and other.score is not None:
            parts.append((f" or {other.outcome} {_percent(other.score)}", "dim"))
    return _text(*parts)


def _details(step: Step) -> Iterator[Text]:
    """What a rule is for and looked at, the others that were considered, the way to the line that returned."""
    if step.rule.says:
        yield _text((step.rule.says, "italic dim"))
    for note in step.notes:
        yield _text(_line(note))
    silent = [option.rule.name for option in step.options if not option.outcome and option.rule is not None]
    if silent:
        yield _text(("asked, said nothing: ", "dim"), ", ".join(silent))
    runner_up = step.runner_up
    for option in step.options:
        if option.outcome:
            label = "agrees" if option.outcome == step.outcome else "runner-up" if option is runner_up else "else"
            yield _other(label, option)
    for rule in step.path:
        yield _returned(rule)


def _other(label: str, option: Option) -> Text:
    """Something else that was considered."""
    parts: list[str | tuple[str, str]] = [(f"{label}: ", "dim"), _line(option.outcome)]
    if option.score is not None:
        parts.append(f" {_percent(option.score)}")
    if option.rule is not None:
        parts += [" by ", (option.rule.name, "cyan"), " ", (option.rule.where, "dim")]
    if option.note:
        parts.append(f", {_line(option.note)}")
    return _text(*parts)


def _returned(rule: Rule) -> Text:
    """The line of code that returned what was decided."""
    return _text(("↳ ", "dim"), (rule.name, "cyan"), " ", (rule.where, "dim"), "  ", (rule.says, "magenta"))


def _percent(share: float) -> str:
    """`97 %`; what rounds to all or nothing says so."""
    if 0.995 <= share < 1:
        return ">99 %"
    return "<1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")


def _line(text: str) -> str:
    """A text on one line."""
    return text.replace("\n", "⏎").replace("\t", "⇥")


def _first(text: str, room: int) -> str:
    """As much of the beginning of a text as takes `room` columns."""
    short = set_cell_size(text, room).rstrip()
    return text if cell_len(text) <= room else f"{short}…"


def _last(text: str, room: int) -> str:
    """As much of its end."""
    short = set_cell_size(text[::-1], room).rstrip()[::-1]
    return text if cell_len(text) <= room else f"…{short}"


def _joined(parts: Sequence[Text]) -> Text:
    from rich.text import Text  # noqa: PLC0415

    return Text().join(parts)


def _text(*parts: str | tuple[str, str]) -> Text:
    from rich.text import Text  # noqa: PLC0415

    shown = ((part, "") if isinstance(part, str) else part for part in parts)
    return Text.assemble(*((visible(_line(said)), style) for said, style in shown))
