"""Files that go away, change or refuse while they are read: each is named with the reason, the others are read."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from imports import OTHER, TEXT, bring_in, rows, states, write
from killing import environment
from typer.testing import CliRunner
from zongji.cli import app
from zongji.corpus.labels import FailureCode
from zongji.pipeline.bulk import worker
from zongji.pipeline.reading import walk
from zongji.pipeline.reading.inputs import blob_of
from zongji.pipeline.reading.many_files import results
from zongji.pipeline.sources import Limits
from zongji.pipeline.sources.limits import Task

READ_ALL = "dac_override,dac_read_search"  # root's right to read what it may not


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with two texts."""
    write(tmp_path, a=TEXT, b=OTHER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def as_anyone(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody who may not read everything."""
    dropped = "-" + READ_ALL.replace(",", ",-")
    drop = () if os.geteuid() else ("setpriv", f"--bounding-set={dropped}", f"--inh-caps={dropped}")
    line = [*drop, sys.executable, "-m", "zongji", *command]
    return subprocess.run(line, check=False, capture_output=True, text=True, env=environment())


COMMANDS = [
    "extract a.txt b.txt",
    "restore a.txt b.txt",
    "inspect a.txt b.txt",
    "lexicon a.txt b.txt",
    "report a.txt b.txt",
    "import a.txt b.txt --db sqlite:///x.db --workers 0",
]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_vanishes_once_it_was_listed_fails_alone(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    def listed(path: str, *others: object) -> Iterator[str]:
        for file in found(path, *others):  # type: ignore[arg-type]
            if file.endswith("a.txt"):
                Path(file).unlink(missing_ok=True)
            yield file

    found = walk.files_at
    monkeypatch.setattr("zongji.pipeline.reading.walk.files_at", listed)
    monkeypatch.setattr("zongji.pipeline.bulk.discovery.files_at", listed)
    result = CliRunner().invoke(app, command.split())
    assert (result.exit_code, "a.txt: " in result.stderr) == (3, True), result.stderr
    assert "No such file" in result.stderr


def test_a_folder_that_vanishes_while_it_is_walked_ends_nothing(place: Path) -> None:
    for name in ("c", "d"):
        (place / name).mkdir()
        write(place / name, x=TEXT)
    found = []
    for file in walk.files_at(".", walk.LeftOut()):
        found.append(file)
        shutil.rmtree(place / "d", ignore_errors=True)
    assert found == ["a.txt", "b.txt", "c/x.txt", "d"]
    assert [result.failure is None for result in results(found)] == [True, True, True, False]


@pytest.mark.usefixtures("place")
def test_a_file_that_grows_while_it_is_read_is_held_against_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def grown(path: Path, *_: object) -> None:
        path.write_bytes(b"x" * 2000)

    monkeypatch.setattr("zongji.pipeline.reading.inputs.check_regular", grown)
    monkeypatch.setattr("zongji.pipeline.sources.limits.Task.check_size", first_passes())
    failure = blob_of("a.txt", Limits(bytes=1000)).failure
    assert failure is not None
    assert failure.code is FailureCode.TOO_LARGE


def first_passes() -> object:
    """`Task.check_size`, which finds nothing at the first time: the file was small when it was asked for its size."""
    checked, asked = Task.check_size, []

    def check(self: Task, size: int) -> None:
        asked.append(size)
        if len(asked) > 1:
            checked(self, size)

    return check


def test_a_file_that_changes_during_an_import_is_read_with_the_next_one(
    place: Path, sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(path: str) -> None:
        if path.endswith("a.txt"):
            Path(path).write_text(OTHER.replace("6", "7"), encoding="utf-8")

    monkeypatch.setattr(worker, "check_regular", changed)
    bring_in(sqlite, place)
    monkeypatch.undo()
    reasons = [reason for (reason,) in rows(sqlite, "files", "reason") if reason]
    assert reasons == ["it changed during the import; run the import again"]
    bring_in(sqlite, place)
    assert states(sqlite) == {"a.txt": "success", "b.txt": "success"}


@pytest.mark.usefixtures("place")
def test_a_disk_that_fails_is_the_failure_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path, *mode: str, **options: object) -> object:
        if path.name == "a.txt":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return opened(path, *mode, **options)  # type: ignore[arg-type]

    opened = Path.open
    monkeypatch.setattr(Path, "open", failing)
    first, second = results(["a.txt", "b.txt"])
    assert str(first.failure) == "cannot be read: Input/output error"
    assert second.documents


def test_a_file_of_the_kernel_that_refuses_to_be_read_is_named() -> None:
    assert str(blob_of("/proc/self/mem", Limits()).failure) == "cannot be read: Input/output error"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_without_permission_fails_alone(place: Path, command: str) -> None:
    (place / "a.txt").chmod(0)
    done = as_anyone(*command.split())
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr
    assert "a.txt: cannot be read: Permission denied" in done.stderr.replace("failed: ", "")


@pytest.mark.parametrize("command", ["extract .", "restore .", "import . --db sqlite:///x.db --workers 0"])
def test_a_folder_without_permission_is_named_and_the_rest_is_read(place: Path, command: str) -> None:
    (place / "shut").mkdir()
    write(place / "shut", x=TEXT)
    (place / "shut").chmod(0)
    done = as_anyone(*command.split())
    (place / "shut").chmod(0o700)
    assert (done.returncode, "shut: " in done.stderr) == (3, True), done.stderr
    assert "Permission denied" in done.stderr or "directory" in done.stderr.lower()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("evaluate gold", "a.txt: cannot be read: Permission denied"),
        ("train --corpus gold", "a.txt: cannot be read: Permission denied"),
        ("trace a.txt", "a.txt: cannot be read: Permission denied"),
        ("extract b.txt -f csv -o shut/x.csv", "shut/x.csv: cannot be written: Permission denied"),
        ("report b.txt -o shut/x.html", "shut/x.html: Permission denied"),
        ("export --db sqlite:///d.db -o shut/x.csv", "shut/x.csv: Permission denied"),
        ("train -o shut/models", "shut/models: cannot be written: Permission denied"),
        ("extract b.txt -f csv -o kept.csv", "kept.csv: cannot be written: Permission denied"),
    ],
)
def test_what_may_not_be_read_or_written_is_named(place: Path, command: str, said: str) -> None:
    bring_in("sqlite:///d.db", "b.txt")
    (place / "a.txt").chmod(0)
    (place / "gold").mkdir()
    (place / "gold" / "a.txt").hardlink_to("a.txt")
    (place / "kept.csv").write_bytes(b"path,\n")
    (place / "kept.csv").chmod(0o400)
    (place / "shut").mkdir(mode=0o500)
    done = as_anyone(*command.split())
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert (place / "kept.csv").read_bytes() == b"path,\n"


@pytest.mark.parametrize(
    "command",
    [
        "extract b.txt --lexicon a.txt",
        "import --file-list a.txt --db sqlite:///x.db",
        "evaluate a.txt",
        "train --corpus a.txt",
        "import-labels a.txt --db sqlite:///x.db",
    ],
)
def test_an_option_that_names_what_may_not_be_read_is_wrong_usage(place: Path, command: str) -> None:
    (place / "a.txt").chmod(0)
    done = as_anyone(*command.split())
    assert (done.returncode, "'a.txt' is not readable" in done.stderr) == (2, True), done.stderr
