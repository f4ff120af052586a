"""Inputs that are too much for their limits: each ends near them, is named once, and costs its neighbours nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from commands import Ended, run_command
from imports import rows
from pathological import SENTENCE, repeated
from trials import Outcome, complaints

SECONDS, MEMORY = 20, 1000  # the limits of a file, seconds and MiB
MEBIBYTE = 1 << 20
_LATE = 3  # seconds after its limit in which a file has stopped
_START = 15  # seconds for the start and the end of a run, on a busy machine
_SOUND = f"县科协2023年工作总结\n{SENTENCE}\n"


def _archive(size: int) -> bytes:
    """Six times the size of a text, in 300 members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for number in range(300):
            package.writestr(f"{number:03}.txt", repeated(f"{SENTENCE}\n")(6 * size // 300 // 3))
    return stream.getvalue()


INPUTS: dict[str, Callable[[int], bytes]] = {
    "one line": lambda size: repeated(SENTENCE)(size // 3),
    "lines": lambda size: repeated(f"{SENTENCE}\n")(size // 3),
    "archive": _archive,
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "extract": ("extract", "-f", "jsonl"),
    "inspect": ("inspect", "--json"),
    "import": ("import", "--log-json", "--workers", "2"),
    "import in one process": ("import", "--log-json", "--workers", "0"),
    "trace": ("trace",),
}


@dataclass(slots=True)
class Limits:
    """Every input by every command, between two sound files."""

    name: str = "limits"
    trials: int = len(INPUTS) * len(COMMANDS)
    size: int = 50_000_000
    """Bytes of the texts."""
    seconds: int = SECONDS

    def run(self, numbers: Iterable[int], seed: int, folder: Path) -> Iterator[Outcome]:  # noqa: ARG002  # nothing random
        """Each in a folder of its own."""
        for number in numbers:
            kind, command = list(INPUTS)[number // len(COMMANDS)], list(COMMANDS)[number % len(COMMANDS)]
            files = folder / f"{number}"
            files.mkdir()
            large = files / ("b.zip" if kind == "archive" else "b.txt")
            large.write_bytes(INPUTS[kind](self.size))
            for name in ("a.txt", "c.txt"):
                (files / name).write_text(f"{name}\n{_SOUND}", encoding="utf-8")
            given = [large] if command == "trace" else [files] if "import" in command else sorted(files.iterdir())
            database = f"sqlite:///{files}.db"
            stored = ("--db", database) if "import" in command else ()
            limits = ("--limit", f"seconds={self.seconds}", "--limit", f"memory={MEMORY}")
            most = self.seconds + _LATE + _START
            ended = run_command(*COMMANDS[command], *stored, *limits, *map(str, given), silent=most)
            faults = [*self._faults(ended, large), *_lost(ended, files, database)]
            large.unlink()
            note = f"{ended.seconds:.1f} s, {ended.megabytes:.0f} MB"
            yield Outcome(number, f"limits, {kind}, {command}", tuple(faults), note=note)

    def _faults(self, ended: Ended, large: Path) -> Iterator[str]:
        if ended.code not in {1, 3}:
            yield f"exit code {ended.code}: {ended.stderr[-300:]}"
        if ended.hung or ended.seconds > self.seconds + _LATE + _START:
            yield f"it took {ended.seconds:.1f} s"
        if ended.megabytes > MEMORY * MEBIBYTE / 1e6:
            yield f"it took {ended.megabytes:.0f} MB"
        said = [line for line in ended.stderr.splitlines() if large.name in line and "limit seconds=" in line]
        if len(said) != 1 and not (said and large.suffix == ".zip"):  # whose members are named one by one
            yield f"it is named {len(said)} times: {ended.stderr[-1000:]}"
        yield from complaints(ended.stdout + ended.stderr)


def _lost(ended: Ended, files: Path, database: str) -> Iterator[str]:
    """The sound files that were not read."""
    if ended.name == "import":
        known = dict(rows(database, "sources", "sha256", "path"))
        read = {known[sha256] for (sha256,) in rows(database, "documents", "sha256")}
    elif ended.name == "trace":
        return
    else:
        found = [json.loads(line) for line in ended.stdout.splitlines()]
        read = {one["source"]["path"] if ended.name == "extract" else one["name"] for one in found}
    yield from (f"{name} was not read" for name in ("a.txt", "c.txt") if str(files / name) not in read)
