"""A figure that extraction missed: where it stands, and what our own extraction makes of its words."""

from __future__ import annotations

from zongji.corpus.labels import Bound, Category, Modality
from zongji.corpus.records import Figure
from zongji.pipeline.pages.document_view import DocumentView
from zongji.pipeline.pages.positions import near
from zongji.pipeline.reading.reader import extract_text
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.review.fields import FieldError
from zongji.pipeline.review.passages import source_span

_MOST = 100  # characters of the words
_SENTENCE_ENDS = "。！？!?；;\n"


def missed(view: DocumentView, words: str, around: int, settings: Settings = DEFAULTS) -> Figure:
    """The figure that a person sees in the words nearest to `around`.

    Raises:
        FieldError: if they are not in the text, or belong to a figure.
    """
    text, words = view.document.text, words.strip()
    if len(words) > _MOST:
        message = f"超过 {_MOST} 字 longer than {_MOST} characters"
        raise FieldError(message)
    near_by = near(text, words, around) if words else -1
    start = text.find(words) if near_by is None else near_by
    if start < 0:
        message = "文中没有这些字 the text does not hold these words"
        raise FieldError(message)
    end = start + len(words)
    for offset, figure in zip(view.figures, view.document.figures, strict=True):
        if offset is not None and offset < end and start < offset + len(figure.text):
            message = f"与已有的数字重叠 a figure stands there: {figure.text}"
            raise FieldError(message)
    return read_missed(view, start, end, settings)


def read_missed(view: DocumentView, start: int, end: int, settings: Settings = DEFAULTS) -> Figure:
    """What our own extraction makes of the words; where it makes nothing of them, a figure for a person to fill."""
    text = view.document.text
    quote_start = max(text.rfind(sign, 0, start) for sign in _SENTENCE_ENDS) + 1
    ends = [text.find(sign, end) for sign in _SENTENCE_ENDS]
    quote_end = min((found for found in ends if found >= 0), default=len(text)) + 1
    quote = text[quote_start:quote_end].strip()
    words = text[start:end]
    read = extract_text(words, engine=settings.chosen_engine())
    guessed = next((figure for document in read for figure in document.figures), None)
    source_start, source_end = source_span(view, start, end, settings.limits)
    section = None
    for begin, candidate in zip(view.sections, view.document.sections, strict=True):
        section = candidate.id if begin is not None and begin <= start else section
    return Figure(
        id="",
        category=guessed.category if guessed else Category.OTHER,
        value=guessed.value if guessed else None,
        value_max=guessed.value_max if guessed else None,
        bound=guessed.bound if guessed else Bound.EXACT,
        unit=guessed.unit if guessed else "",
        item=guessed.item if guessed else "",
        modality=guessed.modality if guessed else Modality.ACHIEVED,
        total=False,
        per=None,
        text=words,
        start=source_start,
        end=source_end,
        section=section,
        quote=quote,
    )
