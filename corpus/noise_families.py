"""Clean text to damaged text: families of damage that `noise` lacks, and other decoders' variants of those it has."""

from __future__ import annotations

from zongji.corpus.alignment import Aligned, Edit
from zongji.corpus.noise import Damaged


def misread(clean: str, written: str, read: str, *, errors: str = "replace") -> Damaged:
    """Text whose bytes in the encoding `written` were decoded as `read`; U+FFFD for what that lacks."""
    damaged = clean.encode(written, "ignore").decode(read, errors)
    return Damaged(clean, damaged, (Edit(0, len(clean), damaged),) if damaged != clean else ())


def with_stray_marks(clean: str, mark: str, *, before: bool = False) -> Damaged:
    """A mark behind (or before) every 的 between Chinese characters, as copy protection puts it."""
    places = [place for place in range(1, len(clean) - 1) if clean[place] == "的" and _is_inside(clean, place)]
    edits = tuple(Edit(place + (not before), place + (not before), mark) for place in places)
    return Damaged(clean, Aligned.of(clean).apply(edits).text, edits)


def with_twice_escaped(clean: str) -> Damaged:
    """Quotes and dashes as entities whose ampersand was escaped once more."""
    names = {"“": "&amp;ldquo;", "”": "&amp;rdquo;", "—": "&amp;#8212;", "…": "&amp;hellip;"}
    edits = tuple(Edit(place, place + 1, names[sign]) for place, sign in enumerate(clean) if sign in names)
    return Damaged(clean, Aligned.of(clean).apply(edits).text, edits)


def _is_inside(text: str, place: int) -> bool:
    return "㐀" <= text[place - 1] <= "鿿" and "㐀" <= text[place + 1] <= "鿿"
