"""Which paragraphs of a Word document are headings: by outline level, by style, or in bold from end to end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from zongji.corpus.whole_numbers import whole_number
from zongji.pipeline.sources.numbering import DEEPEST, Style, W

_BODY = 9  # the outline level of running text (17.3.1.20); 0 to 8 are headings
_HEADING = re.compile(r"(?:heading|标题) ?(\d)", re.IGNORECASE)
_TITLE = 0  # how deep the built-in style of a document's title stands: above all headings
_LONGEST = 100  # characters; a longer paragraph is text, whatever its style
_OFF = frozenset({"0", "false", "off"})


def heading_depth(paragraph: Any, text: str, styles: Mapping[str, Style]) -> tuple[bool, int | None]:  # noqa: ANN401
    """Whether a `w:p` with this text is a heading, and how deep it stands; None if it is only in bold."""
    if not text.strip() or len(text) > _LONGEST:
        return False, None
    properties = paragraph.find(f"{W}pPr")
    depth = None if properties is None else _depth(properties, styles)
    return (True, depth) if depth is not None else (_is_bold(paragraph), None)


def _depth(properties: Any, styles: Mapping[str, Style]) -> int | None:  # noqa: ANN401
    """The outline level that the paragraph, or else its style, states."""
    own = properties.find(f"{W}outlineLvl")
    level = None if own is None else whole_number(own.get(f"{W}val"))
    style = properties.find(f"{W}pStyle")
    name = "" if style is None else style.get(f"{W}val") or ""
    for _ in range(DEEPEST):
        known = styles.get(name)
        if level is not None or known is None:
            break
        if known.name.lower() in {"title", "标题"}:
            return _TITLE
        named = _HEADING.fullmatch(known.name)
        level = known.outline if known.outline is not None else int(named[1]) - 1 if named else None
        name = known.based_on or ""
    return level + 1 if level is not None and level < _BODY else None


def _is_bold(paragraph: Any) -> bool:  # noqa: ANN401
    """True if all of its runs that have text are bold."""
    runs = [run for run in paragraph.iter(f"{W}r") if "".join(text.text or "" for text in run.iter(f"{W}t")).strip()]
    return bool(runs) and all(_is_on(run.find(f"{W}rPr/{W}b")) for run in runs)


def _is_on(switch: Any) -> bool:  # noqa: ANN401
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF
