# ruff: noqa: S105, S106  # passwords of nobody
"""Passwords that came by other ways than an address, or by addresses of no database, are not shown either."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import database_of
from imports import TEXT, write
from killing import environment
from sqlalchemy.engine import make_url
from typer.testing import CliRunner
from zongji.cli import app
from zongji.pipeline.commands.shared import masked
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.errors import DatabaseError

SEEN = 20  # seconds until workers are there
WRONG = {
    "database": ["status", "--db", "x://u:secret@h"],
    "review": ["review", "--db", "x://u:secret@h"],
    "import": ["import", "x://u:secret@h/y"],
    "extract": ["extract", "x://u:secret@h/y"],
    "report": ["report", "x://u:secret@h"],
    "list": ["import", "--file-list", "x://u:secret@h"],
    "input": ["extract", "a.txt?password=secret"],
    "output": ["extract", "a.txt", "-o", "nowhere/out.csv?password=secret"],
    "address as output": ["export", "-o", "postgresql://u:secret@h/x"],
    "parameter": ["report", "a.txt", "-o", "postgresql://h/x?password=secret"],
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_what_looks_like_an_address_is_not_quoted_with_its_password(
    arguments: list[str], sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(sqlite, create=True).dispose()
    monkeypatch.chdir(tmp_path)
    write(tmp_path, a=TEXT)
    said = CliRunner().invoke(app, arguments, env={"ZONGJI_DB": sqlite})
    assert said.exit_code
    assert "secret" not in said.output


@pytest.mark.parametrize(
    "text", ["比例为3:2@现场", "https://host/a:b", "a.txt?page=2", "C:/files/a.txt", "f(x=1) and y://z"]
)
def test_what_holds_no_password_is_shown_as_it_is(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("way", ["PGPASSWORD", "PGPASSFILE"])
def test_the_driver_takes_its_own_passwords(way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for address in database_of("postgresql", tmp_path):
        _give(way, monkeypatch, tmp_path)
        engine = connect(address, create=True)
        with engine.connect() as connection:
            assert connection.connection.driver_connection.info.password == "secret"  # type: ignore[union-attr]
        engine.dispose()


@pytest.mark.parametrize("way", ["PGPASSWORD", "PGPASSFILE"])
def test_the_passwords_of_the_driver_are_not_shown(way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _give(way, monkeypatch, tmp_path)
    with pytest.raises(DatabaseError) as caught:
        connect("postgresql://u@127.0.0.1:1/x")
    assert "secret" not in f"{caught.value}{caught.value.__cause__}"


def _give(way: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    file = folder / "pgpass"
    file.write_text("*:*:*:*:secret\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv(way, "secret" if way == "PGPASSWORD" else str(file))


def test_no_process_of_an_import_has_the_password_on_its_command_line(tmp_path: Path) -> None:
    for address in database_of("postgresql", tmp_path):
        folder = tmp_path / "files"
        folder.mkdir()
        write(folder, **{f"a{number}": TEXT.replace("6期", f"{number}期") for number in range(40)})
        url = make_url(address).set(password="secret")  # local users are trusted
        hidden = {"ZONGJI_DB": url.render_as_string(hide_password=False)}
        words = [sys.executable, "-m", "zongji.cli", "import", str(folder), "--workers", "2", "--batch", "5"]
        process = subprocess.Popen(words, env=environment() | hidden, start_new_session=True, stderr=subprocess.DEVNULL)
        seen: set[str] = set()
        end = time.monotonic() + SEEN
        while process.poll() is None and time.monotonic() < end:
            words = ["ps", "-ww", "-o", "args=", "-g", str(process.pid)]
            listed = subprocess.run(words, capture_output=True, text=True, check=False)
            seen.update(listed.stdout.splitlines())
            time.sleep(0.1)
        assert process.wait(timeout=60) == 0
        assert any("forkserver" in line for line in seen)
        assert not [line for line in seen if "secret" in line or "://" in line]
