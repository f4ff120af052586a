"""A relay before a database server: it can refuse, cut off what is under way, or take connections and never answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from sqlalchemy.engine import make_url

PORTS = {"postgresql": 5432, "mysql": 3306}


class Relay:
    """Between clients and the server of an address."""

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self.there = (url.host or "127.0.0.1", url.port or PORTS[url.get_backend_name()])
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        self.silent = False
        """Hand on nothing, neither on new connections nor on open ones."""
        self.port = 0
        self.accept()
        shown = url.set(host="127.0.0.1", port=self.port)
        self.address = shown.render_as_string(hide_password=False)

    def accept(self) -> None:
        """Be there, again on the same port."""
        self.listening = socket.create_server(("127.0.0.1", self.port), backlog=50)
        self.port = self.listening.getsockname()[1]
        Thread(target=self._serve, args=(self.listening,), daemon=True).start()

    def refuse(self) -> None:
        """Cut off everything, and let nobody in."""
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for pair in self.pairs:
            for side in pair:
                with suppress(OSError):
                    side.shutdown(socket.SHUT_RDWR)

    def _serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                server = socket.create_connection(self.there)
                self.pairs.append((client, server))
                for pair in ((client, server), (server, client)):
                    Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if not self.silent:
                    target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)


@contextmanager
def relayed(address: str) -> Iterator[Relay]:
    """A relay before the server of an address."""
    relay = Relay(address)
    try:
        yield relay
    finally:
        relay.refuse()
