"""What libraries and programs say of a file becomes that file's message, on one line, and nothing else is shown."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from zongji.pipeline.sources import programs, sheets
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.panics import PanicError, panics_as_exceptions
from zongji.pipeline.sources.reading import SourceError
from zongji.pipeline.sources.sheets import Sheet, read_sheets

SAID = "thread '<unnamed>' panicked at src/cfb.rs:1:\nrange end index 9"


class Panic(BaseException):
    """As pyo3 raises it."""


def panic(_: bytes = b"") -> Iterator[Sheet]:
    os.write(2, SAID.encode())
    raise Panic(SAID)
    yield  # type: ignore[unreachable]  # a generator, like the reader


def test_a_panic_is_the_message_of_its_file_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sheets, "_by_calamine", panic)
    with pytest.raises(SourceError, match=r"panicked at src/cfb\.rs:1: range end index 9.* may be damaged"):
        read_sheets(b"", Task(), kind="xls")
    assert capfd.readouterr() == ("", "")


def test_what_is_no_panic_stays_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    with panics_as_exceptions():
        os.write(2, b"a warning of another thread")
    assert capfd.readouterr().err == "a warning of another thread"


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_an_exception_is_no_panic(error: type[BaseException], capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with panics_as_exceptions():
            os.write(2, b"told")
            raise error

    with pytest.raises(error):
        fail()
    assert capfd.readouterr().err == "told"


def test_a_panic_is_caught_where_standard_error_is_closed() -> None:
    kept = os.dup(2)
    os.close(2)
    try:
        with pytest.raises(PanicError), panics_as_exceptions():
            raise Panic
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def test_a_program_that_says_several_lines_is_told_on_one() -> None:
    with pytest.raises(SourceError) as caught:
        programs.run(("sh", "-c", "printf 'no\\n\\033[31m display\\n' >&2; exit 127"), seconds=5)
    assert str(caught.value) == "sh cannot be started: no \x1b[31m display"
