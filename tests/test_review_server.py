"""The review over real sockets: slow requests end, full houses have room, and servers on one host stay apart."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest
from imports import TEXT, bring_in, write
from zongji.pipeline.database.connection import connect
from zongji.pipeline.review import access, connections
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.server import Listening, listen

SECONDS = 1.0


@pytest.fixture
def stored(sqlite: str, tmp_path: Path) -> str:
    bring_in(sqlite, *write(tmp_path, a=TEXT))
    return sqlite


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", SECONDS)
    monkeypatch.setattr(access, "BODY_SECONDS", SECONDS)


def serving(database: str, port: int = 0) -> Iterator[Listening]:
    listening = listen(Desk(connect(database), "x"), "127.0.0.1", port)
    thread = threading.Thread(target=listening.serve, daemon=True)
    thread.start()
    while not listening.server.started:
        sleep(0.01)
    yield listening
    listening.server.should_exit = True
    thread.join(10)


@pytest.fixture
def server(stored: str, hurried: None) -> Iterator[Listening]:  # noqa: ARG001  # a shorter time first
    yield from serving(stored)


def port_of(listening: Listening) -> int:
    return urlsplit(listening.address).port or 0


def cookie_of(listening: Listening) -> str:
    """The cookie that a browser gets for the address."""
    with closing(HTTPConnection("127.0.0.1", port_of(listening), timeout=10)) as client:
        client.request("GET", listening.address.partition(f":{port_of(listening)}")[2])
        answer = client.getresponse()
        answer.read()
        return str(answer.getheader("set-cookie")).partition(";")[0]


def status(listening: Listening, path: str, cookie: str, seconds: float = 60) -> int:
    with closing(HTTPConnection("127.0.0.1", port_of(listening), timeout=seconds)) as client:
        client.request("GET", path, headers={"cookie": cookie})
        return client.getresponse().status


def opened(listening: Listening) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port_of(listening)), timeout=10)


def dribble(connection: socket.socket, begin: bytes) -> tuple[bytes, float]:
    """Send a byte now and then until the server has enough; its answer, and how long that took."""
    begun = monotonic()
    answer = b""
    connection.sendall(begin)
    connection.settimeout(0.1)
    while monotonic() - begun < 10 * SECONDS:
        try:
            connection.sendall(b"a")
            got = connection.recv(65_536)
        except TimeoutError:
            continue
        except OSError:
            break
        answer += got
        if not got:
            break
    return answer, monotonic() - begun


@pytest.mark.alone
def test_headers_that_come_byte_by_byte_are_not_waited_for(server: Listening) -> None:
    with opened(server) as connection:
        answer, taken = dribble(connection, b"GET / HTTP/1.1\r\nx: ")
    assert answer.startswith(b"HTTP/1.1 408")
    assert taken < 3 * SECONDS


def test_a_connection_that_says_nothing_ends(server: Listening) -> None:
    with opened(server) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 408")


@pytest.mark.alone
def test_a_second_request_that_comes_byte_by_byte_is_not_waited_for(server: Listening) -> None:
    with opened(server) as connection:
        connection.sendall(
            f"GET /none HTTP/1.1\r\nhost: 127.0.0.1:{port_of(server)}\r\ncookie: {cookie_of(server)}\r\n\r\n".encode()
        )
        assert connection.recv(65_536).startswith(b"HTTP/1.1 404")
        answer, taken = dribble(connection, b"GET / HTTP/1.1\r\nx: ")
    assert b"408" in answer
    assert taken < 3 * SECONDS


@pytest.mark.alone
def test_a_form_that_comes_byte_by_byte_is_not_waited_for(server: Listening) -> None:
    head = f"POST /undo HTTP/1.1\r\nhost: 127.0.0.1:{port_of(server)}\r\ncontent-length: 60000\r\n\r\n"
    with opened(server) as connection:
        answer, taken = dribble(connection, head.encode())
    assert answer.startswith(b"HTTP/1.1 408")
    assert taken < 3 * SECONDS


def test_headers_without_end_are_refused(server: Listening) -> None:
    with opened(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nx: " + b"a" * 100_000)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 400")


SLOW = {
    "nothing": "",
    "half a head": "GET / HTTP/1.1\r\nx: ",
    "half a form": "POST /undo HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-length: 60000\r\n\r\nx",
    "no reading": "GET /queue HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncookie: {cookie}\r\n\r\n" * 50,
}


@pytest.mark.parametrize("name", SLOW)
def test_connections_that_are_slow_give_way(stored: str, name: str) -> None:
    for server in serving(stored):  # with all the time that there is
        cookie = cookie_of(server)
        held = [opened(server) for _ in range(2 * connections.MOST_CONNECTIONS)]
        for connection in held:
            with suppress(OSError):  # it gave way already
                connection.sendall(SLOW[name].format(port=port_of(server), cookie=cookie).encode())
        assert status(server, "/queue", cookie) == 200
        assert len(server.server.server_state.connections) <= 2 * connections.MOST_CONNECTIONS + 1
        for connection in held:
            connection.close()


@pytest.mark.alone
def test_a_correction_that_waits_for_the_database_hinders_nobody(server: Listening, stored: str) -> None:
    cookie = cookie_of(server)
    token = cookie.partition("=")[2]
    form = f"token={token}&number=0"
    with closing(sqlite3.connect(stored.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("begin immediate")
        waiting = [HTTPConnection("127.0.0.1", port_of(server), timeout=30) for _ in range(5)]
        for number, client in enumerate(waiting):
            client.request("POST", "/undo", f"{form}&once={number}", {"cookie": cookie})
        begun = monotonic()
        assert status(server, "/queue", cookie) == 200
        assert monotonic() - begun < 1
        other.execute("rollback")
        assert {client.getresponse().status for client in waiting} == {200}


def test_servers_on_one_host_have_cookies_of_their_own(server: Listening, stored: str) -> None:
    for other in serving(stored):
        both = f"{cookie_of(server)}; {cookie_of(other)}"
        assert [status(one, "/queue", both) for one in (server, other)] == [200, 200]


def test_the_cookie_of_a_server_is_not_that_of_the_next_on_its_port(stored: str) -> None:
    for first in serving(stored):
        cookie, port = cookie_of(first), port_of(first)
    for second in serving(stored, port):
        assert status(second, "/queue", cookie) == 403
        assert status(second, "/queue", cookie_of(second)) == 200
