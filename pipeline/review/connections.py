"""Connections that cannot be held: headers arrive in time, and where there are too many, the slow give way."""

from __future__ import annotations

import asyncio
from typing import Any

from zongji.corpus.extras import required

HEAD_SECONDS = 10.0
"""How long the headers of a request may take to arrive."""
MOST_CONNECTIONS = 100
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


def timed_protocol() -> type[asyncio.Protocol]:
    """Uvicorn's HTTP protocol with a time limit for headers and a limit of connections; it has neither.

    Raises:
        MissingExtraError: if uvicorn is not installed.
    """
    required("uvicorn", "review")
    from uvicorn.protocols.http.h11_impl import H11Protocol  # noqa: PLC0415  # the extra may be missing

    class TimedProtocol(H11Protocol):
        """One connection."""

        deadline: asyncio.TimerHandle | None = None
        waiting_since = 0.0

        def connection_made(self, transport: Any) -> None:  # noqa: ANN401  # as it is called
            super().connection_made(transport)
            self.wait()
            if len(self.connections) > MOST_CONNECTIONS:
                others = [one for one in self.connections if isinstance(one, TimedProtocol) and one is not self]
                slow = [one for one in others if one.is_slow()]
                if slow:
                    min(slow, key=lambda one: one.waiting_since).give_up()
                elif len(others) > 2 * MOST_CONNECTIONS:  # all of them are being answered
                    self.give_up()

        def wait(self) -> None:
            """Wait for the headers of a request."""
            self.settle()
            self.waiting_since = self.loop.time()
            self.deadline = self.loop.call_later(HEAD_SECONDS, self.give_up)

        def settle(self) -> None:
            """Stop the clock."""
            if self.deadline is not None:
                self.deadline.cancel()
                self.deadline = None

        def is_slow(self) -> bool:
            """True if the other side is the one to do something: to send a request, or to take the answer."""
            if self.transport.is_closing():
                return False
            return self.deadline is not None or self.cycle.more_body or self.flow.write_paused

        def give_up(self) -> None:
            """End the connection."""
            self.settle()
            if self.flow.write_paused:  # nobody takes what was written before
                self.transport.abort()
            elif not self.transport.is_closing():
                self.transport.write(_TOO_SLOW)
                self.transport.close()

        def data_received(self, data: bytes) -> None:
            before = self.cycle
            super().data_received(data)
            if self.cycle is not before:
                self.settle()

        def on_response_complete(self) -> None:
            self.wait()
            before = self.cycle
            super().on_response_complete()
            if self.cycle is not before:  # the next request had come already
                self.settle()

        def connection_lost(self, exc: Exception | None) -> None:
            self.settle()
            super().connection_lost(exc)

    return TimedProtocol
