"""The server of the review: local only, unless remote access is allowed explicitly."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Any

from zongji.corpus.extras import required
from zongji.pipeline.review.access import COOKIE, Guard
from zongji.pipeline.review.connections import timed_protocol
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.pages import Pages
from zongji.pipeline.review.patience import impatient

_MOST_HEAD = 32_768  # bytes of a request's headers: browsers send us the cookies of all servers of this host


class RemoteRefusedError(Exception):
    """A non-local address without permission for remote access."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A server that is bound to its port and not yet serving."""

    address: str
    """The address to open, with the token."""
    server: Any
    socket: socket.socket

    def serve(self) -> None:
        """Serve until Ctrl-C."""
        self.server.run(sockets=[self.socket])


def application(desk: Desk, names: frozenset[str], cookie: str = COOKIE) -> Guard:
    """The pages behind access control."""
    guard = Guard(app=None, names=names, cookie=cookie)  # type: ignore[arg-type]  # the pages need its token first
    guard.app = Pages(desk, lambda: guard.token).app()
    return guard


def listen(desk: Desk, host: str, port: int, *, allow_remote: bool = False) -> Listening:
    """Bind the port.

    Raises:
        RemoteRefusedError: if the host is not this machine's own and `allow_remote` was not given.
        MissingExtraError: if uvicorn is not installed.
        OSError: if the port is taken.
    """
    if not allow_remote and not is_loopback(host):
        message = f"{host}: other machines could read and change everything; pass --allow-remote if you want that"
        raise RemoteRefusedError(message)
    uvicorn = required("uvicorn", "review")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind((host, port))
    own = taken.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    names = frozenset({f"{shown}:{own}", f"localhost:{own}"}) if is_loopback(host) else frozenset[str]()
    impatient(desk.engine)
    guard = application(desk, names, f"{COOKIE}-{own}")
    config = uvicorn.Config(
        guard,
        http=timed_protocol(),
        ws="none",
        h11_max_incomplete_event_size=_MOST_HEAD,
        log_level="warning",
        server_header=False,
        lifespan="off",
    )
    return Listening(f"http://{shown}:{own}/?token={guard.token}", uvicorn.Server(config), taken)


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
