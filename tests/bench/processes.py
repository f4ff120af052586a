"""Measurements that need a separate process: start-up time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import zongji

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "corpus" / "samples" / "kexie-2022.txt"
LIMITS = {"zongji --help": 0.3, "zongji extract, one small file": 1.0}  # seconds, issue 2


@dataclass(frozen=True, slots=True)
class Start:
    """The median time of a whole process."""

    name: str
    seconds: float
    limit: float


def starts(*, repetitions: int = 5) -> list[Start]:
    """The command line's two starts, each after one that is not counted (it may compile bytecode)."""
    commands = zip(LIMITS.items(), (["--help"], ["extract", "-f", "jsonl", str(SAMPLE)]), strict=True)
    return [Start(name, _command(arguments, repetitions), limit) for (name, limit), arguments in commands]


def _command(arguments: Sequence[str], repetitions: int) -> float:
    times = []
    for _ in range(repetitions + 1):
        start = perf_counter()
        subprocess.run(
            [sys.executable, "-m", "zongji.cli", *arguments], env=_environment(), capture_output=True, check=True
        )
        times.append(perf_counter() - start)
    return median(times[1:])


def peak_of(name: str, parts: Sequence[str]) -> float | None:
    """Million bytes at most in use by a process that loads one entry and reads the parts; None if it cannot tell."""
    command = [sys.executable, "-W", "ignore", str(HERE / "peak.py"), name]
    done = subprocess.run(
        command, env=_environment(), input=json.dumps(parts).encode(), capture_output=True, check=False
    )
    return None if done.returncode else json.loads(done.stdout)


def _environment() -> dict[str, str]:
    """The environment in which a child imports the same zongji as we do."""
    root = str(Path(zongji.__file__).parents[1])
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))}
