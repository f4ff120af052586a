"""What stands above a file's first document: a letterhead, the title of a series."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.edge_lines import is_body, may_begin
from zongji.pipeline.structure.likeness import are_alike
from zongji.pipeline.structure.line_roles import Role, TaggedLine

# Set by hand, with the annotated train documents and tests/cases/collections.txt in view.
_LETTERHEAD = 6  # lines of one, with the title behind it
_FRONT = 3  # lines of a series' title
_FEWEST = 3  # documents of a series
_HEAD = re.compile(
    r"[㐀-鿿、（）() ]{4,40}文件|[㐀-鿿]{1,12}[〔\[（(](?:19|20)\d\d[〕\]）)] ?第?\d{1,4} ?号"
    r"|(?:签发人|密级|紧急程度)[:：].{0,12}"
)


def behind_letterhead(tagged: Sequence[TaggedLine], starts: Sequence[int]) -> list[int]:
    """The starts of documents, the first of them behind the letterhead: `青石县科协文件`, `青科协〔2023〕5号`."""
    first, *others = starts
    for index in range(first, min(first + _LETTERHEAD, *others[:1], len(tagged))):
        if _HEAD.fullmatch(tagged[index].line.text) is None:
            return [index if tagged[index].role is Role.TITLE else first, *others]
    return list(starts)


def behind_series_title(tagged: Sequence[TaggedLine], starts: Sequence[int]) -> list[int]:
    """The starts of documents, the first of them without the title of the series that they form."""
    first, *others = starts
    if len(others) < _FEWEST - 1:
        return list(starts)
    name = tagged[first].line.text
    for index in range(first + 1, min(first + 1 + _FRONT, others[0])):
        item = tagged[index]
        alike = sum(are_alike(item.line.text, tagged[other].line.text) for other in others)
        unlike = not any(are_alike(name, tagged[other].line.text) for other in others)
        is_series = document_cues.names_bulletin(name) or alike >= _FEWEST - 1
        if may_begin(item) and unlike and is_series and index + 1 < others[0]:
            return [index, *others]
        if is_body(item) or item.heading is not None:
            break
    return list(starts)
