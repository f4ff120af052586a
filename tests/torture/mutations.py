"""Damaged files of all formats, between sound ones: each is named in the results once, and costs no other anything."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from commands import Ended, run_command
from imports import rows
from mutating import mutated
from specimens import specimens
from trials import Outcome, chance_of, complaints

AT_ONCE = 44  # files of a run; with the sound ones between, about as many as LibreOffice converts together
SECONDS = 20  # the limit of a file
_GRACE = 3  # seconds after which it has stopped
_LATE = 15  # seconds more until a run without a result counts as hanging, for its start on a busy machine
_CONVERTING = 5  # seconds per file that is converted together with others
_LIMIT = "--limit "  # what a message names that is about one
_SOUND = ("utf-8.txt", "summary.docx", "book.xlsx", "page.html", "summary.doc")
_OPTIONS = ("--limit", f"seconds={SECONDS}", "--limit", "memory=2048")
_FINAL = {"success", "partial", "failed", "timeout", "crashed"}


@dataclass(slots=True)
class Mutations:
    """Files with one to three kinds of damage, by turns of every format."""

    name: str = "mutations"
    trials: int = 500
    at_once: int = AT_ONCE
    _files: dict[str, bytes] = field(default_factory=dict)
    _expected: dict[str, str] = field(default_factory=dict)
    """What is found in each sound file when nothing else is read."""

    def run(self, numbers: Iterable[int], seed: int, folder: Path) -> Iterator[Outcome]:
        """Read the files by `extract` and by `import`, many at once; when something is wrong, ever fewer."""
        work = folder / "specimens"
        work.mkdir()
        self._files = specimens(work)
        self._expected = self._undisturbed(folder / "sound")
        for group in _groups(numbers, self.at_once):
            yield from self._judged(group, seed, folder)

    def _judged(self, group: Sequence[int], seed: int, folder: Path) -> Iterator[Outcome]:
        faults, whole = self._faults(group, seed, folder / "files")
        if len(group) > 1 and (whole or faults):  # which of them is it, and is it so when it is alone?
            found = [*whole, *(fault for of_one in faults.values() for fault in of_one)]
            print(f"again, {group[0]} to {group[-1]} in two halves: {found[0]}", file=sys.stderr)
            half = len(group) // 2
            yield from self._judged(group[:half], seed, folder)
            yield from self._judged(group[half:], seed, folder)
            return
        for number in group:
            name, _, how = self._mutant(number, seed)
            found = (*faults.get(number, ()), *whole)
            yield Outcome(number, name, tuple(f"{how}: {fault}" for fault in found))

    def _mutant(self, number: int, seed: int) -> tuple[str, bytes, str]:
        """The name of the sound file, the damaged one, and what was done."""
        names = sorted(self._files)
        name = names[number % len(names)]
        data, how = mutated(self._files[name], list(self._files.values()), chance_of(seed, number))
        return name, data, how

    def _undisturbed(self, folder: Path) -> dict[str, str]:
        folder.mkdir()
        for name in self._sound():
            (folder / name).write_bytes(self._files[name])
        found = _documents(_extract(sorted(folder.iterdir())))
        return {path.name: found[str(path)] for path in folder.iterdir()}

    def _sound(self) -> list[str]:
        return [name for name in _SOUND if name in self._files]

    def _faults(self, group: Sequence[int], seed: int, folder: Path) -> tuple[dict[int, list[str]], list[str]]:
        """The faults of each file, and those of the runs as a whole."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        damaged: dict[str, int] = {}
        for number in group:
            name, data, _ = self._mutant(number, seed)
            path = folder / f"{number:04}-{name}"
            path.write_bytes(data)
            damaged[str(path)] = number
        sound: dict[str, str] = {}
        for place, name in enumerate(self._sound()):
            path = folder / f"{group[place * len(group) // len(_SOUND)]:04}-sound-{name}"
            path.write_bytes(self._files[name])
            sound[str(path)] = self._expected[name]
        paths = [*damaged, *sound]
        extracted, imported = _extract(sorted(map(Path, paths))), _import(folder)
        by_path: dict[str, list[str]] = {path: [] for path in paths}
        whole = [*_judge_extract(extracted, by_path, sound), *_judge_import(imported, by_path, folder)]
        _compare(extracted, folder, by_path)
        whole += [fault for path in sound for fault in by_path[path]]
        return {number: by_path[path] for path, number in damaged.items() if by_path[path]}, whole


