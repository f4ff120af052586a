"""Web pages in one file (RFC 2557), which Word writes and calls `.doc`, and browsers call `.mht`: the page in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.decode import decode
from zongji.pipeline.sources.html import read_html
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.locations import Lines
from zongji.pipeline.sources.reading import Reading, SourceError

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
        message_text = "it is a web page in one file without a page in it; it may be cut off"
        raise SourceError(FailureCode.DAMAGED, message_text)
    task.check_size(len(content))
    decoded = decode(content, encoding=_charset(page))
    aligned, boilerplate = read_html(decoded.text)
    return Reading(aligned, "mhtml", decoded.encoding, boilerplate, decoded.notices, Lines(decoded.text))


def _charset(page: Message) -> str | None:
    """What the part declares, unless its bytes tell better."""
    return "utf-16" if (page.get_content_charset() or "") in {"unicode", "utf-16"} else None
