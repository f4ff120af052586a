"""Lines that end in a colon and govern what follows: `一年来着重做了以下几项工作：`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zongji.corpus.patterns import WordPattern
from zongji.models.rules import evidence_of, looks_ahead
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.line_roles import TaggedLine

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_KNOWN = 4  # weight of the words from which a line is a heading, whatever follows it
_SURE = 7  # weight from which it is a heading beside others, not one below them
_LONGEST_TITLE = 22  # characters of a heading without a marker
_LONGEST = 100  # characters of a line that only leads in
_LISTS = WordPattern(
    "heading_cues",
    r"(?:{lead-in})[^，。]{0,12}[：:]$|[{up_to_ten}两几]+(?:{counted-lead-in})[^，。]{0,10}[：:]$",
)
_POINTS_BELOW = WordPattern("heading_cues", "{points-below}")
_SALUTATION = WordPattern("document_cues", "(?:{addressed})(?:们|等|：|:|，|,|、){0,3}[：:]?$")
_BULLET = re.compile("[-*+·•●◆■○▪] ?(?=[^-])")


def lead_in_end(text: str, before: TaggedLine | None, behind: Sequence[TaggedLine], *, is_below: bool) -> int:
    """The length of the heading that a line ending in a colon is; 0 if it is none, or introduces a table.

    `is_below` tells whether there is a heading above it in the document: a preamble may end in a colon, too.
    """
    if (document_cues.is_table_row(behind[0].line.text) and "如下" in text) or "。" in text or _SALUTATION.search(text):
        return 0
    if not is_below and document_cues.ends_as_opening(text):
        return 0
    title = text.rstrip("：: ")
    opens_items = behind[0].heading is not None and before is not None and _is_own_heading(before)
    if len(title) <= _LONGEST_TITLE and "，" not in title and "," not in title:
        found = evidence_of(title)
        known = (found is not None and found.weight >= _KNOWN) or (is_below and _begins_list(behind[0]))
        return len(title) if known or behind[0].heading is not None or _LISTS.search(text) else 0
    if is_below and len(title) <= _LONGEST and _begins_list(behind[0]):
        return len(title)
    if opens_items or len(title) > document_cues.LONGEST_TITLE:
        return 0
    return len(title) if behind[0].heading is not None and _LISTS.search(text) else 0


def stands_below(text: str) -> bool:
    """True for a lead-in, one level below the heading it stands under; false for a heading as `主要问题：`."""
    title = text.rstrip("：: ")
    found = evidence_of(title)
    is_sure = found is not None and found.weight >= _SURE
    if len(title) > _LONGEST_TITLE or _POINTS_BELOW.search(title):
        return not looks_ahead(title)
    return _LISTS.search(text) is not None and not (is_sure or looks_ahead(title))


def _begins_list(item: TaggedLine) -> bool:
    heading = item.heading
    if heading is None:
        return _BULLET.match(item.line.text) is not None
    return heading.depth is None and heading.number <= 1


def _is_own_heading(item: TaggedLine) -> bool:
    return item.heading is not None and item.heading.own_line
