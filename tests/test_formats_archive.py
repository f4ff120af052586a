"""Archives are read member by member; malicious ones fail cheaply."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from making import zip_of
from zongji.corpus.records import Failure
from zongji.pipeline.reading.reader import extract_bytes, extract_members
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.sources import Limits

pytest_plugins = ("format_files",)

TEXT = "一年来，县科协举办讲座6场。".encode()


def members(data: bytes, tmp_path: Path, **limits: int) -> dict[str | None, Failure | None]:
    """The members of an archive with their failures."""
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    return {result.member: result.failure for result in extract_members(path, Settings(limits=Limits(**limits)))}


def test_names_in_gbk_are_decoded(tmp_path: Path) -> None:
    found = members(zip_of({"工作总结/二〇二三年.txt": TEXT, "计划.txt": TEXT}), tmp_path)
    assert found == {"工作总结/二〇二三年.txt": None, "计划.txt": None}


def test_names_in_utf8_are_known_without_their_mark(tmp_path: Path) -> None:
    assert members(zip_of({"总结.txt": TEXT}, encoding="utf-8"), tmp_path) == {"总结.txt": None}


def test_a_figure_knows_the_member_it_stands_in() -> None:
    result = extract_bytes(zip_of({"总结.txt": "县科协工作总结\n".encode() + TEXT}), path="a.zip")
    (document,) = result.documents
    (figure,) = document.figures
    assert figure.place is not None
    assert (document.source.path, document.source.member, figure.place.member, figure.place.line) == (
        "a.zip",
        "总结.txt",
        "总结.txt",
        2,
    )


def test_a_bad_member_costs_itself_alone(tmp_path: Path) -> None:
    found = members(zip_of({"坏.pdf": b"%PDF-1.7 ", "好.txt": TEXT}), tmp_path)
    assert found["好.txt"] is None
    assert "PDF" in str(found["坏.pdf"])


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    found = members(zip_of({"bomb.txt": b"0" * 50_000_000, "good.txt": TEXT}), tmp_path)
    assert found["good.txt"] is None
    assert "zip bomb" in str(found["bomb.txt"])


def test_a_header_that_lies_about_the_size_is_not_believed(tmp_path: Path) -> None:
    data = zip_of({"bomb.txt": b"0" * 50_000_000})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.infolist()[0].file_size.to_bytes(4, "little")
    found = members(data.replace(size, (100).to_bytes(4, "little")), tmp_path)
    assert found["bomb.txt"] is not None


def test_archives_are_opened_once_inside_an_archive(tmp_path: Path) -> None:
    inner = zip_of({"内.txt": TEXT})
    found = members(zip_of({"一.zip": inner, "二.zip": zip_of({"三.zip": inner})}), tmp_path)
    assert found["一.zip/内.txt"] is None
    assert "nesting" in str(found["二.zip/三.zip"])


def test_only_so_many_members_are_read(tmp_path: Path) -> None:
    found = members(zip_of({f"{number}.txt": TEXT for number in range(5)}), tmp_path, members=2)
    assert [failure is None for failure in found.values()] == [True, True, False]


def test_a_path_that_leads_out_is_only_a_name(tmp_path: Path) -> None:
    found = members(zip_of({"../../evil.txt": TEXT}), tmp_path)
    assert found == {"../../evil.txt": None}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip"]


def test_what_systems_leave_in_archives_is_left_out(tmp_path: Path) -> None:
    assert set(members(zip_of({"__MACOSX/._a": b"x", ".DS_Store": b"x", "a.txt": TEXT}), tmp_path)) == {"a.txt"}


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + b"\0" * 50, zip_of({"a.txt": TEXT})[:60], zip_of({})], ids=["zeros", "cut off", "empty"]
)
def test_an_archive_that_cannot_be_opened_or_is_empty_says_so(data: bytes) -> None:
    failure = extract_bytes(data).failure
    assert failure is not None
    assert "archive" in failure.message or "zip" in failure.message
