"""A small sound file of every format that we read, each written by the program whose format it is."""

from __future__ import annotations

import io
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

from making import FONT, SOFFICE, SUMMARY, as_docx, numbered_docx, pdf_of, save_on, workbook, zip_of

_PAGE = (
    "<html><head><meta charset={}><title>县科协2023年工作总结</title></head><body>"
    "<div class=nav><a href=/>首页</a></div><div class=content>{}</div><div class=footer>版权所有</div></body></html>"
)


def specimens(folder: Path) -> dict[str, bytes]:
    """The files by their names; programs work in the folder. What a missing program would write is left out."""
    docx, numbered = as_docx(SUMMARY, folder / "summary.docx"), numbered_docx(folder / "numbered.docx")
    xlsx = folder / "book.xlsx"
    xlsx.write_bytes(workbook())
    saved = [docx, numbered, xlsx]
    if SOFFICE is not None:
        for extension in ("doc", "rtf", "odt"):
            saved += save_on([docx], extension, folder)
        for extension in ("xls", "ods"):
            saved += save_on([xlsx], extension, folder)
    found = {path.name: path.read_bytes() for path in saved} | _texts()
    if FONT is not None:
        found |= _printed(FONT)
    return found | {"archive.zip": zip_of({"总结.txt": found["gb.txt"], "册/表.xlsx": found["book.xlsx"]})}


def _texts() -> dict[str, bytes]:
    """The summary in the encodings and formats that texts come in."""
    rows = [line.split("\t") for line in SUMMARY.split("\n") if "\t" in line]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    paragraphs = "".join(f"<p>{line}</p>" for line in SUMMARY.split("\n") if "\t" not in line)
    page = f"{paragraphs}<table>{table}</table>"
    message = MIMEMultipart("related")
    message.attach(MIMEText(_PAGE.format("utf-8", page), "html", "utf-8"))
    return {
        "utf-8.txt": SUMMARY.encode(),
        "gb.txt": SUMMARY.encode("gb18030"),
        "utf-16.txt": SUMMARY.encode("utf-16"),
        "big5.txt": "縣婦聯2023年工作總結\n一年來，舉辦講座6場，聽眾1200餘人次，發放資料5000份。\n".encode("big5") * 5,
        "page.html": _PAGE.format("gbk", page).encode("gbk"),
        "notes.md": SUMMARY.replace("\n一、", "\n# 一、").replace("\n二、", "\n# 二、").encode(),
        "saved.mht": message.as_bytes(),
    }


def _printed(font: Path) -> dict[str, bytes]:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    lines = [line for line in SUMMARY.split("\n") if "\t" not in line]
    placed = [(72.0, 740.0 - 20 * place, line[:36]) for place, line in enumerate(lines)]
    picture = Image.new("L", (620, 60), 255)
    drawn = ImageDraw.Draw(picture)
    drawn.text((10, 10), "全年举办科普讲座36场，听众4200人次", font=ImageFont.truetype(str(font), 32))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return {"summary.pdf": pdf_of([placed, placed], font), "scan.png": stream.getvalue()}
