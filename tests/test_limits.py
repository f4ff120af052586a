"""Limits hold for every input, texts and whole archives included."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from making import zip_of
from zongji.corpus.digests import digest
from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.bulk import worker
from zongji.pipeline.bulk.executors.inline import Inline
from zongji.pipeline.bulk.executors.local import LocalProcesses
from zongji.pipeline.bulk.worker import Outcome, State, Task, work
from zongji.pipeline.reading import inputs
from zongji.pipeline.reading.inputs import Blob, blob_of, unpacked
from zongji.pipeline.reading.inspection import inspections
from zongji.pipeline.reading.many_files import read_each, results
from zongji.pipeline.reading.process_limits import allowed_seconds
from zongji.pipeline.reading.reader import Result, extracted, failure_of
from zongji.pipeline.reading.sandbox import Sandbox
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.sources import Limits, SourceError, ocr
from zongji.pipeline.trace.tracer import traces

SENTENCE = "今年以来，举办培训班6期，培训农民300余人。"


@pytest.mark.alone
def test_a_large_text_is_stopped_at_its_limit_and_the_rest_is_read(tmp_path: Path) -> None:
    large, small = tmp_path / "a.txt", tmp_path / "b.txt"
    large.write_text(SENTENCE * 100_000, encoding="utf-8")
    small.write_text(SENTENCE, encoding="utf-8")
    begun = time.monotonic()
    first, second = results([str(large), str(small)], Settings(limits=Limits(seconds=1)))
    assert first.failure is not None
    assert first.failure.code is FailureCode.TIMEOUT
    assert second.documents
    assert time.monotonic() - begun < 12


def test_inspection_names_a_text_that_takes_too_long_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE * 100_000, encoding="utf-8")
    (found,) = inspections([str(path)], Settings(limits=Limits(seconds=1)))
    assert found.failure is not None
    assert found.failure.message == "it takes longer than 1 s; --limit seconds=… raises this"


def test_the_first_file_does_not_wait_for_the_program(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    with closing(Sandbox()) as sandbox:
        (seconds,) = sandbox.read(str(path), _taken)
    assert isinstance(seconds, float)
    assert seconds < 0.3  # loading the program takes a second


def _taken(blob: Blob, settings: Settings) -> Iterator[float]:
    begun = time.process_time()
    list(extracted(blob, settings))
    yield time.process_time() - begun


@pytest.mark.parametrize(("error", "said"), [(MemoryError, "more than 4,096 MiB"), (KeyError, "KeyError")])
def test_an_unexpected_error_is_the_failure_of_its_file(error: type[Exception], said: str, tmp_path: Path) -> None:
    path = tmp_path / f"{error.__name__}.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    with closing(Sandbox()) as sandbox:
        (failure,) = sandbox.read(str(path), _raises)
        (result,) = sandbox.read(str(path), extracted)
    assert isinstance(failure, Failure)
    assert said in failure.message
    assert result.documents


def _raises(blob: Blob, settings: Settings) -> Iterator[Result]:  # noqa: ARG001
    raise {"MemoryError": MemoryError, "KeyError": KeyError}[Path(blob.path).stem]
    yield Result(blob.path)


def test_an_import_in_its_own_process_stops_a_file_at_its_limit_of_seconds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE * 100_000, encoding="utf-8")
    settings = Settings(limits=Limits(seconds=1))
    with Inline(work, settings) as executor:
        executor.submit(Task(str(path), digest(path.read_bytes()), path.stat().st_size, "", settings))
        begun = time.monotonic()
        (outcome,) = executor.finished(0)
    assert outcome.state is State.TIMEOUT
    assert time.monotonic() - begun < 3


def test_a_text_that_takes_too_much_memory_fails_alone(tmp_path: Path) -> None:
    large, small = tmp_path / "a.txt", tmp_path / "b.txt"
    large.write_text("\n工" * 3_000_000, encoding="utf-8")
    small.write_text(SENTENCE, encoding="utf-8")
    first, second = results([str(large), str(small)], Settings(limits=Limits(memory=200)))
    assert first.failure is not None
    assert first.failure.code in {FailureCode.OUT_OF_MEMORY, FailureCode.CRASHED}
    assert second.documents


@pytest.mark.alone
def test_the_members_of_an_archive_share_its_time(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({f"{number:03}.txt": (SENTENCE * 400).encode() for number in range(300)}))
    found = list(results([str(path)], Settings(limits=Limits(seconds=3))))
    assert 0 < len(found) < 300
    assert found[0].documents
    assert found[-1].failure is not None
    assert found[-1].failure.code is FailureCode.TIMEOUT


@pytest.mark.parametrize("seconds", [1, 300])
def test_a_file_is_stopped_two_seconds_after_its_limit(seconds: int) -> None:
    assert allowed_seconds(Limits(seconds=seconds)) == seconds + 2


def _archive(path: Path) -> Path:
    """An archive of one short text, and one that takes longer than a few seconds."""
    path.write_bytes(zip_of({"a.txt": f"工作总结\n{SENTENCE}".encode(), "b.txt": (SENTENCE * 40_000).encode()}))
    return path


@pytest.mark.alone
def test_an_import_keeps_the_members_that_were_read_before_the_limit(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.zip")
    settings = Settings(limits=Limits(seconds=2, ratio=10_000))
    with LocalProcesses(work, 1, settings) as executor:
        executor.submit(Task(str(path), digest(path.read_bytes()), path.stat().st_size, "", settings))
        outcomes: list[Outcome] = []
        end = time.monotonic() + 30
        while not outcomes and time.monotonic() < end:
            outcomes = executor.finished(1)
    (outcome,) = outcomes
    assert outcome.state is State.PARTIAL
    assert outcome.count("documents") == 1
    assert any("b.txt: it takes longer than 2 s" in str(row) for row in outcome.rows["warnings"])
    assert outcome.reason == "b.txt: it takes longer than 2 s; --limit seconds=… raises this"


@pytest.mark.alone
def test_a_member_beyond_the_limit_fails_alone(tmp_path: Path) -> None:
    first, second = results([str(_archive(tmp_path / "a.zip"))], Settings(limits=Limits(seconds=2, ratio=10_000)))
    assert first.documents
    assert second.member == "b.txt"
    assert second.failure is not None
    assert second.failure.code is FailureCode.TIMEOUT


def test_no_member_is_begun_at_the_end_of_the_time() -> None:
    data, limits = zip_of({"a.txt": SENTENCE.encode()}), Limits(seconds=5)
    (member,) = unpacked(Blob("a.zip", data, begun=time.monotonic() - 4.95), limits)
    assert member.failure is not None
    assert "the archive's 5 s are over" in member.failure.message


def test_the_rows_of_a_member_count_for_the_time_of_its_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({name: f"工作总结\n{SENTENCE}".encode() for name in ("a.txt", "b.txt")}))
    monkeypatch.setattr(worker, "signature_row", _slow_at_second_call(worker.signature_row))
    settings = Settings(limits=Limits(seconds=1))
    with Inline(work, settings) as executor:
        executor.submit(Task(str(path), digest(path.read_bytes()), path.stat().st_size, "", settings))
        (outcome,) = executor.finished(0)
    assert (outcome.state, outcome.count("documents")) == (State.PARTIAL, 1)
    assert any("b.txt: it takes longer than 1 s" in str(row) for row in outcome.rows["warnings"])


def _slow_at_second_call(function: Callable[..., object]) -> Callable[..., object]:
    calls = count()

    def slow(*arguments: object) -> object:
        time.sleep(30 if next(calls) else 0)
        return function(*arguments)

    return slow


def test_workers_that_have_just_been_started_are_ended_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    with LocalProcesses(_dies, 2) as executor:
        executor.submit(Task("a", "0" * 64, 1, ""))
        while executor.waiting():
            outcomes = executor.finished(1)
    assert [outcome.state for outcome in outcomes] == [State.CRASHED]
    assert "Traceback" not in capfd.readouterr().err


def _dies(task: Task) -> Outcome:  # noqa: ARG001
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_reading_a_small_file_takes_no_memory_for_the_largest_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    (result,) = results([str(path)], Settings(limits=Limits(memory=200)), guard_texts=True)
    assert result.documents


def test_a_file_that_has_grown_is_read_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 5000)
    short = os.stat_result((stat.S_IFREG, *[0] * 5, 100, *[0] * 3))
    monkeypatch.setattr(inputs.os, "stat", lambda _: short)
    monkeypatch.setattr(Path, "stat", lambda _: short)
    assert blob_of(str(path), Limits()).data == b"x" * 5000
    grown = blob_of(str(path), Limits(bytes=4999))
    assert grown.failure is not None
    assert grown.failure.code is FailureCode.TOO_LARGE


def _chained(cause: Exception, error: Exception | None = None) -> Exception:
    error = error or SourceError(FailureCode.DAMAGED, "it is a workbook that cannot be read")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), FailureCode.OUT_OF_MEMORY),
        (RuntimeError("Exception during initialization: std::bad_alloc"), FailureCode.OUT_OF_MEMORY),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), FailureCode.OUT_OF_MEMORY),
        (_chained(MemoryError()), FailureCode.OUT_OF_MEMORY),
        (_chained(KeyError("x")), FailureCode.DAMAGED),
        (KeyError("x"), FailureCode.INTERNAL),
        (_chained(SourceError(FailureCode.TIMEOUT, "it takes longer"), RuntimeError("run")), FailureCode.TIMEOUT),
    ],
)
def test_a_limit_is_told_as_such_however_a_library_says_it(error: Exception, code: FailureCode) -> None:
    assert failure_of(error, Limits()).code is code


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (_chained(SourceError(FailureCode.TIMEOUT, "it takes longer"), RuntimeError("Traceback: run")), SourceError),
        (RuntimeError("Traceback: std::bad_alloc"), MemoryError),
    ],
)
def test_what_stops_ocr_is_not_taken_for_a_broken_page(
    error: Exception, raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: object) -> None:
        raise error

    monkeypatch.setattr(ocr, "_engine", lambda: stopped)
    with pytest.raises(raised):
        ocr.recognize([], 1)


def test_a_trace_keeps_the_limits(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE * 100_000, encoding="utf-8")
    (found,) = traces(str(path), Settings(limits=Limits(seconds=1)))
    assert found.failure is not None
    assert found.failure.code is FailureCode.TIMEOUT


def _hang(blob: Blob, settings: Settings) -> Iterator[Result]:  # noqa: ARG001
    print(os.getpid(), flush=True)
    while True:
        time.sleep(1)
    yield Result(blob.path)


def _read_hanging() -> None:
    list(read_each([__file__], _hang, lambda path, why: Result(path, failure=why), guard_texts=True))


def test_a_reader_process_ends_with_the_one_that_started_it() -> None:
    script = "import test_limits\nif __name__ == '__main__': test_limits._read_hanging()"
    here = Path(__file__).parent
    places = os.pathsep.join(map(str, (here.parent / ".dev", here, here / "helpers")))
    environment = os.environ | {"PYTHONPATH": places}
    process = subprocess.Popen((sys.executable, "-c", script), stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    reader = int(process.stdout.readline())
    process.kill()
    process.wait()
    assert process.stdout.read() == ""  # at the end of all that write to it
    assert not Path("/proc", str(reader)).exists() or _is_zombie(reader)


def _is_zombie(process: int) -> bool:
    return Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[0] == "Z"
