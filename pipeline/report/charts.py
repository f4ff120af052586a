"""Charts as inline SVG: horizontal bars, pairs of bars, a histogram. Every bar has its number as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from zongji.pipeline.pages.safety import visible

_WIDTH, _ROW, _LABEL, _NUMBER = 460, 24, 150, 86  # units of the drawing
_LABEL_LENGTH = 11  # characters of a label that fit beside its bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its value, and the CSS class of its colour."""

    label: str
    value: float
    style: str = "bar"


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """Horizontal bars with labels on the left and numbers on the right."""
    most = max((row.value for row in rows), default=0) or 1
    room = _WIDTH - _LABEL - _NUMBER
    drawn = Markup("").join(_bar(row, index * _ROW, row.value / most * room) for index, row in enumerate(rows))
    return _drawing(title, _ROW * len(rows), drawn)


def _bar(row: Bar, top: float, length: float) -> Markup:
    label = visible(row.label)
    short = label if len(label) <= _LABEL_LENGTH else f"{label[: _LABEL_LENGTH - 1]}…"
    return Markup(
        '<g><title>{full}: {number}</title><text x="{edge}" y="{text}" text-anchor="end">{short}</text>'
        '<rect class="{style}" x="{left}" y="{top}" width="{length:.1f}" height="{height}"/>'
        '<text x="{behind:.1f}" y="{text}">{number}</text></g>'
    ).format(
        full=label,
        short=short,
        number=shown(row.value),
        style=row.style,
        edge=_LABEL - 8,
        left=_LABEL,
        top=top + 4,
        text=top + 17,
        length=max(length, 1 if row.value else 0),
        height=_ROW - 8,
        behind=_LABEL + length + 6,
    )


def histogram(title: str, counts: Sequence[int], labels: Sequence[str]) -> Markup:
    """Vertical bars; each label is that of its bar's left edge, the last one ends the axis."""
    most, height = max(counts, default=0) or 1, 150
    step = _WIDTH / max(1, len(counts))
    drawn = [
        Markup(
            '<g><title>{label}: {count}</title><rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" '
            'height="{h:.1f}"/></g>'
        ).format(
            label=label,
            count=count,
            x=index * step + 1,
            w=step - 2,
            y=height - count / most * (height - 20),
            h=count / most * (height - 20),
        )
        for index, (count, label) in enumerate(zip(counts, labels, strict=False))
    ]
    ticks = [
        Markup('<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{label}</text>').format(
            x=index * step, y=height + 16, label=label, anchor=_anchor(index, len(counts))
        )
        for index, label in enumerate(labels)
        if index % 5 == 0
    ]
    line = Markup('<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>').format(_WIDTH, height, height)
    return _drawing(title, height + 20, Markup("").join([*drawn, line, *ticks]))


def _anchor(index: int, last: int) -> str:
    return "start" if index == 0 else "end" if index == last else "middle"


def _drawing(title: str, height: float, content: Markup) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {width} {height}" role="img" aria-label="{title}" '
        'xmlns="http://www.w3.org/2000/svg">{content}</svg>'
    ).format(width=_WIDTH, height=max(height, 1), title=escape(visible(title)), content=content)


def shown(value: float) -> str:
    """A number with thousands separators, without decimals if it is whole."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
