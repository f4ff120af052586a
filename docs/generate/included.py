"""Parts taken from Markdown files at the repository's root, with their links as a page in docs/ needs them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md", "README.md": "index.md"}
_LINK = re.compile(r"(?<!!)\[([^]]*)\]\(([^)\s:#]+)(#[^)\s]*)?\)")  # to a file, not to an address or an image


def whole(name: str) -> str:
    """A file without its title, which the page has already.

    Raises:
        OSError: if there is no such file.
    """
    return linked((ROOT / name).read_text(encoding="utf-8").partition("\n")[2])


def section(arguments: str) -> str:
    """The section of a file, given as `FILE Heading`, under its heading.

    Raises:
        LookupError: if the file has no such section.
        OSError: if there is no such file.
    """
    name, _, heading = arguments.partition(" ")
    for text in re.split(r"^## ", whole(name), flags=re.MULTILINE)[1:]:
        if text.startswith(f"{heading}\n"):
            return f"## {text}"
    message = f"{name} has no section {heading!r}"
    raise LookupError(message)


def linked(text: str) -> str:
    """The text with links to pages of the documentation, and without links to files that are no pages."""
    return _LINK.sub(_link, text.replace("](docs/", "]("))


def _link(found: re.Match[str]) -> str:
    """A link to a page; one to a file that is no page becomes its words alone."""
    words, path, anchor = found.groups(default="")
    page = PAGES.get(path, path)
    return f"[{words}]({page}{anchor})" if (ROOT / "docs" / page).exists() else words
