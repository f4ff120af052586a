"""The documents of a report as compressed blocks, which the page unpacks on demand."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from zongji.corpus.records import Figure
from zongji.pipeline.pages.document_view import DocumentView, PlacedRepair
from zongji.pipeline.pages.safety import visible
from zongji.pipeline.report.overview import failed_checks
from zongji.pipeline.restore.record import Certainty
from zongji.pipeline.schema.rows import year_of

_BLOCK = 400_000  # characters of JSON per block, which unpacks in a few milliseconds
_FIGURE_FIELDS = ("id", "unit", "item", "total", "per", "text", "section", "activity", "confidence", "page")


@dataclass(slots=True)
class Packed:
    """The documents of one page: one line each in the index, and blocks of their contents."""

    index: list[list[Any]] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, view: DocumentView) -> None:
        """Add a document."""
        written = json.dumps(content(view), ensure_ascii=False, separators=(",", ":"))
        self.index.append([*index_line(view), len(self.blocks), len(self._open)])
        self._open.append(written)
        self._length += len(written)
        if self._length > _BLOCK:
            self.close()

    def close(self) -> None:
        """Close the open block."""
        if self._open:
            packed = gzip.compress(f"[{','.join(self._open)}]".encode("utf-8", "replace"), compresslevel=6, mtime=0)
            self.blocks.append(base64.b64encode(packed).decode())
        self._open, self._length = [], 0


def index_line(view: DocumentView) -> list[Any]:
    """The columns of the list of documents."""
    document = view.document
    doubts = [figure.confidence for figure in document.figures]
    return [
        visible(document.title or _beginning(document.text)),
        visible(document.organization or ""),
        str(year_of(document)[0] or ""),
        document.doc_type.value,
        len(document.figures),
        min(doubts, default=1),
        len(failed_checks(document)),
        len(document.notices),
        visible(document.source.path),
    ]


def _beginning(text: str) -> str:
    return text[:40].strip().split("\n")[0]


def content(view: DocumentView) -> dict[str, Any]:
    """What the page of a document shows. Locations are offsets in the restored text, `at` are those of the source."""
    document = view.document
    return {
        "id": document.document_id,
        "text": document.text,
        "at": [document.start, document.end],
        "period": document.period.text,
        "date": document.date,
        "script": document.script.value,
        "format": document.source.format,
        "encoding": document.source.encoding,
        "damage": [document.damage.exact, document.damage.likely, document.damage.unrecovered],
        "sections": [
            [section.id, offset, section.level, section.marker, section.title, section.label.value, section.confidence]
            for section, offset in zip(document.sections, view.sections, strict=True)
        ],
        "figures": [_figure(figure, offset) for figure, offset in zip(document.figures, view.figures, strict=True)],
        "activities": [
            {
                "id": activity.id,
                "name": activity.name,
                "type": activity.type.value,
                "date": activity.date_text or activity.start_date,
                "place": activity.place,
                "organizer": activity.organizer,
                "figures": activity.figures,
            }
            for activity in document.activities
        ],
        "checks": [[check.code.value, check.figures, check.message] for check in document.checks],
        "warnings": [[notice.code.value, notice.message] for notice in document.notices],
        "repairs": None if view.repairs is None else list(_repairs(view.repairs)),
    }


def _figure(figure: Figure, offset: int | None) -> dict[str, Any]:
    fields = {name: getattr(figure, name) for name in _FIGURE_FIELDS}
    kept = {name: value for name, value in fields.items() if value not in (None, "", False)}
    return {
        **kept,
        "place": offset,
        "at": [figure.start, figure.end],
        "category": figure.category.value,
        "modality": figure.modality.value,
        "bound": figure.bound.value,
        "value": figure.value,
        "value_max": figure.value_max,
    }


def _repairs(repairs: Iterable[PlacedRepair]) -> Iterator[list[Any]]:
    """Offset, length, text before, kind; for an uncertain repair also its confidence and alternatives."""
    for placed in repairs:
        repair = placed.repair
        line: list[Any] = [placed.start, placed.length, repair.before, repair.kind]
        if repair.certainty is not Certainty.EXACT:
            line += [repair.certainty.value, round(repair.confidence, 2), list(repair.alternatives[:3])]
        yield line
