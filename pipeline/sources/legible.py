"""Whether a PDF page's text layer is usable: without a ToUnicode map, a font's glyphs have no known characters."""

from __future__ import annotations

import re

from zongji.pipeline.sources.pdf_text import TextPage, pdfium

_SAMPLE = 200  # characters sampled per page
_FEWEST = 8  # characters needed for a verdict
_MOST_UNMAPPED = 0.15  # share of unmapped characters from which the text is unusable
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")


def illegible(text_page: TextPage, text: str) -> bool:
    """True if most characters of a page mean nothing: unmapped, control or private-use ones."""
    raw = pdfium()
    count = raw.FPDFText_CountChars(text_page.handle)
    offsets = [
        offset
        for offset in range(0, count, max(1, count // _SAMPLE))
        if not raw.FPDFText_IsGenerated(text_page.handle, offset)
    ]
    unmapped = sum(raw.FPDFText_HasUnicodeMapError(text_page.handle, offset) == 1 for offset in offsets)
    if len(offsets) >= _FEWEST and unmapped > _MOST_UNMAPPED * len(offsets):
        return True
    shown = "".join(text.split())
    return len(shown) >= _FEWEST and len(_NO_TEXT.findall(shown)) > _MOST_UNMAPPED * len(shown)
