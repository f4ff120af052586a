"""What a PDF page shows besides its text: the values of its form, and text typed onto it; and the notes on it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from zongji.pipeline.sources.page import Box
from zongji.pipeline.sources.pdf_text import TextPage, pdfium


@dataclass(frozen=True, slots=True)
class Annotation:
    """A text laid over a page, its box on it, and whether it is a note: a remark on the page, no part of it."""

    text: str
    box: Box
    is_note: bool


def annotations_of(page: Any, text_page: TextPage, form: Any) -> Iterator[Annotation]:  # noqa: ANN401  # pypdfium2's
    """The texts of form fields, typed text and notes on a page; `form` is the document's form, or None."""
    raw = pdfium()
    shown = {raw.FPDF_ANNOT_WIDGET: False, raw.FPDF_ANNOT_FREETEXT: False, raw.FPDF_ANNOT_TEXT: True}
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        try:
            if kind in shown and (text := _text(raw, annotation, kind, form).strip()):
                rectangle = raw.FS_RECTF()
                raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle))
                box = text_page.shown(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                yield Annotation(text, box, shown[kind])
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _text(raw: Any, annotation: Any, kind: int, form: Any) -> str:  # noqa: ANN401
    if kind != raw.FPDF_ANNOT_WIDGET:
        return _string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))
    if form is None or raw.FPDFAnnot_GetFormFieldType(form, annotation) not in _typed(raw):
        return ""
    return _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _typed(raw: Any) -> tuple[int, ...]:  # noqa: ANN401
    """The kinds of fields whose value is what one reads; that of a button is not."""
    return raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX


def _string(get: Callable[[Any, int], int]) -> str:
    """A string that pdfium writes into a buffer as UTF-16, asked for its size in bytes first."""
    size = get(None, 0)
    buffer = (ctypes.c_ushort * max(1, size // 2))()
    get(buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
