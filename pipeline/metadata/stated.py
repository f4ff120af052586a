"""What is known of a document beside its own lines: from the format of its file, and from the lines above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zongji.pipeline.structure.headings import Line


class Stated(NamedTuple):
    """What a page's head, front matter or the columns around an article state."""

    title: str | None = None
    date: str | None = None
    author: str | None = None
    is_sure: bool = False
    """Whether the format tells documents apart, so that its title is this document's."""


NOTHING_STATED = Stated()


class Around(NamedTuple):
    """What stands around a document."""

    above: Sequence[Line] = ()
    """The lines right above it that belong to no document."""
    marked: Sequence[Line] = ()
    """Its lines that the format marks as its title."""
    stated: Stated = NOTHING_STATED
