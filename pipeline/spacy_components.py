"""The line as spaCy components: `zongji_sections` and `zongji_figures`, found by their entry points.

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.add_pipe("zongji_sections"); nlp.add_pipe("zongji_figures")

Each takes a `Doc` and returns it with its spans in `doc.spans` (`sections`, `figures`, labelled by class and category)
and, in `doc.user_data["zongji"]`, the documents as plain dicts with exact character offsets. A token that a figure only
touches is taken whole into its span.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from zongji.pipeline.reading.reader import extract_text

try:
    from spacy.language import Language
except ImportError as error:
    message = "the spaCy components need spaCy: install zongji[spacy]"
    raise ImportError(message) from error

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "zongji"


@Language.factory("zongji_sections")
def make_sections(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  # spaCy calls factories so
    """The component that puts headings into `doc.spans["sections"]`: marker and title of each section."""
    return _sections


@Language.factory("zongji_figures")
def make_figures(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """The component that puts figures into `doc.spans["figures"]`."""
    return _figures


def _sections(doc: Doc) -> Doc:
    doc.spans["sections"] = [
        span for record in _records(doc, "sections") if (span := _span(doc, record, _heading_end(record))) is not None
    ]
    return doc


def _figures(doc: Doc) -> Doc:
    doc.spans["figures"] = [
        span for record in _records(doc, "figures") if (span := _span(doc, record, record["end"])) is not None
    ]
    return doc


def _records(doc: Doc, kind: str) -> list[dict[str, Any]]:
    """The records of a kind in all documents of a `Doc`, extracted by the first component that asks."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = [document.to_dict() for document in extract_text(doc.text)]
    return [record for document in doc.user_data[_KEY] for record in document[kind]]


def _heading_end(section: dict[str, Any]) -> int:
    """Where a section's heading ends, as far as marker and title stand in the text unrestored."""
    length = len(section["marker"] or "") + len(section["title"] or "")
    return int(min(section["start"] + max(length, 1), section["end"]))


def _span(doc: Doc, record: dict[str, Any], end: int) -> Any:  # noqa: ANN401  # a Span, or None outside all tokens
    label = record.get("label") or record.get("category")
    return doc.char_span(record["start"], end, label=str(label), alignment_mode="expand")
