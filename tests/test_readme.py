"""The READMEs match the program."""

from __future__ import annotations

import doctest
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer import Context
from typer.main import get_group
from zongji import extract_text
from zongji.cli import app
from zongji.pipeline.commands.group import LazyGroup
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
@pytest.mark.parametrize("command", list(LazyGroup.functions))
def test_every_command_is_in_the_readme(name: str, command: str) -> None:
    assert f"zongji {command}" in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_every_option_of_the_readme_exists(name: str) -> None:
    known = {option for command in LazyGroup.functions for option in options_of(command)}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / name).read_text(encoding="utf-8"))) <= known | {"--help"}


def options_of(command: str) -> set[str]:
    group = get_group(app)
    parameters = group.get_command(Context(group), command).params
    return {name for parameter in parameters for name in (*parameter.opts, *parameter.secondary_opts)}


@pytest.mark.parametrize("name", READMES)
def test_the_interactive_example_shows_what_happens(name: str) -> None:
    assert doctest.testfile(str(ROOT / name), module_relative=False).failed == 0


def test_both_readmes_have_the_same_programs() -> None:
    assert blocks("README.md", "python") == blocks("README.zh.md", "python")


def ran(program: str, folder: Path) -> list[str]:
    """The lines that a program prints when it is run as a script in a folder."""
    (folder / "program.py").write_text(program, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / ".dev"), *sys.path])}
    done = subprocess.run(
        [sys.executable, "program.py"], capture_output=True, text=True, check=True, cwd=folder, env=environment
    )
    return done.stdout.splitlines()


def test_the_program_for_many_files_runs(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="A README EXAMPLE IS NOT TESTED; install zongji[pandas]")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("一年来，县科协举办讲座6场，听众1200余人次。", encoding="utf-8")
    (tmp_path / "reports" / "b.txt").write_text("", encoding="utf-8")
    (tmp_path / "reports" / "c.pdf").write_bytes(b"%PDF-1.7\n" + bytes(40))
    lines = [" ".join(line.split()) for line in ran(blocks("README.md", "python")[1], tmp_path)]
    assert [line[:22] for line in lines[:2]] == ["reports/b.txt empty it", "reports/c.pdf damaged "]
    assert "participants 1200.0" in lines
    assert "sessions 6.0" in lines


def test_the_program_for_spacy_runs(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("kind\tword\tsays\nunit\t车次\tparticipants\n", encoding="utf-8")
    lines = ran(blocks("README.md", "python")[2], tmp_path)
    assert lines == ["[('6场', 'sessions'), ('1200余人次', 'participants')]"]
