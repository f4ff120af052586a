"""The executors by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from zongji.pipeline.bulk.executors import Executor
from zongji.pipeline.bulk.worker import Work


class Settings(Protocol):
    """The settings of executors."""

    @property
    def number(self) -> int:
        """The number of processes."""

    @property
    def timeout(self) -> float:
        """Seconds per file."""

    @property
    def memory(self) -> int:
        """MiB per process."""

    @property
    def scheduler(self) -> str | None:
        """The address of a scheduler."""


def choose(name: str, settings: Settings, work: Work) -> Executor:
    """The executor of that name; its library is imported here."""
    return EXECUTORS[name](settings, work)


def _local(settings: Settings, work: Work) -> Executor:
    if not settings.number:
        from zongji.pipeline.bulk.executors.inline import Inline  # noqa: PLC0415

        return Inline(work)
    from zongji.pipeline.bulk.executors.local import LocalProcesses  # noqa: PLC0415

    return LocalProcesses(work, settings.number, timeout=settings.timeout, memory=settings.memory)


def _dask(settings: Settings, work: Work) -> Executor:
    from zongji.pipeline.bulk.executors.cluster import DaskCluster  # noqa: PLC0415

    return DaskCluster(work, settings.scheduler, timeout=settings.timeout)


EXECUTORS: dict[str, Callable[[Settings, Work], Executor]] = {"local": _local, "dask": _dask}
