"""The changelog in changes and releases.

python .ci/changelog.py check [BASE]     exit code 1 if code changed since BASE (main) and CHANGELOG.md did not
python .ci/changelog.py notes VERSION    print the section of a released version, as release notes
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHANGELOG = "CHANGELOG.md"
CODE = ("pipeline/", "models/", "corpus/lexicons/", "cli.py")  # what users see changes here


class ChangelogError(Exception):
    """Says what the changelog lacks, and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run one of the two commands; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check").add_argument("base", nargs="?", default="main")
    commands.add_parser("notes").add_argument("version")
    options = parser.parse_args(arguments)
    try:
        if options.command == "check":
            check(changed_files(options.base))
        else:
            print(notes((ROOT / CHANGELOG).read_text(encoding="utf-8"), options.version))
    except ChangelogError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def changed_files(base: str) -> list[str]:
    """The paths that differ between the working tree and where it left `base`.

    Raises:
        ChangelogError: if git knows no such base.
    """
    try:
        left = _git("merge-base", base, "HEAD").strip()
        return _git("diff", "--name-only", left).splitlines()
    except subprocess.CalledProcessError as error:
        message = f"cannot compare with {base}: {error.stderr.strip()}"
        raise ChangelogError(message) from None


def check(changed: list[str]) -> None:
    """Hold the changed paths against each other.

    Raises:
        ChangelogError: if code changed and the changelog did not.
    """
    code = [path for path in changed if path.startswith(CODE)]
    if code and CHANGELOG not in changed:
        message = (
            f"{code[0]} changed ({len(code)} such files), {CHANGELOG} did not: add a line on what a user will see, "
            "or give the pull request the label `no changelog`"
        )
        raise ChangelogError(message)


def notes(changelog: str, version: str) -> str:
    """The section of a version, without its heading.

    Raises:
        ChangelogError: if there is none, or its heading has no date yet.
    """
    found = re.search(rf"^## {re.escape(version)} \(([^)\n]+)\)\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if not found:
        message = f"{CHANGELOG} has no section '## {version} (DATE)'"
        raise ChangelogError(message)
    date, text = found.groups()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
        message = f"{CHANGELOG}: '## {version} ({date})' needs the date of the release, as YYYY-MM-DD"
        raise ChangelogError(message)
    return text.strip()


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603, S607
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
