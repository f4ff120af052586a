"""Many small files, all different, made from the annotated development documents; the same seed, the same files."""

from __future__ import annotations

import random
from pathlib import Path

from texts import gold, gold_text

SEED = 6  # any
_ORGANIZATIONS = ("科协", "妇联", "农业农村局", "图书馆", "文化站", "气象局", "卫健局", "团委", "残联", "司法所")
_PLACES = ("临河", "石桥", "云岭", "岚溪", "荆山", "青泽", "白鹭", "长桥", "南屏", "东坪")
_PER_FOLDER = 1000


def make(folder: Path, number: int, *, lines: int = 6) -> None:
    """Write `number` files of a title and `lines` lines into folders below `folder`; existing ones stay."""
    stock = [line for text in gold_text(gold()).parts for line in text.split("\n") if 20 < len(line) < 200]
    for index in range(number):
        path = folder / f"{index // _PER_FOLDER:04}" / f"{index:07}.txt"
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(random.Random(SEED * 10_000_000 + index), stock, lines), encoding="utf-8")  # noqa: S311


def _text(chance: random.Random, stock: list[str], lines: int) -> str:
    """A title that names an organization and a year, and lines of documents with other numbers in them."""
    title = f"{chance.choice(_PLACES)}县{chance.choice(_ORGANIZATIONS)}{chance.randint(2005, 2024)}年工作总结"
    body = [_renumbered(chance, line) for line in chance.sample(stock, lines)]
    return "\n".join([title, *body, ""])


def _renumbered(chance: random.Random, line: str) -> str:
    return "".join(str(chance.randint(0, 9)) if sign in "3456789" else sign for sign in line)
