"""Writing the pages. Very many documents become several linked pages."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zongji.corpus.clock import now_for_readers
from zongji.pipeline.pages.document_view import DocumentView, Item
from zongji.pipeline.pages.safety import json_for_script, policy
from zongji.pipeline.pages.templates import asset, environment
from zongji.pipeline.pages.terms import terms
from zongji.pipeline.report.overview import FAILING, Overview
from zongji.pipeline.report.packing import Packed
from zongji.pipeline.report.panels import panels
from zongji.pipeline.schema.version import version
from zongji.pipeline.sinks.output import replacing

_PACKAGE = "zongji.pipeline.report"
DOCUMENTS_A_PAGE = 1000
"""Browsers handle a page of this many documents (about 5 MB) with ease."""
_MOST_FAILURES = 1000  # failures listed on the page; all of them are counted


@dataclass(frozen=True, slots=True)
class Written:
    """The result of writing a report."""

    pages: tuple[Path, ...]
    counted: Overview


def write_report(items: Iterable[Item], target: Path, *, source: str, most: int = DOCUMENTS_A_PAGE) -> Written:
    """Write the report to `target`; documents beyond `most` go into `target-2.html` and so on next to it.

    Without any document nothing is written. All pages replace older ones together, at the end.

    Raises:
        OSError: if a page cannot be written.
    """
    with ExitStack() as drafts:
        return _written(items, target, source, most, drafts)


def _written(items: Iterable[Item], target: Path, source: str, most: int, drafts: ExitStack) -> Written:
    counted, pages = Overview(), [Packed()]
    first = drafts.enter_context(replacing(target))  # replaced last
    finished: list[Path] = []

    def finish(number: int, packed: Packed, *, more: bool) -> None:
        path = page_path(target, number)
        _write(drafts.enter_context(replacing(path)).path, target, number, packed, source, more=more)
        finished.append(path)

    for item in items:
        counted.add(item)
        if isinstance(item, DocumentView):
            if len(pages[-1].index) == most:
                pages.append(Packed())
                pages[-2].close()
                if len(pages) > 2:  # the first page waits for the counts
                    finish(len(pages) - 1, pages[-2], more=True)
                    pages[-2] = Packed()
            pages[-1].add(item)
    pages[-1].close()
    counted.close()
    if not counted.documents:
        first.drop()
        return Written((), counted)
    if len(pages) > 1:
        finish(len(pages), pages[-1], more=False)
    _write(first.path, target, 1, pages[0], source, more=len(pages) > 1, counted=counted)
    return Written((target, *finished), counted)


def page_path(target: Path, number: int) -> Path:
    """The path of a page: report.html, report-2.html and so on."""
    return target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")


def _write(
    path: Path, target: Path, number: int, packed: Packed, source: str, *, more: bool, counted: Overview | None = None
) -> None:
    """Write a page to `path`, with links to those around it in the names they will have."""
    facts = {
        "source": source,
        "number": number,
        "before": page_path(target, number - 1).name if number > 1 else None,
        "after": page_path(target, number + 1).name if more else None,
    }
    path.write_text(render(packed, facts, counted), encoding="utf-8", errors="backslashreplace", newline="\n")


def render(packed: Packed, facts: dict[str, Any], counted: Overview | None) -> str:
    """One page as HTML; `counted` is shown on the first page, the others have documents only."""
    styles = asset("zongji.pipeline.pages", "base.css") + asset(_PACKAGE, "report.css")
    script = "".join(
        asset(package, name)
        for package, name in (
            ("zongji.pipeline.pages", "theme.js"),
            (_PACKAGE, "document.js"),
            (_PACKAGE, "listing.js"),
            (_PACKAGE, "report.js"),
        )
    )
    return (
        environment(_PACKAGE)
        .get_template("report.html.jinja")
        .render(
            facts,
            counted=counted,
            panels=panels(counted) if counted else [],
            failures=counted.failures[:_MOST_FAILURES] if counted else [],
            index=json_for_script(packed.index),
            blocks=packed.blocks,
            terms=json_for_script(_words()),
            failing=json_for_script(sorted(FAILING)),
            styles=styles,
            script=script,
            policy=policy([script], [styles]),
            version=version(),
            made=now_for_readers(),
        )
    )


def _words() -> dict[str, dict[str, list[str]]]:
    """The labels shown by the page's script."""
    return {
        kind: {value: [word.chinese, word.english] for value, word in words.items()} for kind, words in terms().items()
    }
