"""Full-width digits, letters and the signs inside numbers to half width; Chinese punctuation stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zongji.corpus.alignment import Edit

_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ％](?:[０-９Ａ-Ｚａ-ｚ％]|[．／：，](?=[０-９]))*")
_TABLE = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}


def edits(text: str) -> Sequence[Edit]:
    """Edits of equal length for the full-width digits and letters of a text."""
    return [Edit(match.start(), match.end(), _half_width(match[0])) for match in _FULL_WIDTH.finditer(text)]


def _half_width(run: str) -> str:
    """A run in half width; a comma only where it separates thousands."""
    digits = run.replace("，", "\0").translate(_TABLE)
    return re.sub(r"\0(?!\d{3}(?!\d))", "，", digits).replace("\0", ",")
