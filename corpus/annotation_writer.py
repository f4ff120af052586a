"""Writing the inline notation: a text and its annotations to the string that `zongji.corpus.annotation` reads back."""

from __future__ import annotations

from collections.abc import Iterator

from zongji.corpus.annotation import (
    AnnotatedDocument,
    AnnotatedFigure,
    AnnotatedSection,
    AnnotatedText,
    AnnotationError,
    Value,
    parse,
)
from zongji.corpus.labels import Bound


def written(annotated: AnnotatedText) -> str:
    """The annotated text in the notation; it is read back and compared before it is returned.

    Raises:
        AnnotationError: if the text contains signs of the notation, which cannot be escaped.
    """
    parts: list[str] = []
    position = 0
    for offset, _, mark in sorted(_marks(annotated), key=lambda entry: entry[:2]):
        parts += (annotated.text[position:offset], mark)
        position = max(position, offset)
    parts.append(annotated.text[position:])
    result = "".join(parts)
    _check(annotated, parse(result))
    return result


_AFTER, _END_TITLE, _END_DOCUMENT, _BEGIN_DOCUMENT, _BEGIN_SECTION, _FIGURE = range(6)
"""The order of marks at the same offset."""


def _marks(annotated: AnnotatedText) -> Iterator[tuple[int, int, str]]:
    """All marks with their offsets and ranks."""
    for document in annotated.documents:
        line = annotated.text.rfind("\n", 0, document.start) + 1
        yield line, _BEGIN_DOCUMENT, f"{{doc {_document_words(document)}}}\n"
        behind = annotated.text.find("\n", document.end) + 1
        yield behind or len(annotated.text), _END_DOCUMENT, "{/doc}\n" if behind else "\n{/doc}\n"
    for section in annotated.sections:
        yield section.start, _BEGIN_SECTION, f"{{{_section_words(section)}}}"
        if section.title is not None:
            yield _title_end(annotated.text, section), _END_TITLE, "{/}"
    for figure in annotated.figures:
        yield figure.start, _FIGURE, "["
        yield figure.end, _AFTER, f" {figure_words(figure)}]"


def _document_words(document: AnnotatedDocument) -> str:
    fields = (("organization", document.organization), ("period", document.period))
    return " ".join([document.doc_type.value, *(f"{name}={_joined(value)}" for name, value in fields if value)])


def _section_words(section: AnnotatedSection) -> str:
    return " ".join([section.label.value, str(section.level), *([section.marker] if section.marker else [])])


def _title_end(text: str, section: AnnotatedSection) -> int:
    """The end of the title that begins after the marker."""
    title = section.title or ""
    start = section.start + len(section.marker or "")
    found = text.find(title, start, start + len(title) + 8)  # there may be blanks between
    if found < 0:
        message = f"a title that does not follow its marker: {title[:20]!r}"
        raise AnnotationError(message)
    return found + len(title)


def figure_words(figure: AnnotatedFigure) -> str:
    """What follows the words of a figure: `materials 14000 over achieved unit=册/份 item=科普资料`."""
    fields = figure.fields
    words = [str(fields["category"]), _number_words(fields.get("value"), fields.get("value_max"))]
    words += [str(fields["bound"])] if fields.get("bound") not in (None, Bound.EXACT.value) else []
    words += [str(fields["modality"])] if fields.get("modality") else []
    words += ["total"] if fields.get("total") else []
    words += [f"{name}={_joined(str(fields[name]))}" for name in ("unit", "item", "per") if fields.get(name)]
    return " ".join(words)


def _number_words(value: Value, value_max: Value) -> str:
    if value is None:
        return "?"
    return _plain(value) + (f"..{_plain(value_max)}" if value_max is not None else "")


def _plain(value: Value) -> str:
    """A number without an exponent."""
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _joined(words: str) -> str:
    """A field without blanks, which separate fields in the notation."""
    return "".join(words.split())


def _check(wanted: AnnotatedText, found: AnnotatedText) -> None:
    """Raise if an annotation would not be read back unchanged.

    Raises:
        AnnotationError: saying what differs.
    """
    if found.text.rstrip("\n") != wanted.text.rstrip("\n"):
        message = "the text contains signs of the notation: { } or [… participants …]"
        raise AnnotationError(message)
    spans = [(figure.start, figure.end, figure.text) for figure in found.figures]
    if spans != [(figure.start, figure.end, figure.text) for figure in wanted.figures]:
        message = "a figure that the notation cannot hold: one with a bracket or a line end in it, or two that overlap"
        raise AnnotationError(message)
    if [section.start for section in found.sections] != [section.start for section in wanted.sections]:
        message = "a heading that the notation cannot hold"
        raise AnnotationError(message)
