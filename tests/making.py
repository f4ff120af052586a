"""Real files for the tests, written by real programs: python-docx, LibreOffice, reportlab, openpyxl, pdfium."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_MARKER = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]")


def plain(text: str) -> str:
    """A text as a word processor keeps it: a paragraph a line, without blanks around it."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def as_docx(text: str, path: Path) -> Path:
    """A text as an office sets it: A4, paragraphs set in by two characters, rows with tabs as tables, a page number."""
    import docx  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = "县科学技术协会文件"
    section.footer.paragraphs[0]._p.append(parse_xml(_PAGE_FIELD))
    section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Normal"].font.size = Pt(12)
    rows: list[list[str]] = []
    for number, line in enumerate([*text.split("\n"), ""]):
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            add_table(document, rows)
            rows = []
        if line.strip():
            paragraph = document.add_paragraph(line.strip())
            if number == 0 and len(line) < 40:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            else:
                paragraph.paragraph_format.first_line_indent = Pt(24)
    document.save(str(path))
    return path


_PAGE_FIELD = (
    '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:instr="PAGE">'
    "<w:r><w:t>1</w:t></w:r></w:fldSimple>"
)


def add_table(document: Any, rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401  # a python-docx table
    """A ruled table with these cells."""
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    table.style = "Table Grid"
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    return table


def save_on(paths: Sequence[Path], extension: str, folder: Path) -> list[Path]:
    """The files as LibreOffice saves them in another format."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [str(SOFFICE), "--headless", f"-env:UserInstallation={Path(profile).as_uri()}", "--convert-to", extension,
             "--outdir", str(folder), *map(str, paths)],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
    return [folder / f"{path.stem}.{extension}" for path in paths]


def as_pictures(pdf: bytes, dots: int = 200) -> list[Any]:
    """The pages of a PDF as grey pictures."""
    import pypdfium2  # noqa: PLC0415

    return [page.render(scale=dots / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


def as_scan(path: Path) -> Path:
    """A PDF of pictures of another one's pages."""
    pictures = as_pictures(path.read_bytes())
    target = path.with_suffix(".scan.pdf")
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", resolution=200, save_all=True, append_images=pictures[1:])
    target.write_bytes(stream.getvalue())
    return target
