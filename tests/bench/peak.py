"""A child of the benchmark: loads one entry, reads the texts of standard input once, prints its peak memory in MB."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from entries import ENTRIES

STATUS = Path("/proc/self/status")


def main(name: str) -> None:
    """Prints million bytes, or null on a system that does not tell."""
    run = ENTRIES[name].load()
    for part in json.load(sys.stdin):
        run(part)
    # VmHWM and not getrusage: ru_maxrss would count the parent, from which the process was forked
    peak = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="ascii")) if STATUS.exists() else None
    print(json.dumps(int(peak[1]) * 1024 / 1e6 if peak else None))


if __name__ == "__main__":
    main(sys.argv[1])
