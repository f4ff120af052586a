"""The title of a document that stands on a web page, which states it as well."""

from __future__ import annotations

from collections.abc import Iterable

from zongji.pipeline.sources.web_title import without_day


def title_on_page(found: str | None, lines: Iterable[str], stated: str | None) -> str | None:
    """The title found in the text, in whole where the page knows its lines; else those, else what the page states."""
    named = "".join(lines)
    if named and (found is None or found in named):
        return without_day(named)
    return found or stated