def _groups(numbers: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    remaining = iter(numbers)
    while group := tuple(islice(remaining, size)):
        yield group


def _extract(paths: Sequence[Path]) -> Ended:
    converting = _CONVERTING * len(paths) if len(paths) > 1 else 0
    return run_command("extract", "-f", "jsonl", *_OPTIONS, *map(str, paths), silent=SECONDS + _LATE + converting)


def _import(folder: Path) -> Ended:
    database = _database(folder)
    Path(database.removeprefix("sqlite:///")).unlink(missing_ok=True)
    return run_command(
        "import", str(folder), "--glob", "*", "--db", database, "--workers", "2", "--batch", "8", "--log-json",
        *_OPTIONS, silent=min(8, len(list(folder.iterdir()))) * SECONDS + _LATE,
    )  # fmt: skip


def _database(folder: Path) -> str:
    return f"sqlite:///{folder.with_suffix('.db')}"


def _documents(ended: Ended) -> dict[str, str]:
    """What was found in each file, but for its path."""
    found: dict[str, str] = {}
    for line in ended.stdout.splitlines():
        document = json.loads(line)
        path = document["source"].pop("path")
        found[path] = found.get(path, "") + json.dumps(document, sort_keys=True)
    return found


def _judge_extract(ended: Ended, faults: dict[str, list[str]], sound: dict[str, str]) -> Iterator[str]:
    yield from _ending(ended, {0, 3} if sound else {0, 1, 3})
    found = _documents(ended)
    lines = ended.stderr.splitlines()
    for path, of_path in faults.items():
        start = f"zongji: {path}: "
        failures = [line for line in lines if line.startswith(start) and not line.startswith(f"{start}warning: ")]
        of_path += [f"extract: {line}" for line in failures if complaints(line)]
        if path not in found and not failures:
            of_path.append("extract: it is not named in the results")
        is_package = Path(path).read_bytes().startswith(b"PK")  # whose members are named one by one
        if len(failures) != len(set(failures)) or (not is_package and len(failures) + (path in found) > 1):
            of_path.append(f"extract: it is named more than once: {failures}")
    for path, expected in sound.items():
        if found.get(path) != expected:
            faults[path].append(f"extract: {Path(path).name}, which is sound, gave something else than alone")
    known = tuple(f"zongji: {path}: " for path in faults)
    for line in lines:
        if line and not line.startswith(known):
            yield f"extract: on standard error: {line[:300]}"


def _judge_import(ended: Ended, faults: dict[str, list[str]], folder: Path) -> Iterator[str]:
    yield from _ending(ended, {0, 3})
    named: Counter[str] = Counter()
    same = 0
    for line in ended.stderr.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            yield f"import: on standard error: {line[:300]}"
            continue
        if event["event"] == "file":
            named[event["path"]] += 1
            if event["path"] in faults and complaints(event["reason"] or ""):
                faults[event["path"]].append(f"import: {event['reason']}")
        elif event["event"] == "progress":
            same = event["same_content"]
    states = dict(rows(_database(folder), "files", "sha256", "state"))
    taken = dict(rows(_database(folder), "files", "sha256", "milliseconds"))
    sources = Counter(str(path) for (path,) in rows(_database(folder), "sources", "path"))
    contents = dict(rows(_database(folder), "sources", "path", "sha256"))
    if len(named) + same != len(faults):
        yield f"import: {len(named)} files were reported and {same} have the content of another, of {len(faults)}"
    for path, of_path in faults.items():
        if named[path] > 1 or sources[path] != 1:
            of_path.append(f"import: reported {named[path]} times, {sources[path]} times in the database")
        elif states.get(contents[path]) not in _FINAL:
            of_path.append(f"import: its state is {states.get(contents[path])}")
        elif float(str(taken[contents[path]])) > 1000 * (SECONDS + _GRACE):
            of_path.append(f"import: it took {taken[contents[path]]} ms")


def _compare(extracted: Ended, folder: Path, faults: dict[str, list[str]]) -> None:
    """Both ways find the same documents in a file, unless it was too much for one of them."""
    found: dict[str, set[str]] = {path: set() for path in faults}
    for line in extracted.stdout.splitlines():
        document = json.loads(line)
        found[document["source"]["path"]].add(document["document_id"])
    contents = dict(rows(_database(folder), "sources", "path", "sha256"))
    reasons = rows(_database(folder), "files", "sha256", "reason")
    stopped = {sha256 for sha256, reason in reasons if _LIMIT in str(reason)}
    named = [line for line in extracted.stderr.splitlines() if _LIMIT in line]
    stored: dict[object, set[object]] = {}
    for sha256, identity in rows(_database(folder), "documents", "sha256", "document_id"):
        stored.setdefault(sha256, set()).add(identity)
    for path, identities in found.items():
        sha256 = contents.get(path)
        too_much = sha256 in stopped or any(path in line for line in named)
        if stored.get(sha256, set()) != identities and not too_much:
            faults[path].append("extract and import find different documents in it")


def _ending(ended: Ended, expected: set[int]) -> Iterator[str]:
    if ended.hung:
        yield f"{ended.name}: no result for {ended.hung} s, its process was killed"
    elif ended.code not in expected:
        yield f"{ended.name}: exit code {ended.code}"
    yield from (f"{ended.name}: {line}" for line in complaints(ended.stdout + ended.stderr) if "internal" not in line)
