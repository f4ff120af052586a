"""Measurements of bulk imports through the real command line; see README.md in this folder.

python tests/bench/bulk.py speed            extracting alone, one worker, two workers, the servers
python tests/bench/bulk.py flat             100,000 files: memory of the main process, and resuming
python tests/bench/bulk.py kill             20 kills at random moments, then a resume
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from bulk_files import make

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from imports import records
from killing import command, environment, finish, kill

SERVERS = {
    "postgresql": os.environ.get("ZONGJI_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1/postgres"),
    "mysql": os.environ.get("ZONGJI_TEST_MYSQL", "mysql://root@127.0.0.1/mysql"),
}
_EXTRACT = """
import sys, time
from pathlib import Path
from zongji.pipeline.reading.reader import extract_file
files = sorted(map(str, Path(sys.argv[1]).rglob("*.txt")))[: int(sys.argv[2])]
extract_file(files[0])
start = time.perf_counter()
for file in files:
    extract_file(file)
print(time.perf_counter() - start)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = _options(arguments)
    make(options.files, options.number)
    {"speed": speed, "flat": flat, "kill": killed}[options.part](options)
    return 0


def speed(options: argparse.Namespace) -> None:
    """The measurements in rotation, several times: other load on the machine affects all alike."""
    taken: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        taken.setdefault("extracting alone", []).append(_extracting(options))
        for workers in (1, 2):
            taken.setdefault(f"sqlite, {workers} worker(s)", []).append(_importing(options, "sqlite", workers))
        for kind in SERVERS:
            taken.setdefault(f"{kind}, 2 worker(s)", []).append(_importing(options, kind, 2))
        print("load", os.getloadavg()[0], {name: round(times[-1], 2) for name, times in taken.items()}, flush=True)
    for name, times in taken.items():
        rate = options.number / min(times)
        print(f"{name:24} median {median(times):7.2f} s  least {min(times):7.2f} s  {rate:7.0f} files/s")


def _extracting(options: argparse.Namespace) -> float:
    """Seconds that one process takes for all files, after its start."""
    done = subprocess.run(
        [sys.executable, "-c", _EXTRACT, str(options.files), str(options.number)],
        env=environment(),
        capture_output=True,
        check=True,
    )
    return float(done.stdout)


def _importing(options: argparse.Namespace, kind: str, workers: int) -> float:
    """Seconds of a whole import into an empty database, start and end of the program included."""
    with tempfile.TemporaryDirectory() as folder:
        address = _empty(kind, Path(folder))
        start = perf_counter()
        finish(command(options.files, address, "--max-files", str(options.number), "--workers", str(workers)))
        return perf_counter() - start


def _empty(kind: str, folder: Path) -> str:
    """The address of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'bulk.db'}"
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from conftest import run  # noqa: PLC0415
    from sqlalchemy.engine import make_url  # noqa: PLC0415

    run(kind, "drop database if exists zongji_bench")
    run(kind, "create database zongji_bench")
    return make_url(SERVERS[kind]).set(database="zongji_bench").render_as_string(hide_password=False)


def flat(options: argparse.Namespace) -> None:
    """The memory of the main process while it imports, and the time of a second, idle import."""
    with tempfile.TemporaryDirectory() as folder:
        address = options.db or _empty("sqlite", Path(folder))
        start = perf_counter()
        limited = command(options.files, address, "--max-files", str(options.number))
        process = subprocess.Popen(limited, env=environment(), stderr=subprocess.DEVNULL)
        peaks = []
        while process.poll() is None:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                peaks.append(_resident(process.pid))
                print(f"{perf_counter() - start:6.0f} s  {peaks[-1]:6.0f} MB", flush=True)
        print(f"{options.number:,} files in {perf_counter() - start:.1f} s, main process at most {max(peaks):.0f} MB")
        start = perf_counter()
        finish(limited)
        print(f"resumed when it was finished: {perf_counter() - start:.2f} s")


def _resident(process: int) -> float:
    """Million bytes at most that a process has had in memory."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024 / 1e6


def killed(options: argparse.Namespace) -> None:
    """Twenty kills, the log of them, and whether the records are those of an undisturbed import."""
    with tempfile.TemporaryDirectory() as folder:
        whole, broken = (f"sqlite:///{Path(folder) / name}.db" for name in ("whole", "broken"))
        limit = ("--max-files", str(options.number))
        finish(command(options.files, whole, *limit))
        found = kill(command(options.files, broken, *limit, "--batch", "20"), 20, print)
        finish(command(options.files, broken, *limit))
        same = records(whole) == records(broken)
        print(f"{found.hit} kills hit, {len(found.reported):,} files were reported; records equal: {same}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("speed", "flat", "kill"))
    parser.add_argument(
        "--files", type=Path, default=Path(tempfile.gettempdir()) / "zongji-bulk", help="made if need be"
    )
    parser.add_argument("--number", type=int, default=5000, help="files (5000)")
    parser.add_argument("--rounds", type=int, default=3, help="of speed (3)")
    parser.add_argument("--db", help="the database of flat, instead of SQLite in a temporary folder")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
