"""kill -9 at any moment loses nothing that was reported done and doubles nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TEXT, records, rows, write
from killing import command, finish, kill

FILES = 3000
KILLS = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small files, every tenth with the content of another."""
    made = tmp_path_factory.mktemp("files")
    write(made, **{f"a{number:04}": TEXT.replace("6期", f"{number - number % 10 // 9}期") for number in range(FILES)})
    return made


def test_records_after_twenty_kills_are_those_of_an_undisturbed_run(folder: Path, tmp_path: Path) -> None:
    disturbed, undisturbed = (f"sqlite:///{tmp_path / name}.db" for name in ("disturbed", "undisturbed"))
    finish(command(folder, undisturbed, "--workers", "2"))
    log: list[str] = []
    killed = kill(command(folder, disturbed, "--workers", "2", "--batch", "10"), KILLS, log.append)
    done = {path for (path,) in rows(disturbed, "sources", "path")}
    finish(command(folder, disturbed, "--workers", "2"))
    assert killed.hit > KILLS / 2, log
    assert set() < killed.reported <= done, log
    assert records(disturbed) == records(undisturbed)
    assert rows(disturbed, "sources", "path", "sha256") == rows(undisturbed, "sources", "path", "sha256")
    assert rows(disturbed, "files", "sha256", "state") == rows(undisturbed, "files", "sha256", "state")
