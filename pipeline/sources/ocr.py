"""OCR with rapidocr: images of pages to runs of lines, with notices of doubtful and missed lines."""

from __future__ import annotations

import importlib.util
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from zongji.corpus.labels import NoticeCode
from zongji.corpus.records import Notice
from zongji.corpus.wording import counted
from zongji.pipeline.sources.causes import causes, lacks_memory
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.page import TextRun
from zongji.pipeline.sources.reading import SourceError

EXTRA = "ocr"
DOTS = 200  # dpi at which pages are rendered: 12-point characters are 33 pixels high, as the model expects
_LOW_SCORE = 0.8  # of 1; lines of good print score 0.95 and more
_INK = 128  # of 255; darker is ink
_INKED = 0.002  # share of a row's pixels that are ink in a row of text
_LOWEST_BAND = 0.006  # of the picture's height; a lower band is a rule or dirt
_COVERED = 0.5  # share of a band's rows in which lines must have been found
_LONGEST_RULE = 0.5  # share of a row's pixels; where so many are ink, a line is drawn
_LISTED = 5  # places in one notice
_BLANK = re.compile(r"(?<=[0-9㐀-鿿]) (?=[㐀-鿿])|(?<=[㐀-鿿]) (?=[0-9])")  # between characters, that nobody typed
_DASH = re.compile(r"(?<=\d)一(?=\d)")  # 10—15 looks like 10一15, which nobody writes
_FEWEST_TELLING = 4  # characters of a line that tells which way a page is turned
_ASKED = 9  # such lines
_MARGIN = 6  # pixels around a band that is looked at once more


@dataclass(frozen=True, slots=True)
class Recognized:
    """The runs found on a page, and notices about them."""

    runs: tuple[TextRun, ...]
    notices: tuple[Notice, ...]
    is_turned: bool = False
    """True for a page that lay on its side: its boxes count on the page set upright."""


def missing() -> str | None:
    """What to install for OCR; None if nothing is missing."""
    if all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime")):
        return None
    return f'it needs OCR: pip install "zongji[{EXTRA}]"'


def recognize(picture: Any, page: int, *, scale: float = 1.0) -> Recognized:  # noqa: ANN401  # a numpy array
    """The lines on an image (rows, columns, colours); boxes are multiplied by `scale`.

    A page that lies on its side or stands on its head is set upright first. Rows with ink in which no line was found
    are looked at once more by themselves, and told of if nothing comes of it.
    """
    runs = list(_runs(picture, page))
    turns = _turns(picture, runs)
    if turns:
        picture = _turned(picture, turns)
        runs = list(_runs(picture, page))
    missed = []
    for top, bottom in _missed(picture, runs):
        start = max(0, top - _MARGIN)
        again = list(_runs(picture[start : bottom + _MARGIN], page, down=start))
        runs += again
        if not again:
            missed.append((top, bottom))
    notices = (*_doubtful(runs, page), *_lost(missed, page, len(picture)))
    return Recognized(tuple(_scaled(run, scale) for run, _ in runs), notices, turns % 2 == 1)


Scored = tuple[TextRun, float]


def _turns(picture: Any, runs: Sequence[Scored]) -> int:  # noqa: ANN401
    """The quarter turns to the left that set a page upright."""
    lines = [run for run, _ in runs if len(run.text) >= _FEWEST_TELLING][:_ASKED]
    if not lines:
        return 0
    boxes = [tuple(map(int, run.box)) for run in lines]
    turns = 0
    if sum(bottom - top > right - left for left, top, right, bottom in boxes) > len(boxes) / 2:
        turns, width = 1, picture.shape[1]
        picture = _turned(picture, turns)
        boxes = [(top, width - right, bottom, width - left) for left, top, right, bottom in boxes]
    pieces = [picture[max(0, top) : bottom + 1, max(0, left) : right + 1].copy() for left, top, right, bottom in boxes]
    told = _answer(lambda models: models.text_cls(pieces))
    on_head = [label == "180" for label, _ in told.cls_res]
    return turns + 2 if sum(on_head) > len(pieces) / 2 else turns


