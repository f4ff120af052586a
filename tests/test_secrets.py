# ruff: noqa: S105  # passwords of nobody
"""No password is shown or stored, and none needs to be on the command line; a database file is its owner's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from imports import TEXT, bring_in, rows
from sqlalchemy.engine import make_url
from typer.testing import CliRunner
from zongji.cli import app
from zongji.pipeline.database.address import PASSWORD, PASSWORD_FILE, shown, url_of
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.errors import DatabaseError


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:secret@127.0.0.1:1/x",
        "postgresql://u@127.0.0.1:1/x?password=secret",
        "postgresql://u@127.0.0.1:1/x?passw%6frd=sec%72et",
        "mysql://127.0.0.1:1/x?user=u&passwd=secret",
        "mysql://u@127.0.0.1:1/x?unknown=secret",
        "mysql://u@127.0.0.1:1/x?client_flag=secret",
        "postgresql://u@127.0.0.1:1/x?unknown=secret",
        "postgresql://u@127.0.0.1:1/x?sslmode=require;password=secret",
        "postgresql://127.0.0.1:1/x;password=secret",
        "postgresql://us/er:secret@h/x",
        "postgresql://u:se@secret@h/x",
        "postgresql://u:secret",
        "postgresql://u:secret@h:bad/x?password=secret",
        "host=h password='a secret'",
        "sqlite://u:secret@h/x.db",
        "oracle9://u:secret@h?password=secret",
    ],
)
def test_no_message_about_an_address_shows_what_is_secret(address: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        connect(address, create=True)
    assert "secret" not in f"{caught.value}{caught.value.__cause__ or ''}{shown(address)}"


@pytest.mark.parametrize("arguments", [["status", "ADDRESS"], ["ADDRESS"], ["extract", "ADDRESS"], ["why", "ADDRESS"]])
def test_an_address_in_the_wrong_place_is_not_quoted_with_its_password(arguments: list[str], sqlite: str) -> None:
    connect(sqlite, create=True).dispose()
    given = [word.replace("ADDRESS", "postgresql://u:secret@h/x") for word in arguments]
    said = CliRunner().invoke(app, given, env={"ZONGJI_DB": sqlite})
    assert said.exit_code
    assert "secret" not in said.output


def test_the_table_of_runs_holds_no_password(fresh: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    url = make_url(fresh)
    if url.get_backend_name() == "postgresql":
        fresh = f"{fresh}?password=secret"  # local users are trusted
    bring_in(fresh, tmp_path / "a.txt")
    assert "secret" not in str(rows(fresh, "runs", "options"))


def test_the_address_can_come_from_the_environment(database: str) -> None:
    found = CliRunner().invoke(app, ["status"], env={"ZONGJI_DB": database})
    assert found.exit_code == 0, found.output


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_the_password_can_come_from_the_environment_or_a_file(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "password").write_text("of the file\n", encoding="utf-8")
    monkeypatch.setenv(PASSWORD_FILE, str(tmp_path / "password"))
    assert url_of(f"{kind}://u@h/x").password == "of the file"
    monkeypatch.setenv(PASSWORD, "of the variable")
    assert url_of(f"{kind}://u@h/x").password == "of the variable"
    assert url_of(f"{kind}://u:own@h/x").password == "own"
    assert url_of(f"{kind}://u@h/x?password=own").password is None


def test_a_password_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_FILE, "/nowhere/password")
    with pytest.raises(DatabaseError, match=r"/nowhere/password: the password file .* No such file"):
        url_of("postgresql://u@h/x")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_a_new_database_file_is_for_its_owner_only(sqlite: str, tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with connect(sqlite, create=True).connect():
            modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"test.db": 0o600, "test.db-wal": 0o600, "test.db-shm": 0o600}


def test_the_mode_of_an_existing_database_file_stays(sqlite: str, tmp_path: Path) -> None:
    connect(sqlite, create=True).dispose()
    (tmp_path / "test.db").chmod(0o640)
    connect(sqlite, create=True).dispose()
    assert (tmp_path / "test.db").stat().st_mode & 0o777 == 0o640
