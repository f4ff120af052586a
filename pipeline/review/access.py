"""Access control: only who has the address, only from our own pages, only under our own host names, only in time.

A token in the address becomes a cookie that other sites cannot send (SameSite=Strict). The Host header must be one of
ours, against DNS rebinding. Changes must come from our own pages: by their Origin, and with a token in the form.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from zongji.pipeline.pages.templates import environment

COOKIE = "zongji"
BODY_SECONDS = 10.0
"""How long a form may take to arrive."""
_MOST_BYTES = 65_536  # of a form
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer, browsers send our own forms with the origin "null"
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",  # pages have their own
}


class _UnreadError(Exception):
    """A form that did not arrive."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(slots=True)
class Guard:
    """Middleware in front of the pages."""

    app: ASGIApp
    names: frozenset[str]
    """Allowed Host headers, with ports; empty allows any, for a server open to other machines."""
    cookie: str = COOKIE
    """The name of our cookie: browsers send it to every port of a host, so each server needs its own."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, body = Headers(scope=scope), b""
        answer = self._misdirected(scope, headers)
        if answer is None and scope["method"] == "POST":
            try:
                body = await asyncio.wait_for(_body(receive), BODY_SECONDS)
                receive = _again(body)
            except TimeoutError:
                answer = _refusal(408, "表单传得太慢。 The form took too long to arrive; send it again.")
            except _UnreadError as error:
                answer = _refusal(error.status, error.reason)
        answer = answer or self._uninvited(scope, headers, body)
        await (answer or self.app)(scope, receive, _with_headers(send))

    def _misdirected(self, scope: Scope, headers: Headers) -> Response | None:
        """The response to a request that no browser sends to us by itself."""
        if self.names and headers.get("host", "") not in self.names:
            return _refusal(403, "this server is not called so")
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return _refusal(405, "no such method")
        if scope["method"] == "POST" and not _is_own(headers):
            return _refusal(403, "sent by another site")
        return None

    def _uninvited(self, scope: Scope, headers: Headers, body: bytes) -> Response | None:
        """The response to a request without our token, or to one that brings it; None if it may pass."""
        given = QueryParams(scope["query_string"]).get("token")
        if given is not None and scope["method"] == "GET" and self._is_right(given):
            return self._welcome()
        form = parse_qsl(body.decode("utf-8", "replace"))
        held = _cookie(headers, self.cookie)
        if not self._is_right(held):
            return _refusal(403, _EARLIER if held else _NOT_OPENED, form)
        if scope["method"] == "POST" and not self._is_right(dict(form).get("token", "")):
            return _refusal(403, _FOREIGN_FORM, form)
        return None

    def _welcome(self) -> Response:
        """Move the token from the address into a cookie."""
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
        return answer

    def _is_right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "backslashreplace"), self.token.encode())


_NOT_OPENED = "请打开 zongji review 显示的地址。 Open the address that zongji review printed, with its token."
_EARLIER = (
    "这是以前的服务器的页面，请打开正在运行的 zongji review 显示的地址。 "
    "This page belongs to a server that ran here before; open the address that the running zongji review printed."
)
_FOREIGN_FORM = (
    "这个表单不是这个服务器的，请重新打开页面。 "
    "The form was not sent by a page of this server, or of one that ran here before; open the page anew."
)


def _refusal(status: int, reason: str, form: Sequence[tuple[str, str]] = ()) -> Response:
    """A page that says why, and gives back what was typed; the connection ends, for its rest may still be coming."""
    sent = [(name, value) for name, value in form if name not in {"token", "once", "version"} and value]
    page = environment("zongji.pipeline.review").get_template("refused.html.jinja")
    return HTMLResponse(page.render(status=status, reason=reason, sent=sent), status, {"connection": "close"})


def _is_own(headers: Headers) -> bool:
    """True unless the browser says that another site sent it."""
    try:
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
    except ValueError:
        return False
    return not foreign and headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def _cookie(headers: Headers, own: str) -> str:
    pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return next((value for name, _, value in pairs if name == own), "")


async def _body(receive: Receive) -> bytes:
    """The body of a request.

    Raises:
        _UnreadError: if it is too long, or ends in the middle: half a form must not be taken for a whole one.
    """
    parts: list[bytes] = []
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _UnreadError(400, "the form ended in the middle")
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        more = message.get("more_body", False)
        if length > _MOST_BYTES:
            raise _UnreadError(413, f"表单太长。 The form is longer than {_MOST_BYTES:,} bytes.")
    return b"".join(parts)


def _again(body: bytes) -> Receive:
    """An ASGI receive function for a body that was read already."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _with_headers(send: Send) -> Send:
    async def send_all(message: Message) -> None:
        if message["type"] == "http.response.start":
            known = {name for name, _ in message["headers"]}
            extra = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
            message["headers"] = [*message["headers"], *(pair for pair in extra if pair[0] not in known)]
        await send(message)

    return send_all
