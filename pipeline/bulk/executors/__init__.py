"""Executors: this process, local processes, or a Dask cluster. All take tasks and return outcomes."""

from __future__ import annotations

from typing import Protocol, Self

from zongji.pipeline.bulk.worker import Outcome, Task


class ClusterError(OSError):
    """The cluster cannot read any more: what to do about it."""


class Executor(Protocol):
    """Reads files. Every submitted task comes back as exactly one outcome, unless cancelled."""

    def submit(self, task: Task) -> None:
        """Take a task."""

    def finished(self, timeout: float) -> list[Outcome]:
        """The outcomes since the last call; waits up to `timeout` seconds for the first."""

    def has_room(self, size: int) -> bool:
        """True if one more task of that many bytes may be submitted: the work in flight is bounded."""

    def waiting(self) -> int:
        """The number of unfinished tasks."""

    def cancel(self) -> None:
        """Drop the tasks that no worker has started."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End; at once if there was an error."""
