"""Tar, gzip, bzip2, xz and 7z archives, and mail: members are read, bad ones cost themselves alone."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.reading.reader import extract_bytes, extract_members
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.sources import Limits
from zongji.pipeline.sources.detect import kind_of

TEXT = "一年来，镇文化站举办夜校6期，参加学员210人次。\n"


def tar_of(*files: tuple[str, bytes], encoding: str = "utf-8") -> bytes:
    """A tar archive of these files, as GNU tar writes it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def seven_zip_of(*files: tuple[str, bytes], password: str | None = None) -> bytes:
    """A 7z archive of these files."""
    import py7zr  # noqa: PLC0415

    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w", password=password) as archive:
        for name, data in files:
            archive.writestr(data, name)
    return stream.getvalue()


def letter(text: str = TEXT, subject: str = "夜校工作小结", charset: str = "gb18030") -> EmailMessage:
    """A letter as mail programs send it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "wenhua@example.cn", "zhen@example.cn", subject
    message.set_content(text, charset=charset)
    return message


def members(data: bytes, name: str, **limits: int) -> dict[str | None, Failure | None]:
    """The members of a container with their failures."""
    folder = Path(name)
    folder.write_bytes(data)
    return {result.member: result.failure for result in extract_members(folder, Settings(limits=Limits(**limits)))}


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.tar", bytes),
        ("a.tar.gz", gzip.compress),
        ("a.tgz", gzip.compress),
        ("a.tar.bz2", bz2.compress),
        ("a.tar.xz", lzma.compress),
    ],
)
def test_the_files_of_a_tar_archive_are_read(name: str, pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    data = pack(tar_of(("总结/一.txt", TEXT.encode()), ("总结/二.txt", TEXT.encode("gb18030"))))
    assert members(data, str(tmp_path / name)) == {"总结/一.txt": None, "总结/二.txt": None}


def test_a_packed_file_has_its_name_without_the_extension(tmp_path: Path) -> None:
    assert list(members(gzip.compress(TEXT.encode()), str(tmp_path / "小结.txt.gz"))) == ["小结.txt"]


def test_names_in_gbk_are_decoded_in_tar_archives(tmp_path: Path) -> None:
    data = tar_of(("夜校.txt", TEXT.encode()), encoding="gb18030")
    assert list(members(data, str(tmp_path / "a.tar"))) == ["夜校.txt"]


def test_names_in_big5_are_told_from_gbk(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = "工作總結報告.txt".encode("big5").decode("cp437")
        archive.writestr(info, TEXT)
    data = bytearray(stream.getvalue())
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # without the mark of a name in UTF-8
        data[data.index(header) + offset + 1] &= ~0x08
    raw = "工作總結報告.txt".encode("big5").decode("cp437").encode()
    patched = bytes(data).replace(raw, "工作總結報告.txt".encode("big5").ljust(len(raw), b"t"))
    (name,) = members(patched, str(tmp_path / "a.zip"))
    assert name is not None
    assert name.startswith("工作總結報告.txt")


def test_links_and_devices_in_a_tar_archive_are_left_alone(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        link = tarfile.TarInfo("hosts.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hosts"
        archive.addfile(link)
    (failure,) = members(stream.getvalue(), str(tmp_path / "a.tar")).values()
    assert failure is not None
    assert failure.message == "the archive contains no files"


def test_the_files_of_a_7z_archive_are_read(tmp_path: Path) -> None:
    data = seven_zip_of(("总结/一.txt", TEXT.encode()), ("二.txt", TEXT.encode()))
    assert members(data, str(tmp_path / "a.7z")) == {"总结/一.txt": None, "二.txt": None}


def test_an_encrypted_7z_archive_says_so(tmp_path: Path) -> None:
    data = seven_zip_of(("一.txt", TEXT.encode()), password="secret")  # noqa: S106
    (failure,) = members(data, str(tmp_path / "a.7z")).values()
    assert failure is not None
    assert failure.code is FailureCode.ENCRYPTED


@pytest.mark.parametrize(
    "pack",
    [gzip.compress, bz2.compress, lzma.compress, lambda data: seven_zip_of(("a.txt", data))],
    ids=["gzip", "bzip2", "xz", "7z"],
)
def test_a_bomb_is_not_unpacked_whatever_packed_it(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (failure,) = members(pack(b"0" * 30_000_000), str(tmp_path / "a.bin"), ratio=20).values()
    assert failure is not None
    assert failure.code is FailureCode.TOO_LARGE
    assert "zip bomb" in failure.message


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, bytes], ids=["gzip", "bzip2", "xz", "tar"]
)
def test_an_archive_that_is_cut_off_gives_what_is_in_front_of_the_cut(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    import random  # noqa: PLC0415

    noise = random.Random(5).randbytes(400_000)  # noqa: S311  # what no program can pack
    data = pack(tar_of(("一.txt", TEXT.encode()), ("二.bin", noise)))
    found = members(data[: len(data) // 2], str(tmp_path / "a.tar"))
    assert all(failure is not None for name, failure in found.items() if name != "一.txt")
    assert any(failure is not None and failure.code is FailureCode.DAMAGED for failure in found.values())


def test_archives_in_archives_count_whatever_their_kind(tmp_path: Path) -> None:
    inner = gzip.compress(tar_of(("一.txt", TEXT.encode())))
    once = tar_of(("内.tar.gz", inner))
    assert members(once, str(tmp_path / "a.tar")) == {"内.tar.gz/一.txt": None}
    twice = members(tar_of(("外.tar", once)), str(tmp_path / "a.tar"))
    assert [failure and failure.code for failure in twice.values()] == [FailureCode.TOO_LARGE]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "big5"])
def test_the_text_of_a_letter_is_decoded_under_its_subject(charset: str) -> None:
    text = TEXT if charset != "big5" else "一年來，鎮文化站舉辦夜校6期，參加學員210人次。\n"
    result = extract_bytes(bytes(letter(text, charset=charset)), path="a.eml")
    (document,) = result.documents
    assert document.source.member == "正文.txt"
    assert {figure.value for figure in document.figures} == {6, 210}


def test_a_letter_in_base64_is_decoded() -> None:
    message = letter()
    message.set_content(TEXT, charset="gb18030", cte="base64")
    assert {figure.value for figure in extract_bytes(bytes(message)).documents[0].figures} == {6, 210}


def test_the_attachments_of_a_letter_are_files_of_their_own() -> None:
    message = letter("请查收。\n")
    message.add_attachment(TEXT.encode("gb18030"), maintype="text", subtype="plain", filename="夜校.txt")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("二.txt", TEXT)
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="材料.zip")
    result = extract_bytes(bytes(message))
    assert [document.source.member for document in result.documents][-2:] == ["夜校.txt", "材料.zip/二.txt"]


def test_a_letter_in_two_forms_is_read_once() -> None:
    message = letter()
    message.add_alternative(f"<html><body><p>{TEXT}</p></body></html>", subtype="html")
    assert len(extract_bytes(bytes(message)).documents) == 1


def test_a_text_that_begins_with_a_colon_is_no_letter() -> None:
    assert kind_of("时间：3月5日\n地点：镇文化站\n".encode()) is None
    assert kind_of(b"Date: today\nnothing more\n") is None


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_damage_in_a_letter_raises_nothing(data: st.DataObject) -> None:
    message = letter()
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="夜校.txt")
    raw = bytearray(bytes(message))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    extract_bytes(bytes(raw[: data.draw(st.integers(1, len(raw)))]))
