"""The documentation: generated pages are complete, and included files exist."""

from __future__ import annotations

import doctest
import re

import architecture
import command_line
import included
import pytest
from conftest import ROOMS
from typer.testing import CliRunner
from zongji.cli import app


def _help(*words: str) -> str:
    return CliRunner().invoke(app, [*words, "--help"]).output


def _commands() -> list[str]:
    return re.findall(r"^  ([a-z-]+) ", _help().partition("Commands:")[2], re.MULTILINE)


def _options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))


def _section(command: str) -> str:
    return command_line.reference().partition(f"## zongji {command}\n")[2].partition("\n## ")[0]


def test_help_names_the_commands() -> None:
    assert {"extract", "import", "import-labels", "train"} <= set(_commands())


@pytest.mark.parametrize("command", _commands())
def test_the_reference_has_every_option_of_a_command(command: str) -> None:
    assert _options(_help(command)) - {"--help"} <= _options(_section(command))


def test_signs_of_markdown_in_a_help_text_stay_signs() -> None:
    assert r"'\*.txt'" in _section("import")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_for(room: str) -> None:
    assert re.search(rf"^\| `{room}/` \| \w.*\|$", included.section("CONTRIBUTING.md The rooms"), re.MULTILINE)


def test_the_contracts_are_those_of_the_linter() -> None:
    assert "zongji.cli\nzongji.pipeline\nzongji.models\nzongji.corpus" in architecture.contracts()


def test_the_line_is_that_of_the_flow() -> None:
    assert re.search(r"\n\| restore  .*\n(\|.*\n)*\| locate  .*\|$", architecture.line())


def test_a_section_is_taken_with_its_heading_alone() -> None:
    section = included.section("README.md Quick start")
    assert section.startswith("## Quick start\n")
    assert section.count("\n## ") == 0


def test_a_section_that_is_gone_is_named() -> None:
    with pytest.raises(LookupError, match="'No such section'"):
        included.section("README.md No such section")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[a](docs/records.md#figure)", "[a](records.md#figure)"),
        ("[a](CONTRIBUTING.md)", "[a](contributing.md)"),
        ("[a](corpus/gold/README.md)", "a"),
        ("[a](https://example.org/x)", "[a](https://example.org/x)"),
        ("![a](docs/images/a.png)", "![a](images/a.png)"),
    ],
)
def test_links_lead_to_pages(written: str, shown: str) -> None:
    assert included.linked(written) == shown


def test_an_unknown_part_stops_the_build() -> None:
    hook = pytest.importorskip("hook", reason="the site is not tested; install zongji[docs]")
    with pytest.raises(hook.PluginError, match="generated: nonsense"):
        hook.on_page_markdown("<!-- generated: nonsense -->")


def test_the_python_examples_run() -> None:
    assert doctest.testfile(str(included.ROOT / "docs" / "python.md"), module_relative=False).failed == 0
