"""Letters (RFC 5322): the text with its subject as a heading, and each attachment as a file of its own."""

from __future__ import annotations

import html
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from functools import partial

from zongji.pipeline.sources.decode import decode
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.packages import broken
from zongji.pipeline.sources.packed import Packed
from zongji.pipeline.sources.reading import SourceError

_BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, KeyError, IndexError)
_TEXTS = ("plain", "html")  # what a letter's text is taken from, the better first


def open_mail(data: bytes, task: Task) -> Iterator[Packed]:
    """The text of a letter as `正文.txt` or `正文.html`, in UTF-8, and its attachments under their names.

    Raises:
        SourceError: if it is broken.
    """
    try:
        message: EmailMessage = message_from_bytes(data, policy=policy.default)
        body = message.get_body(_TEXTS)
        attachments = [part for part in message.walk() if _is_attachment(part, body)]
        subject = str(message["subject"] or "").strip()
    except _BROKEN as error:
        raise broken(error) from error
    if body is not None:
        kind = "html" if body.get_content_subtype() == "html" else "txt"
        yield Packed(f"正文.{kind}", partial(_text, body, subject))
    for number, part in enumerate(attachments, start=1):
        yield Packed(_name(part, number), partial(_content, part, task))


def _is_attachment(part: MIMEPart, body: MIMEPart | None) -> bool:
    """Whether a part is a file that the letter brings along: none of its texts, no picture in them."""
    if part is body or part.is_multipart():
        return part.get_content_type() == "message/rfc822"
    return part.is_attachment() or part.get_filename() is not None


def _name(part: MIMEPart, number: int) -> str:
    try:
        name = part.get_filename()
    except _BROKEN:
        name = None
    extension = ".eml" if part.get_content_type() == "message/rfc822" else ""
    return (name or f"附件{number}{extension}").replace("\\", "/")


def _text(part: MIMEPart, subject: str) -> bytes:
    """A text with the letter's subject in front of it."""
    raw = _decoded(part)
    charset = part.get_content_charset()
    try:
        text = decode(raw, encoding=charset).text
    except (SourceError, ValueError):
        text = decode(raw).text  # what the letter says of its encoding is wrong, or nothing
    if not subject:
        return text.encode("utf-8", "replace")
    heading = f"<h1>{html.escape(subject)}</h1>\n" if part.get_content_subtype() == "html" else f"{subject}\n\n"
    return (heading + text).encode("utf-8", "replace")


def _content(part: MIMEPart, task: Task) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return b"".join(bytes(inner) for inner in part.iter_parts())
    data = _decoded(part)
    task.check_size(len(data))
    return data


def _decoded(part: MIMEPart) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _BROKEN as error:
        raise broken(error) from error
    return payload if isinstance(payload, bytes) else b""
