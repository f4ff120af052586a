"""Texts that are hard on a reader, of any length: each is built to make one step of it look at everything again."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from large_tables import a_column, a_grid, a_row, docx, pdf, xlsx

SENTENCE = "全年举办科普讲座36场，听众4200余人次，发放科普资料1.2万份。"
_NUMERALS = "一二三四五六七八九十"


def repeated(unit: str) -> Callable[[int], bytes]:
    """A text of this unit alone."""
    return lambda length: (unit * (length // len(unit) + 1))[:length].encode()


def numbered(unit: Callable[[int], str], *, before: str = "") -> Callable[[int], bytes]:
    """A text of units that know their number, from 0."""

    def text(length: int) -> bytes:
        parts, written = [before], len(before)
        for number in count():
            if written >= length:
                break
            parts.append(unit(number))
            written += len(parts[-1])
        return "".join(parts).encode()

    return text


def _nested(opening: str, inside: str, closing: str) -> Callable[[int], bytes]:
    def text(length: int) -> bytes:
        depth = length // len(opening + closing)
        return (opening * depth + inside + closing * depth).encode()

    return text


def _wrapped(before: str, unit: Callable[[int], str], after: str) -> Callable[[int], bytes]:
    return lambda length: numbered(unit, before=before)(length) + after.encode()


def _mixed_encodings(length: int) -> bytes:
    """Lines in UTF-8 and GB18030 by turns, with a stray byte between."""
    pair = (SENTENCE + "\n").encode() + b"\xff" + (SENTENCE + "\n").encode("gb18030")
    return pair * (length // (2 * len(SENTENCE)) + 1)


def _heading(number: int) -> str:
    sign = _NUMERALS[number % 10]
    return (f"{sign}、工作情况\n", f"（{sign}）科普宣传\n", f"{number % 9 + 1}. 举办讲座\n")[number % 3]


def _page(inside: Callable[[int], str]) -> Callable[[int], bytes]:
    head = "<html><head><meta charset=utf-8><title>县科协2023年工作总结</title></head><body>"
    return _wrapped(head, inside, "</body></html>")


def _plan_or_result(number: int) -> str:
    return f"{number % 7 + 1}月计划举办培训班{number % 90 + 3}期，实际举办{number % 80 + 3}期，完成率{number % 99}%。\n"


TEXTS: dict[str, Callable[[int], bytes]] = {
    "one line of sentences": repeated(SENTENCE),
    "one line without a stop": repeated("举办讲座36场听众4200余人次"),
    "the same line": repeated(SENTENCE + "\n"),
    "lines that differ": numbered(_plan_or_result, before="县科协2023年工作总结\n"),
    "brackets nested": _nested("（", "举办讲座6场", "）"),
    "brackets never closed": repeated("（举办讲座6场"),
    "quotes never closed": repeated("“举办讲座6场，"),
    "digits": repeated("1234567890"),
    "digits with commas": repeated("123,"),
    "一 repeated": repeated("一"),
    "年月日 chains": repeated("2023年3月4日至2024年5月6日"),
    "headings only": numbered(_heading),
    "list markers": repeated("1、2、3、（一）①"),
    "blank lines": lambda length: ("总结\n" + "\n \u3000\n" * (length // 4) + SENTENCE).encode(),
    "blanks in a line": lambda length: ("总结" + " \u3000" * (length // 2) + SENTENCE).encode(),
    "all punctuation": repeated("，。；：？！、…—（）《》“”‘’·"),
    "question marks": repeated("?，学(xué)习?"),
    "names": numbered(lambda number: f"张{_NUMERALS[number % 10]}{_NUMERALS[number // 10 % 10]}、"),
    "organizations": numbered(lambda number: f"第{number % 97 + 1}中学、县科学技术协会、", before="责任单位："),
    "measure words": repeated("36场次个人"),
    "fractions and percents": repeated("增长12.5%，三分之二，"),
    "a table of one column": numbered(lambda number: f"{number % 97}\t\n", before="项目\t场次\n"),
    "a table": numbered(lambda number: f"讲座{number % 97}\t{number % 89}\t{number % 83}\n", before="项目\t计划\n"),
    "lines like csv": numbered(lambda number: f"{number},讲座,{number % 89},场,“完成”\n", before="序号,项目,数量\n"),
    "mixed encodings": _mixed_encodings,
    "openings of documents": numbered(lambda number: f"{2000 + number % 25}年工作总结\n一年来，举办讲座6场。\n"),
    "markdown headings": numbered(lambda number: f"{'#' * (number % 6 + 1)} 一、工作\n举办讲座6场。\n"),
    "markdown table": numbered(
        lambda number: f"| 讲座{number % 97} | {number % 89} |\n",
        before="# 总结\n# 表\n|项目|场次|\n|-|-|\n",
    ),
    "entities": repeated("&nbsp;&#12288;&amp;举办讲座6场"),
    "html, one tag deep": _nested("<div>", SENTENCE, "</div>"),
    "html, one tag wide": _page(lambda _: "<p>举办讲座6场。</p>"),
    "html, table cells": _wrapped("<html><body><table><tr>", lambda _: "<td>6场</td>", "</tr></table></body></html>"),
    "html, table rows": _page(lambda number: f"<table><tr><td>讲座</td><td>{number % 89}</td></tr></table>"),
    "html, links": _page(lambda number: f"<a href=/{number}>举办讲座{number % 89}场</a> "),
    "html, never closed": _page(lambda _: "<b><i><p>举办讲座6场"),
    "docx, a row of cells": a_row(docx),
    "docx, a column of cells": a_column(docx),
    "docx, a table": a_grid(docx),
    "xlsx, rows of 16,000 cells": a_row(xlsx),
    "xlsx, a column of cells": a_column(xlsx),
    "xlsx, a table": a_grid(xlsx),
    "pdf, a table": a_grid(pdf),
}
"""By what is hard about them; a length, in characters, gives the bytes."""
