"""What may only be read is read: files, folders and mounts without the right to write, users who may only select."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from conftest import database_of, run
from imports import TEXT, bring_in
from killing import environment
from sqlalchemy.engine import make_url
from zongji.pipeline.database import migrations
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.errors import DatabaseError
from zongji.pipeline.database.transactions import writing

COMMANDS = {
    "status": ["status", "--db", "ADDRESS"],
    "search": ["search", "培训班", "--db", "ADDRESS"],
    "export": ["export", "--db", "ADDRESS", "-o", "OUT/out.csv"],
    "report": ["report", "ADDRESS", "-o", "OUT/out.html"],
}


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[str]:
    """The address of a database with a document on a mount for reading only."""
    folder = tmp_path / "kept"
    folder.mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    bring_in(f"sqlite:///{folder / 'test.db'}", tmp_path / "a.txt")
    made = [
        subprocess.run(["mount", *words], check=False, capture_output=True).returncode == 0  # noqa: S607
        for words in (["--bind", str(folder), str(folder)], ["-o", "remount,ro,bind", str(folder)])
    ]
    try:
        if not all(made):
            pytest.skip("nothing can be mounted here")
        yield f"sqlite:///{folder / 'test.db'}"
    finally:
        if made[0]:
            subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_a_file_that_cannot_be_written_is_read(mounted: str, tmp_path: Path, words: list[str]) -> None:
    given = [word.replace("ADDRESS", mounted).replace("OUT", str(tmp_path)) for word in words]
    done = subprocess.run(
        [sys.executable, "-m", "zongji.cli", *given], check=False, capture_output=True, text=True, env=environment()
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["test.db"]


@pytest.fixture(params=["postgresql", "mysql"])
def selecting(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The addresses of a database with a document: for its owner, and for a user who may only select."""
    for address in database_of(request.param, tmp_path):
        (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
        bring_in(address, tmp_path / "a.txt")
        user, name = f"zongji_{uuid4().hex[:8]}", make_url(address).database
        if request.param == "mysql":
            run("mysql", f"create user {user} identified by 'reading'")
            run("mysql", f"grant select on {name}.* to {user}")
        else:
            run("postgresql", f"create role {user} login password 'reading'")
            with writing(connect(address)) as connection:
                connection.exec_driver_sql(f"grant select on all tables in schema public to {user}")
        yield address, make_url(address).set(username=user, password="reading").render_as_string(hide_password=False)  # noqa: S106
        if request.param == "postgresql":
            with writing(connect(address)) as connection:
                connection.exec_driver_sql(f"drop owned by {user}")
        run(request.param, f"drop {'user' if request.param == 'mysql' else 'role'} {user}")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_user_who_may_only_select_reads(selecting: tuple[str, str], tmp_path: Path, command: str) -> None:
    words = [word.replace("ADDRESS", selecting[1]).replace("OUT", str(tmp_path)) for word in COMMANDS[command]]
    given = [sys.executable, "-m", "zongji.cli", *words]
    done = subprocess.run(given, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_views_that_differ_do_not_keep_a_reader_out(
    selecting: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "DIGEST", "another")
    connect(selecting[1]).dispose()


def test_an_older_database_that_may_only_be_read_is_refused(selecting: tuple[str, str]) -> None:
    with writing(connect(selecting[0])) as connection:
        connection.exec_driver_sql("delete from zongji_migrations where version > 1")
    with pytest.raises(DatabaseError, match=r"older zongji .* may only read it"):
        connect(selecting[1])
