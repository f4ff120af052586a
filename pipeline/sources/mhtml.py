"""Single-file web pages (RFC 2557): Word saves them as `.doc`, browsers as `.mht`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.decode import decode
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.locations import Lines
from zongji.pipeline.sources.reading import Reading, SourceError
from zongji.pipeline.sources.web_page import read_html

if TYPE_CHECKING:
    from email.message import Message


def read_mhtml(data: bytes, task: Task) -> Reading:
    """The text of the first page in the file. Offsets and lines count in that page as decoded.

    Raises:
        SourceError: if there is no page in it, or it is empty.
    """
    from email import message_from_bytes  # noqa: PLC0415  # a fortieth of a second, for this format only

    message = message_from_bytes(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    content = None if page is None else page.get_payload(decode=True)
    if page is None or not isinstance(content, bytes):
        message_text = "it is a single-file web page without a page in it; it may be incomplete"
        raise SourceError(FailureCode.DAMAGED, message_text)
    task.check_size(len(content))
    decoded = decode(content, encoding=_charset(page))
    found = read_html(decoded.text)
    notices, places = (*decoded.notices, *found.notices), Lines(decoded.text)
    return Reading(
        found.aligned,
        "mhtml",
        decoded.encoding,
        found.boilerplate,
        notices,
        places,
        web_page=found.web_page,
        headings=found.headings,
    )


def _charset(page: Message) -> str | None:
    """The declared encoding, unless the bytes say otherwise."""
    return "utf-16" if (page.get_content_charset() or "") in {"unicode", "utf-16"} else None
