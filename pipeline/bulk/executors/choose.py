"""The executors by name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from zongji.pipeline.bulk.executors import Executor
from zongji.pipeline.bulk.worker import Work
from zongji.pipeline.reading.settings import Settings


@dataclass(frozen=True, slots=True)
class Workers:
    """Who reads the files."""

    executor: str = "local"
    """`local` or `dask`."""
    number: int = field(default_factory=lambda: os.cpu_count() or 1)
    """Local processes; 0 reads in this process, where only time is limited."""
    scheduler: str | None = None
    """The address of a Dask scheduler."""


def choose(workers: Workers, settings: Settings, work: Work) -> Executor:
    """The chosen executor; its library is imported only now."""
    return EXECUTORS[workers.executor](workers, settings, work)


def _local(workers: Workers, settings: Settings, work: Work) -> Executor:
    if not workers.number:
        from zongji.pipeline.bulk.executors.inline import Inline  # noqa: PLC0415

        return Inline(work, settings)
    from zongji.pipeline.bulk.executors.local import LocalProcesses  # noqa: PLC0415

    settings.load()
    return LocalProcesses(work, workers.number, settings)


def _dask(workers: Workers, settings: Settings, work: Work) -> Executor:
    from zongji.pipeline.bulk.executors.cluster import DaskCluster  # noqa: PLC0415

    return DaskCluster(work, workers.scheduler, settings)


EXECUTORS: dict[str, Callable[[Workers, Settings, Work], Executor]] = {"local": _local, "dask": _dask}
