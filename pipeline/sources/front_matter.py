"""The block in front of a Markdown text that states its title: YAML between `---`, TOML between `+++`."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"\ufeff?\s*+(?P<bar>---|\+\+\+)[ \t]*\r?\n(?P<fields>.*?)^(?P=bar)[ \t]*\r?(?:\n|\Z)", re.M | re.S)
_FIELD = re.compile(r"^(?:title|标题)[ \t]*[:=：][ \t]*(?P<value>\S[^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_NAMES_FIELD = re.compile(r"^[\w\-\"']+[ \t]*[:=：]", re.MULTILINE)
_QUOTED = re.compile(r"(?P<mark>[\"'])(?P<text>.*)(?P=mark)(?:[ \t]+#.*)?")
_LONGEST = 8000  # characters of a block; a line of dashes further on ends no front matter


def front_matter(source: str) -> tuple[int, str | None]:
    """Where the text behind the block begins, 0 without one, and the title that the block states."""
    block = _BLOCK.match(source[:_LONGEST])
    if block is None or not _NAMES_FIELD.match(block["fields"]):
        return 0, None
    title = _FIELD.search(block["fields"])
    return block.end(), _unquoted(title["value"].strip()) if title is not None else None


def _unquoted(value: str) -> str | None:
    quoted = _QUOTED.fullmatch(value)
    return (quoted["text"] if quoted is not None else value).strip() or None
