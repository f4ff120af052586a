"""The title of a document, and the lines that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from zongji.pipeline.structure.line_roles import Role
from zongji.pipeline.structure.outline import Node


def title_of(nodes: Sequence[Node]) -> str | None:
    """The line that names the document; None if it has none."""
    return next((node.title for node in nodes if node.role is Role.TITLE), None)


def title_block(text: str, nodes: Sequence[Node], end: int) -> str:
    """The title with the lines under it; empty if a document has no title."""
    if not nodes or nodes[0].role is not Role.TITLE:
        return ""
    return text[nodes[0].start : nodes[1].start if len(nodes) > 1 else end].rstrip()
