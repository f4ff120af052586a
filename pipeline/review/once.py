"""One form is one correction: a second click, or a request sent again, gets the first one's answer."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

_KEPT = 1000  # answers
_DONE = 303  # what changed nothing may be sent again


@dataclass(slots=True)
class Once:
    """The last forms that were sent. Each is different: it holds the version of its record and a word of its page."""

    _answers: dict[bytes, asyncio.Task[Response]] = field(default_factory=dict)

    async def answer(self, request: Request, act: Callable[[], Awaitable[Response]]) -> Response:
        """The response of `act`, or the one that the same form got before or is about to get."""
        form = hashlib.sha256(request.scope["path"].encode() + b"\n" + await request.body()).digest()
        if form not in self._answers:
            self._answers[form] = asyncio.ensure_future(act())
            for old in [*self._answers][:-_KEPT]:
                del self._answers[old]
        task = self._answers[form]
        try:
            response = await asyncio.shield(task)
        except BaseException:
            self._answers.pop(form, None)
            raise
        if response.status_code != _DONE and self._answers.get(form) is task:
            del self._answers[form]
        return response
