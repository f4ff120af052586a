"""The text of one paragraph of a Word document: as shown, without deletions, field codes, ruby and marks of notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zongji.pipeline.sources.numbering import Style, W
from zongji.pipeline.sources.raised import Raised, joined

_TEXT_BOX = f"{W}txbxContent"
# Elements without text of the paragraph itself: deletions (17.13.5), field codes, readings of ruby text, text boxes.
_LEFT_OUT = {
    W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "txbxContent")
}
_HIDING = ("vanish", "strike", "dstrike")  # properties of runs (17.3.2)
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
_CHOICE, _FALLBACK = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}" + name for name in ("Choice", "Fallback")
)
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def text_of(paragraph: Any, *, hidden: Callable[[str], None] | None = None) -> str:  # noqa: ANN401  # lxml elements
    """The text of a `w:p`, without the blanks at its end.

    `hidden` is called with text that Word does not show, or shows struck out.
    """
    return joined(_pieces(paragraph, hidden or _ignore)).rstrip()


def _ignore(_: str) -> None:
    """Headers and notes are excluded anyway."""


def _pieces(element: Any, hidden: Callable[[str], None]) -> Iterator[str]:  # noqa: ANN401
    for child in element:
        tag = child.tag
        if tag in {W + "t", _FORMULA_TEXT}:
            yield child.text or ""
        elif tag in _SIGNS:
            yield "" if child.get(W + "type") == "page" else _SIGNS[tag]
        elif tag in _LEFT_OUT or (tag == _FALLBACK and child.getprevious() is not None):
            continue
        elif tag == W + "r" and _is_on(child, *_HIDING):
            hidden("".join(_pieces(child, _ignore)))
        elif tag == W + "r" and _is_raised(child):
            yield Raised("".join(_pieces(child, hidden)))
        elif isinstance(tag, str):
            yield from _pieces(child, hidden)


def _is_on(run: Any, *properties: str) -> bool:  # noqa: ANN401
    """True if one of the properties of a run is set (17.17.4: without a value it is)."""
    found = (run.find(f"{W}rPr/{W}{name}") for name in properties)
    return any(each is not None and each.get(W + "val", "1") not in {"0", "false", "off"} for each in found)


def _is_raised(run: Any) -> bool:  # noqa: ANN401
    align = run.find(f"{W}rPr/{W}vertAlign")
    return align is not None and align.get(W + "val") == "superscript"


def boxes_of(paragraph: Any) -> Iterator[Any]:  # noqa: ANN401
    """The text boxes anchored in a paragraph; of the two forms that Word stores of each, the first."""
    if paragraph.find(f".//{_TEXT_BOX}") is None:
        return
    for element in paragraph.iterchildren("{*}*"):
        if element.tag == _TEXT_BOX:
            yield element
        elif element.tag != _FALLBACK or element.getprevious() is None:
            yield from boxes_of(element)


def is_contents(paragraph: Any, styles: Mapping[str, Style]) -> bool:  # noqa: ANN401
    """True for a line of a table of contents: its headings stand in the text once more (built-in style `toc 1` …)."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    known = None if style is None else styles.get(style.get(f"{W}val") or "")
    return known is not None and known.name.lower().startswith("toc ")
