"""Addresses of databases: what they mean, and how they are shown without the secrets in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from zongji.corpus.extras import required
from zongji.pipeline.database.errors import AddressError, DatabaseError

DRIVERS = {
    "sqlite": ("sqlite", "sqlite3", ""),
    "postgresql": ("postgresql+psycopg", "psycopg", "postgresql"),
    "postgres": ("postgresql+psycopg", "psycopg", "postgresql"),
    "mysql": ("mysql+pymysql", "pymysql", "mysql"),
    "mariadb": ("mariadb+pymysql", "pymysql", "mysql"),
}
"""By the first word of an address: SQLAlchemy's name with the driver, the driver's module, the extra that brings it."""
PASSWORD = "ZONGJI_DB_PASSWORD"  # noqa: S105  # the name of a variable
PASSWORD_FILE = "ZONGJI_DB_PASSWORD_FILE"  # noqa: S105
_LONGEST_PASSWORD = 4096  # characters
_HIDDEN = "***"
_PASSWORDS = frozenset({"password", "passwd"})  # parameters
_SHOWN = frozenset(
    "application_name cache charset collation connect_timeout host immutable isolation_level mode nolock port "
    "read_timeout sslmode timeout unix_socket uri user vfs write_timeout".split()
)
"""The parameters whose values are no secrets."""
_IN_TEXT = re.compile(rf"\b(?:{'|'.join(DRIVERS)})(?:\+\w+)?:/{{1,2}}(?:\S*@|[^\s=]*\?\S*=)\S*")
_USER = re.compile(r"\b([A-Za-z][\w+.-]*:/{1,2}[^\s:/@]*):[^\s@]*@")  # of any kind; a path has one slash
_PARAMETER = re.compile(rf"([?&;](?:{'|'.join(sorted(_PASSWORDS))})=)[^\s&;]*", re.IGNORECASE)
_PLAIN = re.compile(r"[\w.,:/-]*")  # a value that holds no second parameter


def url_of(address: str) -> URL:
    """The address with our driver for this kind of database, and with the password of the environment if it has none.

    Raises:
        AddressError: if the address is invalid.
        DatabaseError: if the password file cannot be read.
        MissingExtraError: if the library for this kind of database is not installed.
    """
    url = _parsed(address)
    if url is None:
        message = (
            f"{shown(address)}: not a database address; use one such as sqlite:///zongji.db or "
            "postgresql://user@host/name, with %40 for @, %3A for : and %2F for / in a password"
        )
        raise AddressError(message)
    kind, _, driver = url.drivername.partition("+")
    if kind not in DRIVERS:
        message = f"{shown(address)}: unknown kind of database; supported are {', '.join(DRIVERS)}"
        raise AddressError(message)
    if kind == "sqlite" and (url.host or url.username):
        message = f"{shown(address)}: the address of a file has three slashes: sqlite:///zongji.db"
        raise AddressError(message)
    if not driver:
        name, module, extra = DRIVERS[kind]
        required(module, extra)
        return _with_password(url.set(drivername=name))
    try:
        url.get_dialect().import_dbapi()
    except (NoSuchModuleError, ImportError) as error:
        message = f"{shown(address)}: the driver {driver} is not installed or unknown; leave it out: {kind}://…"
        raise AddressError(message) from error
    return _with_password(url)


def is_address(text: str) -> bool:
    """True for what begins like the address of a database, or has a password as one of any kind."""
    kind, found, _ = text.partition("://")
    return bool(found) and (kind.partition("+")[0] in DRIVERS or _USER.match(text) is not None)


def shown(address: str) -> str:
    """The address without what may be secret in it."""
    url = _parsed(address)
    if url is None:
        return _cut(address)
    query = "&".join(f"{name}={_shown_value(name, value)}" for name, value in _parameters(url))
    return url.set(query={}).render_as_string(hide_password=True) + f"?{query}" * bool(query)


def masked(text: str) -> str:
    """A text in which nothing that looks like the address of a database shows what may be secret."""
    text = _IN_TEXT.sub(lambda found: _cut(found[0]), text)
    return _PARAMETER.sub(rf"\1{_HIDDEN}", _USER.sub(rf"\1:{_HIDDEN}@", text))


def scrubbed(text: str, url: URL) -> str:
    """What a driver says, without the secrets of the address, which it may quote."""
    secrets = [value for name, value in _parameters(url) if value and _shown_value(name, value) == _HIDDEN]
    secrets += [str(url.password)] if url.password else []
    forms = {form for secret in secrets for form in (secret, quote(secret, safe=""), quote_plus(secret))}
    if not forms:
        return text
    longest_first = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.sub(rf"(?<!\w)(?:{longest_first})(?!\w)", _HIDDEN, text)


def files_of(address: str) -> tuple[str, ...]:
    """The file of an SQLite database and those that SQLite keeps next to it; none for a server."""
    url = _parsed(address)
    path = None if url is None else file_of(url)
    names = () if path is None else dict.fromkeys((path, os.path.realpath(path)))  # SQLite follows links
    return tuple(name + suffix for name in names for suffix in ("", "-wal", "-shm", "-journal"))


def file_of(url: URL) -> str | None:
    """The file of an SQLite database; None for a server, or a database in memory."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    name = str(url.database)
    if not name.startswith("file:"):
        return name
    path = unquote(name.removeprefix("file:").partition("?")[0])
    if url.query.get("mode") == "memory" or path in {"", ":memory:"}:
        return None
    return path.removeprefix("//localhost").removeprefix("//")


def _parsed(address: str) -> URL | None:
    """The parts of the address; None if there are none, or if a piece of a password may have got into others."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # a port that is no number
        return None
    strange = url.drivername.partition("+")[0] != "sqlite" and re.search("[@=]", f"{url.host}{url.database}")
    return None if strange else url


def _parameters(url: URL) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in url.normalized_query.items() for value in values)


def _shown_value(name: str, value: str) -> str:
    return value if name in _SHOWN and _PLAIN.fullmatch(value) else _HIDDEN


def _cut(address: str) -> str:
    """What is safe to show of an address that is none: nothing between the first colon and the last @, no values."""
    kind, found, rest = address.partition("://")
    if not found:
        kind, rest = "", address
    before, at, place = rest.rpartition("@")
    user, colon, _ = before.partition(":") if at else rest.partition(":")
    hidden = f":{_HIDDEN}" * bool(colon)
    return "".join((kind, found, _without_values(user), hidden, at, _without_values(place) if at else ""))


def _without_values(text: str) -> str:
    name, sign, _ = text.partition("=")
    return f"{name}={_HIDDEN}" if sign else text


def _with_password(url: URL) -> URL:
    """The address of a server with the password that the environment gives, unless it has one."""
    if url.get_backend_name() == "sqlite" or url.password is not None or _PASSWORDS & url.query.keys():
        return url
    password = os.environ.get(PASSWORD) or _password_of_file(os.environ.get(PASSWORD_FILE))
    return url.set(password=password) if password else url


def _password_of_file(path: str | None) -> str | None:
    """The first line of a password file."""
    if not path:
        return None
    try:
        with Path(path).open(encoding="utf-8") as stream:
            lines = stream.readline(_LONGEST_PASSWORD).splitlines()  # of a device, which never ends, no more
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        message = f"{path}: the password file of {PASSWORD_FILE} cannot be read: {reason}"
        raise DatabaseError(message) from None
    if not lines or not lines[0]:
        message = f"{path}: the password file of {PASSWORD_FILE} has nothing in its first line"
        raise DatabaseError(message)
    return lines[0]