def _turned(picture: Any, turns: int) -> Any:  # noqa: ANN401
    numpy = library("numpy", extra=EXTRA, what="pictures")
    return numpy.ascontiguousarray(numpy.rot90(picture, turns))


def _runs(picture: Any, page: int, *, down: int = 0) -> Iterator[Scored]:  # noqa: ANN401
    """The lines that the models find, with their scores; `down` is how far the picture is below its page's top."""
    found = _answer(lambda models: models(picture))
    if found.boxes is None or found.txts is None:
        return
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if text.strip():
            xs, ys = [float(x) for x, _ in corners], [float(y) + down for _, y in corners]
            read = _BLANK.sub("", _DASH.sub("—", text.strip()))
            yield TextRun(read, page, min(xs), min(ys), max(xs), max(ys)), float(score)


def _answer(ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """What the models answer.

    Raises:
        SourceError: if the time is over.
        MemoryError: if there is too little.
    """
    try:
        return ask(_engine())
    except Exception as error:  # rapidocr wraps whatever stops it, with a traceback in the message
        for cause in causes(error):
            if isinstance(cause, SourceError | MemoryError):
                raise cause from None
            if lacks_memory(cause):
                raise MemoryError from error
        raise


@cache
def _engine() -> Any:  # noqa: ANN401
    """The models, loaded once in two seconds. They ship with the package."""
    rapidocr = library("rapidocr", extra=EXTRA, what="pictures of text")
    engine = rapidocr.RapidOCR(params={"Global.log_level": "error"})
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return engine


def _scaled(run: TextRun, scale: float) -> TextRun:
    left, top, right, bottom = (side * scale for side in run.box)
    return TextRun(run.text, run.page, left, top, right, bottom)


def _missed(picture: Any, runs: Sequence[Scored]) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    """Bands of rows that hold ink and no line."""
    covered = [False] * len(picture)
    for run, _ in runs:
        top, bottom = max(0, int(run.top)), min(len(picture), int(run.bottom) + 1)
        covered[top:bottom] = [True] * (bottom - top)
    for top, bottom in _bands(picture):
        if sum(covered[top:bottom]) < _COVERED * (bottom - top):
            yield top, bottom


def _bands(picture: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    """Runs of rows with ink, as high as text; rows in which a rule is drawn part them."""
    grey = picture if picture.ndim == 2 else picture[..., :3].min(axis=2)
    shares = (grey < _INK).mean(axis=1)
    inked = (shares > _INKED) & (shares < _LONGEST_RULE)
    start = None
    for row, is_inked in enumerate([*inked.tolist(), False]):
        if is_inked and start is None:
            start = row
        elif not is_inked and start is not None:
            if row - start > _LOWEST_BAND * len(picture):
                yield start, row
            start = None


def _doubtful(runs: Sequence[Scored], page: int) -> Iterator[Notice]:
    low = [(run.text, score) for run, score in runs if score < _LOW_SCORE]
    if low:
        shown = "; ".join(f"{text[:20]} ({score:.2f})" for text, score in low[:_LISTED])
        message = f"page {page}: {counted(len(low), 'doubtful line')}, such as {shown}"
        yield Notice(NoticeCode.UNCERTAIN_CHARACTERS, message, 0, 0)


def _lost(bands: Sequence[tuple[int, int]], page: int, height: int) -> Iterator[Notice]:
    if bands:
        shown = ", ".join(f"{100 * top // height}%" for top, _ in bands[:_LISTED])
        message = f"page {page}: no line recognized in {counted(len(bands), 'place')} with ink ({shown} from the top)"
        yield Notice(NoticeCode.MISSED_LINES, message, 0, 0)
