"""Access control: only who has the address, only from our own pages, only under our own host names.

A token in the address becomes a cookie that other sites cannot send (SameSite=Strict). The Host header must be one of
ours, against DNS rebinding. Changes must come from our own pages: by their Origin, and with a token in the form.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, QueryParams
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "zongji"
_MOST_BYTES = 65_536  # of a form
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer, browsers send our own forms with the origin "null"
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(slots=True)
class Guard:
    """Middleware in front of the pages."""

    app: ASGIApp
    names: frozenset[str]
    """Allowed Host headers, with ports; empty allows any, for a server open to other machines."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = self._answer(scope, headers)
        if answer is None and scope["method"] == "POST":
            body = await _body(receive)
            answer = self._form_answer(headers, body)
            receive = _again(body or b"")
        await (answer or self.app)(scope, receive, _with_headers(send))

    def _answer(self, scope: Scope, headers: Headers) -> Response | None:
        """The response to a rejected request, None for an allowed one."""
        if self.names and headers.get("host", "") not in self.names:
            return _refusal("this server is not called so")
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return PlainTextResponse("no such method", 405)
        given = QueryParams(scope["query_string"]).get("token")
        if given is not None and scope["method"] == "GET" and self._is_right(given):
            return self._welcome()
        if not self._is_right(_cookie(headers)):
            return _refusal("open the address that zongji review printed, with its token")
        return None

    def _welcome(self) -> Response:
        """Move the token from the address into a cookie."""
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, self.token, httponly=True, samesite="strict", path="/")
        return answer

    def _form_answer(self, headers: Headers, body: bytes | None) -> Response | None:
        if body is None:
            return PlainTextResponse("too much", 413)
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            return _refusal("sent by another site")
        if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return _refusal("sent by another site")
        if not self._is_right(dict(parse_qsl(body.decode("utf-8", "replace"))).get("token", "")):
            return _refusal("not sent by a page of this server")
        return None

    def _is_right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())


def _refusal(reason: str) -> Response:
    return PlainTextResponse(f"403: {reason}", 403)


def _cookie(headers: Headers) -> str:
    pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return next((value for name, _, value in pairs if name == COOKIE), "")


async def _body(receive: Receive) -> bytes | None:
    """The body of a request, None if it is too long."""
    parts: list[bytes] = []
    length, more = 0, True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        more = message.get("more_body", False)
        if length > _MOST_BYTES:
            return None
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
