"""Formats readable on this machine, and what to install for the others: for `zongji doctor`."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from zongji.pipeline.sources import BINARIES, FORMATS, libreoffice, programs
from zongji.pipeline.sources.archive import CONTAINERS


@dataclass(frozen=True, slots=True)
class Ability:
    """A format: its extensions, what reads it here, and what to install if nothing does."""

    format: str
    extensions: tuple[str, ...]
    reads: bool
    reader: str
    install: str = ""


@dataclass(frozen=True, slots=True)
class _Need:
    """The requirement of some formats: Python modules, or one of several programs."""

    formats: tuple[str, ...]
    modules: tuple[str, ...]
    install: str
    programs: tuple[tuple[str, ...], ...] = ()


_OURS = "pip install --force-reinstall zongji"  # they come with it
_NEEDS = (
    _Need(("7z",), ("py7zr",), 'pip install "zongji[archives]"'),
    _Need(("docx",), ("lxml",), _OURS),
    _Need(("doc",), (), "antiword and LibreOffice", (("antiword", "soffice", "libreoffice"),)),
    _Need(("rtf", "odt", "word-xml"), ("lxml",), "LibreOffice", (("soffice", "libreoffice"),)),
    _Need(("xlsx",), ("openpyxl",), _OURS),
    _Need(("xls",), ("xlrd",), _OURS),
    _Need(("xlsb", "ods"), ("python_calamine",), _OURS),
    _Need(("pdf",), ("pypdfium2", "pdfplumber"), _OURS),
    _Need(("image",), ("rapidocr", "onnxruntime"), 'pip install "zongji[ocr]"'),
)


def abilities() -> Iterator[Ability]:
    """All formats with what reads them; scanned PDF is listed separately."""
    for name, form in FORMATS.items():
        yield Ability(name, form.extensions, reads=True, reader="zongji")
    needs = {name: need for need in _NEEDS for name in need.formats}
    archives = ((name, container.extensions) for name, container in CONTAINERS.items())
    binaries = ((name, binary.extensions) for name, binary in BINARIES.items())
    for name, extensions in (*archives, *binaries):
        ours = Ability(name, extensions, reads=True, reader="zongji")
        yield _ability(name, extensions, needs[name]) if name in needs else ours
    yield _ability("scanned pdf", (".pdf",), needs["image"])


def _ability(name: str, extensions: tuple[str, ...], need: _Need) -> Ability:
    missing = [module for module in need.modules if importlib.util.find_spec(module) is None]
    found = [path for names in need.programs if (path := programs.found(*names))]
    reads = not missing and len(found) == len(need.programs)
    reader = " ".join((*(module for module in need.modules if module not in missing), *found))
    lacking = name == "doc" and reads and (libreoffice.program() is None or programs.found("antiword") is None)
    return Ability(name, extensions, reads, reader, "" if reads and not lacking else need.install)
