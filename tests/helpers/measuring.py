"""What reading a text costs, in a process of its own: seconds of processor time, and the peak of its memory.

    python tests/helpers/measuring.py "brackets nested" 100000

Processor time, because a busy machine leaves it nearly as it is.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from killing import environment

_STATUS = Path("/proc/self/status")


class Cost(NamedTuple):
    """What one reading took."""

    seconds: float
    """Of processor time, the start of the process left out."""
    megabytes: float
    """At most in use, beyond what the process had before."""


def cost(text: str, length: int, *, most_seconds: int) -> Cost | None:
    """The cost of reading so many characters of a text of `pathological`; None if it takes more than `most_seconds`."""
    command = [sys.executable, __file__, text, str(length), str(most_seconds)]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    if done.returncode < 0:  # by the limit of its processor time
        return None
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return Cost(*json.loads(done.stdout))


def _measured(text: str, length: int) -> Cost:
    """The way of a file into the database, but for the database."""
    from pathological import TEXTS  # noqa: PLC0415
    from zongji import extract_bytes  # noqa: PLC0415
    from zongji.corpus.labels import FailureCode  # noqa: PLC0415
    from zongji.pipeline.bulk.worker import Task, rows_of, warm_up  # noqa: PLC0415

    data = TEXTS[text](length)
    warm_up()
    memory, began = _peak(), time.process_time()
    result = extract_bytes(data, path="a.txt")
    rows_of(result, Task("a.txt", "0" * 64, len(data), "1"))
    if result.failure is not None and result.failure.code is FailureCode.INTERNAL:
        raise RuntimeError(result.failure.message)
    return Cost(time.process_time() - began, max(0.0, _peak() - memory))


def _peak() -> float:
    """Million bytes at most in use so far. Not by getrusage, whose number counts the parent, too."""
    found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"))
    return int(found[1]) * 1024 / 1e6 if found else 0.0


if __name__ == "__main__":
    name, number, seconds = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    print(json.dumps(_measured(name, int(number))))
