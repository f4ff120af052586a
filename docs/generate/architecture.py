"""Parts of the architecture page: the stages of the line and the contracts on imports, read from where they stand."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def line(_: str = "") -> str:
    """The stages of the line: the table in the docstring of `pipeline/flow.py`.

    Raises:
        LookupError: if it holds no table.
    """
    lines = _docstring(ROOT / "pipeline" / "flow.py").splitlines()
    table = [line for line in lines if line.startswith("|")]
    if not table:
        message = "the docstring of pipeline/flow.py holds no table of stages"
        raise LookupError(message)
    return "\n".join(table)


def contracts(_: str = "") -> str:
    """The layers of every contract on imports, the highest first."""
    return "\n\n".join(f"{contract['name']}:\n\n{_block(*contract['layers'])}" for contract in _contracts())


def _block(*lines: str) -> str:
    return "\n".join(["```text", *lines, "```"])


def _contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def _docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
