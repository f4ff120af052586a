"""Real files for the tests of formats, each made once by the program whose format it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from making import FONT, SOFFICE, SUMMARY, as_docx, numbered_docx, save_on


def required(name: str, program: str | None, package: str) -> None:
    """Skips a test whose program is missing; fails it where the programs have to be there, as in CI."""
    if program is None:
        message = f"{name} IS NOT INSTALLED, so what it reads or writes is not tested; install {package}"
        if os.environ.get("ZONGJI_REQUIRE_PROGRAMS"):
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(scope="session")
def soffice() -> None:
    required("LibreOffice", SOFFICE, "libreoffice-writer-nogui libreoffice-calc-nogui")


@pytest.fixture(scope="session")
def antiword() -> None:
    required("antiword", shutil.which("antiword"), "antiword")


@pytest.fixture(scope="session")
def font() -> Path:
    required("a Chinese TrueType font", FONT, "fonts-wqy-zenhei")
    return Path(str(FONT))


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files that several tests read."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="session")
def docx(files: Path) -> Path:
    return as_docx(SUMMARY, files / "summary.docx")


@pytest.fixture(scope="session")
def numbered(files: Path) -> Path:
    return numbered_docx(files / "numbered.docx")


@pytest.fixture(scope="session")
def saved(files: Path, docx: Path, numbered: Path, soffice: None) -> Callable[[str, str], Path]:  # noqa: ARG001
    """The path of one of the two documents as LibreOffice saves it in another format."""
    done: set[str] = set()

    def path(stem: str, extension: str) -> Path:
        if extension not in done:
            save_on([docx, numbered], extension, files)
            done.add(extension)
        return files / f"{stem}.{extension}"

    return path
