"""Line ends that were no-break spaces: GBK lacks U+00A0, so a converter left `? ?? ? ?` where a paragraph began.

A run of question marks and blanks that holds both, between text, is such a place; a question mark that ends a question
stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zongji.corpus.alignment import Edit

_RUN = re.compile(r" *\?(?: +\?|\? +\?)[? ]*| \? ")


def edits(text: str) -> Sequence[Edit]:
    """Line ends for the runs of a text."""
    if " ?" not in text and "? " not in text:
        return []
    return [Edit(match.start(), match.end(), _line_end(text, match.start())) for match in _RUN.finditer(text)]


def _line_end(text: str, start: int) -> str:
    """A line end, or nothing where the run opens a line."""
    return "" if start == 0 or text[start - 1] == "\n" else "\n"
