"""What trafilatura takes for the main content of a page. It is only asked which lines that is; the text stays ours.

Others were asked, too (`tests/bench/pages_content.py`): where trafilatura finds nothing, they find nothing either.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

# It builds trees of several times the page's size; a larger page is no article. Its time grows with the square of how
# deeply elements are nested (5,000: 1.2 s); the deepest of 120 real pages has 40 levels.
LARGEST = 4_000_000
DEEPEST = 300


def main_text(source: str, depth: int) -> str:
    """The main content by trafilatura, comments left out; empty where it finds none. Never raises."""
    if len(source) > LARGEST or depth > DEEPEST:
        return ""
    extract = _extract()
    try:
        return extract(source) or ""
    except Exception:  # whatever stops a library, the page is read without it
        return ""


@cache
def _extract() -> Callable[[str], str | None]:
    from trafilatura.core import extract  # noqa: PLC0415  # a third of a second, for pages with navigation only

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports every page without content
    return lambda source: extract(source, include_comments=False)
