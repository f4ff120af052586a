"""A file without a document has a failure: a code for programs, a message for people."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from making import zip_of
from zongji.corpus.labels import FailureCode
from zongji.corpus.lexicon import LexiconError
from zongji.corpus.records import Failure
from zongji.pipeline.reading import reader
from zongji.pipeline.reading.inputs import blob_of
from zongji.pipeline.reading.many_files import results
from zongji.pipeline.reading.reader import extract_bytes, extract_file
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.sources import Limits, SourceError, ocr, programs
from zongji.pipeline.sources.limits import Task

TEXT = "一年来，县科协举办讲座6场。".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def code_of(data: bytes, *, encoding: str | None = None, **limits: int) -> FailureCode | None:
    failure = extract_bytes(data, encoding=encoding, limits=Limits(**limits)).failure
    return None if failure is None else failure.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FailureCode.EMPTY),
        (b" \n\t", FailureCode.EMPTY),
        (zip_of({}), FailureCode.EMPTY),
        ("首页 > 范文".encode(), FailureCode.NO_DOCUMENT),
        (b"\x1f\x8b" + bytes(20), FailureCode.UNSUPPORTED_FORMAT),
        (OLE + bytes(600), FailureCode.UNSUPPORTED_FORMAT),
        (bytes(range(32)) * 40, FailureCode.UNSUPPORTED_FORMAT),
        (b"%PDF-1.7\n" + bytes(40), FailureCode.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), FailureCode.DAMAGED),
        (b"PK\x03\x04" + bytes(50), FailureCode.DAMAGED),
        (zip_of({"[Content_Types].xml": b"x", "word/document.xml": b"<broken"}), FailureCode.DAMAGED),
        (TEXT, None),
    ],
)
def test_the_code_says_what_is_wrong_with_a_file(data: bytes, code: FailureCode | None) -> None:
    assert code_of(data) == code


def test_a_wrong_encoding_has_a_code_of_its_own() -> None:
    assert code_of("总结：举办培训班".encode() * 20, encoding="big5") is FailureCode.WRONG_ENCODING


@pytest.mark.parametrize("data", [TEXT, b"%PDF-1.7", b""])
def test_an_encoding_that_does_not_exist_is_the_callers_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="unknown encoding 'klingon'; use a name such as"):
        extract_bytes(data, encoding="klingon")


class _UnusableWords(Settings):
    """Settings that a reader process cannot apply."""

    def add_words(self) -> None:
        message = "words.tsv: cannot be read"
        raise LexiconError(message)


class _Unloadable(Settings):
    """Settings that end a reader process while it starts."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return sys.exit, ("",)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (_UnusableWords(), "the reader process cannot apply the settings: words.tsv: cannot be read"),
        (_Unloadable(), "the reader process could not start (exit code 1), so this file was not read"),
    ],
)
def test_a_reader_process_that_cannot_work_does_not_blame_the_file(
    tmp_path: Path, settings: Settings, said: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(40))
    (result,) = results([str(path)], settings)
    assert result.failure is not None
    assert (result.failure.code, said in result.failure.message) == (FailureCode.INTERNAL, True), result.failure


def test_a_file_beyond_a_limit_is_too_large() -> None:
    assert code_of(TEXT, bytes=10) is FailureCode.TOO_LARGE


def test_a_path_that_leads_nowhere_is_unreadable(tmp_path: Path) -> None:
    assert extract_file(tmp_path / "a.txt").failure == Failure(
        FailureCode.UNREADABLE, "cannot be read: No such file or directory"
    )


def test_an_archive_whose_members_fail_alike_has_their_code() -> None:
    assert code_of(zip_of({"a.txt": b"", "b.txt": b" "})) is FailureCode.EMPTY


def test_an_archive_whose_members_fail_otherwise_names_each() -> None:
    failure = extract_bytes(zip_of({"a.txt": b"", "b.rar": b"Rar!\x1a\x07" + bytes(20)})).failure
    assert failure is not None
    assert failure.code is FailureCode.FAILED_MEMBERS
    assert "a.txt: it is empty" in failure.message
    assert "b.rar: it is a RAR archive" in failure.message


def test_a_missing_library_is_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    assert code_of(zip_of({"[Content_Types].xml": b"x", "word/document.xml": b"x"})) is FailureCode.MISSING_EXTRA


def test_a_picture_without_character_recognition_is_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: 'character recognition reads it: pip install "zongji[ocr]"')
    assert code_of(b"\x89PNG\r\n\x1a\n" + bytes(40)) is FailureCode.MISSING_EXTRA


def test_a_format_that_needs_a_program_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "found", lambda *_: None)
    assert code_of(b"{\\rtf1 text}") is FailureCode.MISSING_PROGRAM


def test_a_program_that_takes_too_long_is_a_timeout() -> None:
    with pytest.raises(SourceError) as caught:
        programs.run(("sleep", "9"), seconds=0.1)
    assert caught.value.failure.code is FailureCode.TIMEOUT


def _without_memory(*_: object, **__: object) -> None:
    raise MemoryError


def _wrong(*_: object, **__: object) -> None:
    message = "we"
    raise KeyError(message)


@pytest.mark.parametrize(
    ("behaviour", "code"), [(_without_memory, FailureCode.OUT_OF_MEMORY), (_wrong, FailureCode.INTERNAL)]
)
def test_what_goes_wrong_in_the_reader_itself_has_a_code(
    monkeypatch: pytest.MonkeyPatch, behaviour: Callable[..., None], code: FailureCode
) -> None:
    monkeypatch.setattr(reader, "run", behaviour)
    assert code_of(TEXT) is code


def test_a_failure_reads_as_its_message() -> None:
    assert f"a.txt: {Failure(FailureCode.EMPTY, 'it is empty')}" == "a.txt: it is empty"


def test_an_error_survives_the_way_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(SourceError(FailureCode.DAMAGED, "it is broken")))  # noqa: S301  # our own
    assert error.failure == Failure(FailureCode.DAMAGED, "it is broken")


@pytest.mark.parametrize("code", FailureCode)
def test_every_code_is_explained(code: FailureCode) -> None:
    assert f"| `{code}` |" in (Path(__file__).parent.parent / "docs" / "records.md").read_text(encoding="utf-8")


def test_a_file_that_grows_while_it_is_read_keeps_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    sizes = iter([0])  # as the file was when its size was asked for
    monkeypatch.setattr(Task, "check_size", lambda self, size, ask=Task.check_size: ask(self, next(sizes, size)))
    failure = blob_of(str(path), Limits(bytes=10)).failure
    assert failure is not None
    assert failure.code is FailureCode.TOO_LARGE
