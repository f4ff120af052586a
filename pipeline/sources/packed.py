"""A member of an archive, not unpacked yet, and names as their authors saw them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Packed:
    """A member: its path, and what unpacks it, once, before the next one is asked for.

    `read` raises `SourceError` if the member is encrypted or broken, or goes beyond a limit.
    """

    path: str
    read: Callable[[], bytes]


def name_of_bytes(raw: bytes) -> str:
    """The name in these bytes: UTF-8 where it can be nothing else, GBK (and what it grew to) or Big5, else Latin."""
    name = _utf8_of(raw) or _chinese(raw) or raw.decode("latin-1")
    return name.replace("\\", "/")  # only now: the byte of a backslash may be half of a Chinese character


def _utf8_of(raw: bytes) -> str | None:
    """The name in UTF-8, unless that is chance: two bytes of GBK may pass for a letter, three do not for Chinese."""
    name = _decoded(raw, "utf-8")
    return None if name is None or (not name.isascii() and max(name) < "\u0800") else name


def _chinese(raw: bytes) -> str | None:
    """The name in GBK or Big5, whichever gives the likelier text."""
    from zongji.pipeline.sources.likelihood import log_likelihood  # noqa: PLC0415  # a list of characters

    names = [name for codec in ("gb18030", "big5hkscs") if (name := _decoded(raw, codec)) is not None]
    return max(names, key=log_likelihood, default=None)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
