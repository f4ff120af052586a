"""Parts of a previously counted whole."""

from __future__ import annotations

from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern
from zongji.pipeline.figures.categories.counted import GOODS, Counted
from zongji.pipeline.figures.categories.deeds import deed

_PART = WordPattern("category_cues", "{part}|中[，,]")
_PART_REACH = 16  # chosen: characters before a number that may hold 其中


def part(counted: Counted) -> Category | None:
    """Parts of a whole, unless something else was done with them: `论文6篇获奖，其中省级1篇`."""
    before = counted.before
    if before is None or before.unit != counted.unit:
        return None
    if not counted.noun:
        return before.category if _PART.search(counted.left[-_PART_REACH:]) else None
    same = counted.noun == before.item.strip("“”")
    same = same or (counted.kind in GOODS and _PART.search(counted.left[-_PART_REACH:]) is not None)
    return before.category if same and deed(counted, counted.clause) is None else None
