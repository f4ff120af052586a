"""Real files for the tests, written by real programs: python-docx, LibreOffice, reportlab, openpyxl, pdfium."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SUMMARY = """县科协2023年工作总结
2023年，县科协在县委、县政府的领导下，认真履行职责，较好地完成了各项任务。现将“一年来”的工作情况总结如下：
一、工作开展情况
（一）科普宣传有声势。全年举办科普讲座36场，听众4200余人次，发放科普资料1.2万份，展出展板168块，张挂横幅40余条，\
接受群众咨询1800多人次，营造了浓厚的科普氛围，受到干部群众的普遍欢迎。
（二）科技培训有实效。举办实用技术培训班14期，培训农民1860人次，选聘农技专家32名，组成科技小分队5支。
项目\t计划场次\t完成场次\t参加人数（人次）
科普讲座\t30\t36\t4200
技能培训\t12\t14\t1860
合计\t42\t50\t6060
二、存在的问题
一是科普经费不足；二是基层组织不够健全。
三、下一步打算
2024年计划举办科普讲座40场，培训农民2000人次以上。"""

FONT = next(iter(sorted(Path("/usr/share/fonts").rglob("wqy-zenhei.ttc"))), None)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


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


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NUMBERING = f"""<w:abstractNum {_W} w:abstractNumId="77">
<w:multiLevelType w:val="multilevel"/>{{}}</w:abstractNum>"""
_LEVEL = """<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:suff w:val="nothing"/>
<w:lvlText w:val="{}"/><w:lvlJc w:val="left"/></w:lvl>"""


def numbered_docx(path: Path) -> Path:
    """A document whose headings are numbered by Word, with a table under a header of two rows and a text box."""
    import docx  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415

    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = enumerate((("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")))
    numbering.insert(0, parse_xml(_NUMBERING.format("".join(_LEVEL.format(depth, *level) for depth, level in levels))))
    numbering.append(parse_xml(f'<w:num {_W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

    def add(text: str, level: int | None = None) -> None:
        paragraph = document.add_paragraph(text)
        if level is not None:
            number = f'<w:numPr {_W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))

    add("县科协2023年工作总结")
    add("一年来，县科协认真履行职责。现将有关情况总结如下：")
    add("工作开展情况", 0)
    add("科普宣传", 1)
    add("全年举办科普讲座6场。")
    add("科普培训", 1)
    add("举办实用技术培训班12期。", 2)
    add("培训农民800人次。", 2)
    rows = [["项目", "计划", "", "完成", ""], ["", "场次", "人数（人次）", "场次", "人数（人次）"],
            ["科普讲座", "6", "1200", "8", "1300"], ["技能\n培训", "12", "800", "10", "900"]]  # fmt: skip
    table = add_table(document, rows)
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(0, 4))
    table.cell(0, 0).merge(table.cell(1, 0))
    add("存在的问题", 0)
    add("经费不足。")
    document.save(str(path))
    return path


def pdf_of(pages: Sequence[Sequence[tuple[float, float, str]]], font: Path, **options: Any) -> bytes:  # noqa: ANN401
    """A PDF with these lines: how far from the left and the bottom (in points), and the text, in 12 points."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.pdfgen import canvas  # noqa: PLC0415

    pdfmetrics.registerFont(TTFont("test", str(font), subfontIndex=0))
    stream = io.BytesIO()
    drawing = canvas.Canvas(stream, pagesize=A4, pageCompression=0, **options)
    for lines in pages:
        drawing.setFont("test", 12)
        for left, bottom, text in lines:
            drawing.drawString(left, bottom, text)
        drawing.showPage()
    drawing.save()
    return stream.getvalue()


def workbook() -> bytes:
    """An xlsx with merged cells, formulas without values, percentages and a hidden sheet."""
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    sheet = book.active
    rows = [["2023年科普活动计划表"], ["单位：万元"], ["项目", "计划", None, "完成", None],
            [None, "场次", "经费", "场次", "完成率"], ["科普讲座", 6, 1.5, 8, 1.33], ["技能培训", 12, 3, 10, 0.83],
            ["合计", "=SUM(B5:B6)", 4.5, 18, 1]]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for area in ("A1:E1", "B3:C3", "D3:E3", "A3:A4"):
        sheet.merge_cells(area)
    for row in range(5, 8):
        sheet.cell(row, 5).number_format = "0%"
    hidden = book.create_sheet("旧表")
    hidden.append(["培训999人"])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zip_of(members: dict[str, bytes], *, encoding: str = "gbk") -> bytes:
    """A zip with names in this encoding without marking it, as Chinese Windows writes it."""
    stream = io.BytesIO()
    raw = {f"{number:04}".ljust(len(name.encode(encoding)), "x"): name for number, name in enumerate(members)}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for plain_name, name in raw.items():
            archive.writestr(plain_name, members[name])
    data = stream.getvalue()
    for plain_name, name in raw.items():
        data = data.replace(plain_name.encode(), name.encode(encoding))
    return data


def with_part(package: bytes, name: str, content: bytes | None) -> bytes:
    """An office file with one part exchanged, or left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = content if part == name else old.read(part)
            if data is not None:
                new.writestr(part, data)
    return stream.getvalue()
