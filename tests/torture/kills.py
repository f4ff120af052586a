"""Imports killed, stopped, cut off or out of disk in any phase end with the records of an undisturbed one."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from commands import kill_session
from conftest import KINDS, database_of
from disturbed import PHASES, VARIABLE
from imports import OTHER, TEXT, records, rows, write
from killing import environment
from trials import Outcome, chance_of, complaints

DISTURBED = Path(__file__).parents[1] / "helpers" / "disturbed.py"
FILES = 150
KILLS = 5  # of a trial, with one or two other disturbances between
SECONDS = 120  # until an import counts as hanging, less than the limit of one of its files; undisturbed, it takes three
_ENDINGS = {"kill": {-9}, "stop": {130, 143}, "cut": set(), "fill": {1}, "full": {1}}
"""The exit codes beside those of an import that came to its end: 0, or 3 when files failed."""
_LEFT_ALONE = ("sources", "path", "sha256"), ("files", "sha256", "state")


@dataclass(slots=True)
class Kills:
    """By turns of SQLite, PostgreSQL and MariaDB: seven disturbances of one import, then an undisturbed finish."""

    name: str = "kills"
    trials: int = 60
    kinds: Sequence[str] = KINDS
    kills: int = KILLS
    _expected: dict[str, object] = field(default_factory=dict)

    def run(self, numbers: Iterable[int], seed: int, folder: Path) -> Iterator[Outcome]:
        """Each trial in a database of its own."""
        files = folder / "files"
        files.mkdir()
        write(files, **_texts())
        for number in numbers:
            kind = self.kinds[number % len(self.kinds)]
            with ExitStack() as stack:
                self._expect(kind, files, folder)
                work = folder / f"{kind}-{number}"
                work.mkdir()
                address = stack.enter_context(contextmanager(database_of)(kind, work))
                deeds = _deeds(kind, chance_of(seed, number), self.kills)
                for place, deed in enumerate(deeds):
                    deed["told"] = str(work / f"told-{place}")
                faults = list(self._faults(kind, address, files, deeds))
                hits = sum(Path(str(deed["told"])).exists() for deed in deeds)
            yield Outcome(number, f"kills, {kind}", tuple(faults), tries=len(deeds), hits=hits)

    def _expect(self, kind: str, files: Path, folder: Path) -> None:
        """What an undisturbed import gives in such a database."""
        if kind not in self._expected:
            whole = folder / f"{kind}-whole"
            whole.mkdir()
            with contextmanager(database_of)(kind, whole) as address:
                code, log = _import(files, address, None)
                if code:
                    raise RuntimeError(log)
                self._expected[kind] = _content(address)

    def _faults(self, kind: str, address: str, files: Path, deeds: Sequence[dict[str, object]]) -> Iterator[str]:
        reported: dict[str, str] = {}
        for deed in deeds:
            code, log = _import(files, address, deed)
            if code not in {0, 3} | _ENDINGS[str(deed["deed"])]:
                yield f"{deed}: exit code {code}: {log[-300:]}"
            yield from (f"{deed}: {line}\n{log[log.find(line) :][:3000]}" for line in complaints(log))
            reported |= _reported(log)
        code, log = _import(files, address, None)
        if code:
            yield f"finishing undisturbed after {deeds}: exit code {code}: {log[-300:]}"
            return
        states = dict(rows(address, "files", "sha256", "state"))
        kept = {path: states.get(sha256) for path, sha256 in rows(address, "sources", "path", "sha256")}
        lost = [path for path, state in reported.items() if kept.get(path) != state]
        if lost:
            yield f"{len(lost)} files were reported and are not in the database, the first is {lost[0]}"
        found, expected = _content(address), self._expected[kind]
        yield from (f"after {deeds}: {name} differs" for name in expected if found[name] != expected[name])


def _texts() -> dict[str, str]:
    """Small files, many of them copies: the same bytes, or the same but for a number."""
    return {
        f"a{number:03}": (OTHER if number % 10 == 3 else TEXT).replace("6期", f"{number - number % 7 // 6}期")
        + ("今年以来，各项工作有序推进。" * 8 if number % 5 else "全年工作顺利完成。" * 9)
        for number in range(FILES)
    }


def _deeds(kind: str, chance: random.Random, kills: int) -> list[dict[str, object]]:
    """The disturbances of a trial, in the order of the phases: the import gets further from one to the next."""
    others = ("fill", "full") if kind == "sqlite" else ("cut", "cut")
    deeds = [*(chance.choice(("kill", "kill", "kill", "stop")) for _ in range(kills)), *others]
    chance.shuffle(deeds)
    phases = sorted(chance.choices(list(PHASES), k=len(deeds)), key=list(PHASES).index)
    return [
        {
            "phase": phase,
            "statement": chance.choice((0, 1, 2, 5, chance.randrange(20))),
            "delay": chance.choice((0, 0, chance.uniform(0, 0.01), chance.uniform(0, 0.3))) if deed == "kill" else 0,
            "deed": deed,
        }
        for phase, deed in zip(phases, deeds, strict=True)
    ]


def _import(files: Path, address: str, deed: dict[str, object] | None) -> tuple[int, str]:
    """The exit code and the log of an import that is disturbed or not, once none of its processes runs any more."""
    program = [str(DISTURBED)] if deed else ["-m", "zongji.cli"]
    options = ("--db", address, "--workers", "2", "--batch", "5", "--log-json")
    with subprocess.Popen(
        [sys.executable, *program, "import", str(files), *options],
        env=environment() | ({VARIABLE: json.dumps(deed)} if deed else {}),
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            _, log = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            kill_session(process.pid)
            _, log = process.communicate()
            return -99, f"it hung for {SECONDS} s; " + log.decode("utf-8", "replace")
    return process.returncode, log.decode("utf-8", "replace")


def _reported(log: str) -> dict[str, str]:
    """The states of the files that the log reports, by path; its last line may be cut off."""
    states: dict[str, str] = {}
    for line in log.split("\n"):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event["event"] == "file":
            states[event["path"]] = event["state"]
    return states


def _content(address: str) -> dict[str, object]:
    """All that an import leaves behind but for its times and runs; the marks of copies among it."""
    return {**records(address), **{table: rows(address, table, *names) for table, *names in _LEFT_ALONE}}
