"""Bytes decide the format of a file; the sandbox, the inspection and the doctor."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from zongji.cli import app
from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.reading import sandbox as sandboxing
from zongji.pipeline.reading.doctor import abilities
from zongji.pipeline.reading.reader import Result, extract_bytes, extracted
from zongji.pipeline.reading.sandbox import Sandbox
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.reading.walk import LeftOut, files_of
from zongji.pipeline.sources import BINARIES, LIMITS, Limits, SourceError, extras, read
from zongji.pipeline.sources.archive import CONTAINERS
from zongji.pipeline.sources.detect import kind_of

pytest_plugins = ("format_files",)

HTML = "<html><body><p>一年来，举办讲座6场。</p><p>二</p></body></html>".encode("gbk")
MHTML = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
    b'--x\nContent-Type: text/html; charset="gb2312"\n'
    b"Content-Transfer-Encoding: 8bit\n\n" + HTML + b"\n--x--\n"
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(HTML, "html"), (MHTML, "mhtml"), ("一年来，举办讲座6场。".encode("gbk"), "text")],
)
def test_a_doc_is_read_as_what_it_is(data: bytes, kind: str) -> None:
    reading = read(data, name="总结.doc")
    assert reading.format == kind
    assert "讲座6场" in reading.aligned.text


def test_a_docx_called_doc_is_read_as_docx(docx: Path) -> None:
    assert read(docx.read_bytes(), name="总结.doc").format == "docx"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"{\\rtf1", "rtf"),
        (b"junk\0\n%PDF-1.4\n1 0 obj<<>>endobj", "pdf"),
        ("关于 %PDF-1.4 的说明".encode(), None),
        (b"About %PDF-1.4 files", None),
        (b"BM", None),
        (b"BM" + bytes(12) + (40).to_bytes(4, "little") + bytes(20), "image"),
        ("总结".encode("utf-16"), None),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', "word-xml"),
        (b"", None),
    ],
)
def test_kinds_are_told_by_their_bytes(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind


def test_a_folder_gives_its_documents_and_not_what_programs_leave_in_it(tmp_path: Path) -> None:
    for name in ("总结.docx", "页.html", "页_files/图.png", "~$总结.docx", ".git/a.txt", "数据.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [Path(path).name for path in files_of([str(tmp_path)], LeftOut())] == ["总结.docx", "页.html"]


def test_a_missing_library_names_its_extra() -> None:
    with pytest.raises(SourceError, match=r'pip install "zongji\[ocr\]"'):
        extras.library("no_such_module", extra="ocr", what="scans")


def test_a_docx_without_lxml_says_how_to_install_it(docx: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    with pytest.raises(SourceError, match=r"needs lxml\.etree .*pip install --force-reinstall zongji"):
        read(docx.read_bytes())


def test_a_file_beyond_the_limit_is_not_read() -> None:
    with pytest.raises(SourceError, match="--limit bytes"):
        read(b"abc" * 100, limits=Limits(bytes=100))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_in_a_file_is_never_an_internal_error(docx: Path, data: st.DataObject) -> None:
    changed = bytearray(docx.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(changed) - 1), max_size=8)):
        changed[place] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(changed)))
    failure = extract_bytes(bytes(changed[:cut] if cut % 2 else changed)).failure
    assert failure is None or failure.code is not FailureCode.INTERNAL


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def test_the_sandbox_gives_the_results_of_a_file(sandbox: Sandbox, docx: Path) -> None:
    (result,) = sandbox.read(str(docx), extracted)
    assert [document.doc_type.value for document in result.documents] == ["summary"]


def _dies(_: object, __: Limits) -> Iterator[Result]:
    os.abort()
    yield Result("")


def _hangs(_: object, __: Limits) -> Iterator[Result]:
    while True:
        with suppress(SourceError):  # as a library would that goes on after an error
            time.sleep(60)
    yield Result("")


@pytest.mark.parametrize(("behaviour", "said"), [(_dies, "killed by SIGABRT"), (_hangs, "longer than 1 s")])
def test_what_ends_the_process_costs_one_file(
    sandbox: Sandbox, docx: Path, monkeypatch: pytest.MonkeyPatch, behaviour: Callable[..., object], said: str
) -> None:
    fork = multiprocessing.get_context("fork")  # the other process sees what is patched here
    with monkeypatch.context() as patched:
        patched.setattr(sandboxing, "_obey", behaviour)
        patched.setattr(sandboxing.multiprocessing, "get_context", lambda _: fork)
        patched.setattr(sandbox, "settings", Settings(limits=Limits(seconds=1)))
        (reason,) = sandbox.read(str(docx), extracted)
        assert isinstance(reason, Failure)
        assert said in reason.message
    (result,) = sandbox.read(str(docx), extracted)
    assert result.failure is None


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_a_run_goes_on_after_a_bad_file(docx: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(docx.read_bytes()[:2000])
    code, out, err = run("extract", str(bad), str(docx), "-f", "csv")
    assert code == 3
    assert "坏.docx: it is a zip package that cannot be opened" in err
    assert "table 1, C2" in out


def test_limits_are_given_by_name(docx: Path) -> None:
    code, _, err = run("extract", str(docx), "--limit", "bytes=10")
    assert (code, "no more than 10 are read" in err) == (1, True)


@pytest.mark.parametrize("limit", ["bytes", "size=3", "pages=many"])
def test_an_unknown_limit_is_wrong_usage(docx: Path, limit: str) -> None:
    assert run("extract", str(docx), "--limit", limit)[0] == 2


def test_inspect_says_what_a_file_is(docx: Path) -> None:
    code, out, _ = run("inspect", str(docx))
    assert code == 0
    assert all(
        line in out for line in ("format      docx", "tables      1", "documents   1", "excluded: 县科学技术协会文件")
    )


def test_inspect_prints_the_text_that_offsets_count_in(docx: Path) -> None:
    text = run("inspect", str(docx), "--text")[1]
    line = json.loads(run("extract", str(docx))[1])
    assert [text[figure["start"] : figure["end"]] for figure in line["figures"]][:2] == ["36场", "4200余人次"]


def test_inspect_as_json_is_one_line(docx: Path) -> None:
    line = json.loads(run("inspect", str(docx), "--json")[1])
    assert (line["schema"], line["kind"], line["format"], line["tables"]) == ("zongji/2", "inspection", "docx", 1)


def test_the_doctor_knows_every_format() -> None:
    code, out, _ = run("doctor")
    assert code == 0
    assert {ability.format for ability in abilities()} >= set(BINARIES) | {"text", "html", "markdown"} | set(CONTAINERS)
    assert len(out.splitlines()) == len(list(abilities()))


def test_the_defaults_let_office_documents_through(docx: Path) -> None:
    assert read(docx.read_bytes(), limits=LIMITS).format == "docx"


@pytest.mark.parametrize("header", [b"%TSD-Header-###%", b"b\x14#e\0\0E-SafeNet\0LOCK\0"])
def test_a_file_of_a_document_security_program_is_named(header: bytes) -> None:
    with pytest.raises(SourceError, match="encrypted by a document-security program"):
        read(header + bytes(range(256)) * 4, name="总结.docx")
