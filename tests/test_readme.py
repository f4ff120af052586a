"""What the READMEs show is what the program does."""

from __future__ import annotations

import doctest
import io
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner
from zongji import extract_text
from zongji.cli import app
from zongji.pipeline.reading.reader import Result
from zongji.pipeline.sinks.options import Options
from zongji.pipeline.sinks.table import Table

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)


def shown(text: str) -> str:
    stream = io.StringIO()
    Table(stream, Options()).write(Result("", extract_text(text)))
    return "\n".join(line.rstrip() for line in stream.getvalue().strip("\n").split("\n")[2:])


@pytest.mark.parametrize("name", READMES)
def test_the_example_is_the_real_output(name: str) -> None:
    source, table = blocks(name, "text")[:2]
    assert shown(source) == table.rstrip("\n")


@pytest.mark.parametrize("name", READMES)
def test_quick_start_has_exactly_two_commands(name: str) -> None:
    commands = [line for block in blocks(name, "sh") for line in block.splitlines()]
    assert len(commands) == 2


def test_both_readmes_have_the_same_commands() -> None:
    assert blocks("README.md", "sh") == blocks("README.zh.md", "sh")


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize(
    "command",
    "extract restore inspect doctor schema evaluate train import status why search export report review".split(),
)
def test_every_command_is_in_the_readme(name: str, command: str) -> None:
    assert f"zongji {command}" in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("command", ["extract", "import", "export", "report", "review", "import-labels"])
def test_every_option_is_in_the_readme(name: str, command: str) -> None:
    options = set(re.findall(r"--[a-z][a-z-]+", CliRunner().invoke(app, [command, "--help"]).output)) - {"--help"}
    written = (ROOT / name).read_text(encoding="utf-8")
    shown_otherwise = {"--format", "--output", "--copies"}  # as -f, -o and --no-copies
    assert not {option for option in options if option not in written} - shown_otherwise


def test_the_python_example_runs() -> None:
    assert doctest.testfile(str(ROOT / "README.md"), module_relative=False).failed == 0
