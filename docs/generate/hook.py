"""Puts generated parts into the pages of the documentation; mkdocs calls it for each page.

A page holds `<!-- generated: NAME ARGUMENTS -->` on a line of its own where a part goes, NAME being one of `PARTS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import architecture
import command_line
import included
from mkdocs.exceptions import PluginError

_MARKER = re.compile(r"^<!-- generated: (\S+) ?(.*) -->$", re.MULTILINE)

PARTS: dict[str, Callable[[str], str]] = {
    "commands": command_line.reference,
    "line": architecture.line,
    "contracts": architecture.contracts,
    "file": included.whole,
    "section": included.section,
}


def on_page_markdown(markdown: str, **_: object) -> str:
    """The page with its parts put in.

    Raises:
        PluginError: if a part is unknown, or what it is made of is not there.
    """
    return _MARKER.sub(_part, markdown)


def _part(found: re.Match[str]) -> str:
    name, arguments = found.groups()
    try:
        return PARTS[name](arguments)
    except (LookupError, OSError) as error:
        message = f"{found[0]}: {error}"
        raise PluginError(message) from error
