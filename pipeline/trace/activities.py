"""The step in which a figure was assigned to an activity, or why to none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zongji.corpus.records import Figure
from zongji.pipeline.activities.anchors import Anchor
from zongji.pipeline.activities.gather import found_in
from zongji.pipeline.activities.membership import Neighbours, join_figures, neighbours_of, owner_of
from zongji.pipeline.flow import Stages
from zongji.pipeline.trace.records import NONE, Option, Stage, Step
from zongji.pipeline.trace.watching import rule_of

_STOPS = {"\n": "a line end", "。": "a full stop", "；": "a semicolon"}
_BETWEEN = 24  # characters shown of the text between


class Activities:
    """The activities of a document as found, before those without figures are dropped."""

    def __init__(self, made: Stages, text: str) -> None:
        self.text = text
        about, figures = made.about, made.figures
        self.anchors, self.event = found_in(text, made.start, made.end, figures, about.title, about.organization)
        join_figures(text, figures, self.anchors, self.event)
        kept = [anchor for anchor in self.anchors if anchor.figures]
        self.ids: Mapping[int, str] = {id(anchor): f"a{number}" for number, anchor in enumerate(kept, start=1)}
        self.starts = [anchor.start for anchor in self.anchors]

    def step(self, figure: Figure) -> Step:
        """The activity the figure was assigned to, and by which rule."""
        neighbours = neighbours_of(self.text, figure, self.anchors, self.starts, self.event)
        owner, rule = owner_of(neighbours) or (None, owner_of)
        options = tuple(self._options(neighbours, owner))
        if owner is not None:
            return Step(Stage.ACTIVITY, self._named(owner), rule_of(rule), options=options)
        why = "no activity is in reach" if options else "the document names no activity"
        return Step(Stage.ACTIVITY, NONE, rule_of(owner_of), notes=(why,), options=options, decisive=bool(options))

    def _named(self, anchor: Anchor) -> str:
        return f"{self.ids.get(id(anchor), '')} {anchor.name}".strip()

    def _options(self, neighbours: Neighbours, owner: Anchor | None) -> Iterator[Option]:
        figure = neighbours.figure
        for anchor, side in ((neighbours.before, "before"), (neighbours.behind, "after")):
            if anchor is None or anchor is owner:
                continue
            between = self.text[anchor.end : figure.start] if side == "before" else self.text[figure.end : anchor.start]
            yield Option(self._named(anchor), None, note=_apart(between, side))


def _apart(between: str, side: str) -> str:
    """The distance to an activity: `41 characters before it, separated by a line end`."""
    stop = next((name for mark, name in _STOPS.items() if mark in between), None)
    shown = f"…{between[-_BETWEEN:]}" if len(between) > _BETWEEN else between
    return f"{len(between)} characters {side} it, {f'separated by {stop}' if stop else f'between them: {shown}'}"
