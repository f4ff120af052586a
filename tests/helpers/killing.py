"""Kills an import at random moments, again and again, and then lets it finish."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEED = 20  # any
START = 1.5  # seconds, in which an import begins
WORKING = 0.15  # seconds, in which it goes on


def command(folder: Path, database: str, *options: str) -> list[str]:
    """The command line of an import."""
    return [sys.executable, "-m", "zongji.cli", "import", str(folder), "--db", database, *options]


def environment() -> dict[str, str]:
    """The environment in which a child imports this checkout."""
    return os.environ | {"PYTHONPATH": str(ROOT / ".dev")}


def finish(command: Sequence[str]) -> None:
    """Run an import to its end, in which some files may fail."""
    done = subprocess.run(command, env=environment(), check=False, stderr=subprocess.PIPE)
    if done.returncode not in {0, 3}:
        raise RuntimeError(done.stderr.decode())


@dataclass(slots=True)
class Killed:
    """The result of killing an import."""

    hit: int = 0
    """Kills that came before the import had ended by itself."""
    reported: set[str] = field(default_factory=set)
    """The paths of files that were reported done."""


def kill(command: Sequence[str], kills: int, told: Callable[[str], None]) -> Killed:
    """Start the import and kill it with SIGKILL at a random moment, `kills` times.

    Every other time the moment is after the first report, so that the import makes progress.
    """
    chance, killed = random.Random(SEED), Killed()  # noqa: S311  # nothing secret
    for number in range(1, kills + 1):
        begun = time.monotonic()
        with tempfile.NamedTemporaryFile() as log:
            process = subprocess.Popen([*command, "--log-json"], env=environment(), stderr=log)
            if number % 2:
                time.sleep(chance.uniform(0, START))
            else:
                _await_report(process, Path(log.name))
                time.sleep(chance.uniform(0, WORKING))
            moment = time.monotonic() - begun
            running = process.poll() is None
            process.kill()
            process.wait()
            paths = set(_reported(Path(log.name).read_text(encoding="utf-8")))
        killed.hit += running
        killed.reported |= paths
        told(f"{number:2}  {'killed' if running else 'had ended'} after {moment:.2f} s, {len(paths):5,} files reported")
    return killed


def _await_report(process: subprocess.Popen[bytes], log: Path) -> None:
    while process.poll() is None and b'"event": "file"' not in log.read_bytes():
        time.sleep(0.01)


def _reported(log: str) -> Iterator[str]:
    """The paths in a log. Its last line may be cut off, and survivors of a killed process may write to it."""
    for line in log.split("\n"):
        with suppress(ValueError):
            event = json.loads(line)
            if event["event"] == "file":
                yield event["path"]
