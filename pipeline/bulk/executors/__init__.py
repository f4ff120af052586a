"""Who does the work: this process, local processes, or a Dask cluster. All take tasks and give outcomes back."""

from __future__ import annotations

from typing import Protocol, Self

from zongji.pipeline.bulk.worker import Outcome, Task


class Executor(Protocol):
    """What reads files. A task that was taken comes back as exactly one outcome, unless it was cancelled."""

    def submit(self, task: Task) -> None:
        """Take a task."""

    def finished(self, timeout: float) -> list[Outcome]:
        """The outcomes since the last call; waits up to `timeout` seconds for the first."""

    def has_room(self, size: int) -> bool:
        """True while one more task of that many bytes may be submitted: what is under way stays bounded."""

    def waiting(self) -> int:
        """How many tasks have not come back."""

    def cancel(self) -> None:
        """Forget the tasks that no worker has begun."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End; at once if there was an error."""
