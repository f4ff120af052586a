"""Images of pages: every frame is a page, read by OCR."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Location, Notice
from zongji.pipeline.sources import ocr
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.locations import Composer
from zongji.pipeline.sources.page import Page, TextRun
from zongji.pipeline.sources.page_text import write_pages
from zongji.pipeline.sources.pdf_runs import rounded
from zongji.pipeline.sources.reading import Reading, SourceError

_MOST_PIXELS = 100_000_000  # per page; A3 at 600 dpi has 70 million


def read_image(data: bytes, task: Task) -> Reading:
    """The text on an image.

    Raises:
        SourceError: if it is broken or too large, or OCR is not installed.
    """
    missing = ocr.missing()
    if missing is not None:
        message = f"it is an image; {missing}"
        raise SourceError(FailureCode.MISSING_EXTRA, message)
    notices: list[Notice] = []
    pages = []
    for number, picture in enumerate(_frames(data), start=1):
        if number > task.limits.ocr_pages or not task.seconds_left:
            limit = "--limit ocr_pages=… and seconds=… raise this"
            notices.append(Notice(NoticeCode.LIMIT_REACHED, f"read up to page {number - 1}: {limit}", 0, 0))
            break
        found = ocr.recognize(picture, number)
        notices += found.notices
        height, width = picture.shape[1::-1] if found.is_turned else picture.shape[:2]
        pages.append(Page(number, width, height, found.runs))
    composer = Composer()
    write_pages(composer, pages, _place)
    text = Aligned.of(composer.text)
    return Reading(text, "image", "rapidocr", composer.boilerplate, tuple(notices), composer.locations, len(pages))


def _place(run: TextRun) -> Location:
    return Location(page=run.page, box=rounded(run.box))


def _frames(data: bytes) -> Iterator[Any]:
    """The pages of an image as arrays of rows, columns and colours: as its camera held it, on white paper."""
    pillow = library("PIL.Image", extra=ocr.EXTRA, what="pictures")
    sequences = library("PIL.ImageSequence", extra=ocr.EXTRA, what="pictures")
    operations = library("PIL.ImageOps", extra=ocr.EXTRA, what="pictures")
    numpy = library("numpy", extra=ocr.EXTRA, what="pictures")
    try:
        picture = pillow.open(io.BytesIO(data))
        for frame in sequences.Iterator(picture):
            if frame.width * frame.height > _MOST_PIXELS:
                message = f"it has {frame.width} by {frame.height} pixels; the limit is {_MOST_PIXELS:,} in all"
                raise SourceError(FailureCode.TOO_LARGE, message)
            yield numpy.asarray(_on_white(pillow, operations.exif_transpose(frame)))
    except pillow.UnidentifiedImageError as error:
        message = "it is an image that cannot be read. It may be incomplete"
        raise SourceError(FailureCode.DAMAGED, message) from error
    except (OSError, ValueError, SyntaxError, pillow.DecompressionBombError) as error:
        message = f"it is an image that cannot be read ({error}). It may be incomplete"
        raise SourceError(FailureCode.DAMAGED, message) from error


def _on_white(pillow: Any, frame: Any) -> Any:  # noqa: ANN401
    """A frame without transparency, whose ground is black where it is dropped."""
    if not frame.has_transparency_data:
        return frame.convert("RGB")
    layers = frame.convert("RGBA")
    return pillow.alpha_composite(pillow.new("RGBA", layers.size, "white"), layers).convert("RGB")
