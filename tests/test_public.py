"""`import zongji` as a user's program sees it."""

from __future__ import annotations

import ast
import doctest
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zongji
from making import zip_of

pytest_plugins = ("format_files",)

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "tests" / "programs" / "public_names.py"
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / ".dev"), "MYPYPATH": str(ROOT / ".dev")}
TEXT = (
    "临河镇2023年工作总结\n一、主要工作\n3月20日在文化广场举办培训班2至3期，培训农民300余人。落实“三项制度”。\n"
    "二、其他\n发放资料××份，奖励10元/人。\n"
)
# As an installed package is checked: its own errors are not the user's.
CONFIG = "[mypy]\nstrict = true\n[mypy-zongji.*]\nfollow_imports = silent\n"


def python(*arguments: str, data: str = "") -> subprocess.CompletedProcess[str]:
    """A run of Python from another folder."""
    return subprocess.run(
        [sys.executable, *arguments], input=data, capture_output=True, text=True, check=False, env=ENVIRONMENT, cwd="/"
    )


# The names


def imported_for_type_checkers() -> set[str]:
    """The names that `zongji/__init__.py` imports where only a type checker looks."""
    tree = ast.parse(Path(zongji.__file__).read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0]
    homes = [node for node in found if (node.module or "").startswith("zongji.")]
    return {alias.name for node in homes for alias in node.names}


def test_type_checkers_and_programs_see_the_same_names() -> None:
    assert imported_for_type_checkers() | {"__version__"} == set(zongji.__all__)


@pytest.mark.parametrize("name", zongji.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(zongji, name) is not None


@pytest.mark.parametrize("name", [name for name in zongji.__all__ if name not in {"FIGURE_COLUMNS", "__version__"}])
def test_every_public_name_says_what_it_is(name: str) -> None:
    assert getattr(zongji, name).__doc__


def test_a_star_import_gives_all_names() -> None:
    names: dict[str, object] = {}
    exec("from zongji import *", names)  # noqa: S102  # the statement cannot stand in a function
    assert set(zongji.__all__) <= set(names)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'zongji' has no attribute 'extract_all'"):
        zongji.extract_all  # type: ignore[attr-defined]  # noqa: B018


def test_importing_the_package_imports_nothing_else() -> None:
    done = python("-c", "import sys; known = set(sys.modules); import zongji; print(sorted(set(sys.modules) - known))")
    assert done.stdout == "['__future__', 'zongji']\n"


def test_the_package_is_marked_as_typed() -> None:
    assert Path(zongji.__file__).with_name("py.typed").is_file()


def test_the_docstring_shows_what_happens() -> None:
    assert doctest.testmod(zongji).failed == 0


# A user's program


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[str], str]:
    """The output of mypy --strict for a program."""
    config = tmp_path / "mypy.ini"
    config.write_text(CONFIG, encoding="utf-8")

    def check(program: str) -> str:
        path = tmp_path / "program.py"
        path.write_text(program, encoding="utf-8")
        options = [
            "--config-file",
            str(config),
            "--cache-dir",
            str(ROOT / ".mypy_cache" / "user"),
            "--no-error-summary",
        ]
        return python("-m", "mypy", *options, str(path)).stdout

    return check


def test_a_program_with_every_public_name_is_clean_under_mypy_strict(checked: Callable[[str], str]) -> None:
    program = PROGRAM.read_text(encoding="utf-8")
    assert [name for name in zongji.__all__ if not re.search(rf"\b{name}\b", program)] == []
    assert checked(program) == ""


def test_mypy_sees_real_types_and_wrong_names(checked: Callable[[str], str]) -> None:
    said = checked(
        "import zongji\n"
        "reveal_type(zongji.extract_text(''))\n"
        "reveal_type(zongji.extract_file('a').failure)\n"
        "zongji.extract_all\n"
        "zongji.extract_text(1)\n"
    )
    assert 'Revealed type is "tuple[zongji.corpus.records.Document, ...]"' in said
    assert 'Revealed type is "zongji.corpus.records.Failure | None"' in said
    assert 'Module has no attribute "extract_all"' in said
    assert 'incompatible type "int"; expected "str"' in said


def test_a_program_with_every_public_name_runs(tmp_path: Path) -> None:
    done = python(str(PROGRAM), str(tmp_path))
    assert done.stderr == ""
    assert done.stdout.splitlines()[:6] == [
        "words 1",
        "lexicon True",
        "models True",
        "True True text",
        "2023-01-01 0 1200",
        "[('6场', False, <SectionLabel.ACHIEVEMENTS: 'achievements'>), "
        "('1200余人次', True, <SectionLabel.ACHIEVEMENTS: 'achievements'>)]",
    ]


def test_python_m_zongji_is_the_command() -> None:
    done = python("-m", "zongji", "extract", "-f", "jsonl", "-", data=TEXT)
    assert done.returncode == 0
    assert json.loads(done.stdout)["doc_type"] == "summary"


def test_python_m_zongji_reads_in_another_process(docx: Path) -> None:
    done = python("-m", "zongji", "extract", "-f", "jsonl", str(docx))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["source"]["format"] == "docx"


# Many files


def test_many_files_are_found_read_and_failed_one_by_one(tmp_path: Path, docx: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x1f\x8b" + bytes(20))
    (tmp_path / "c.zip").write_bytes(zip_of({"d.txt": TEXT.encode(), "e.txt": b""}))
    found = {
        Path(result.path).name + (f"/{result.member}" if result.member else ""): result.failure and result.failure.code
        for result in zongji.extract_files([tmp_path, docx])
    }
    assert found == {
        "a.txt": None,
        "b.txt": zongji.FailureCode.UNSUPPORTED_FORMAT,
        "c.zip/d.txt": None,
        "c.zip/e.txt": zongji.FailureCode.EMPTY,
        docx.name: None,
    }


def test_a_single_path_will_do(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert [result.path for result in zongji.extract_files(str(path))] == [str(path)]


@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"lexicons": ("nofile.tsv",)}, zongji.LexiconError, "nofile.tsv: cannot be read: No such file or directory"),
        ({"models": "nowhere"}, zongji.ArtefactError, "no models in nowhere"),
    ],
)
def test_unusable_settings_raise_before_the_first_file(
    fields: dict[str, object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        zongji.extract_files(["a.pdf"], zongji.Settings(**fields))  # type: ignore[arg-type]
