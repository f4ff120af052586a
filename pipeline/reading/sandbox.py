"""A separate process for files that may do harm: one that crashes, hangs or runs out of memory fails alone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from zongji.corpus.lexicon import LexiconError
from zongji.corpus.records import Failure
from zongji.models.store import ArtefactError
from zongji.pipeline.reading.inputs import Blob, blob_of
from zongji.pipeline.reading.preconversion import prepare
from zongji.pipeline.reading.process_limits import (
    LATE,
    alarmed_together,
    allowed_seconds,
    crashed,
    end_with_parent,
    limit_memory,
    not_started,
    too_long,
    unprepared,
    was_alarm,
)
from zongji.pipeline.reading.reader import failure_of, warm_up
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.sources import SourceError, scratch

T = TypeVar("T")
Reader = Callable[[Blob, Settings], Iterable[T]]
"""What to do with a file; must be importable by the other process."""

_LEAVE = 5  # seconds to exit when no longer needed
_CONVERTING = 5  # seconds per file of a conversion batch


@dataclass(frozen=True, slots=True)
class _Order:
    """A request to the process: read one file or, without a reader, convert several."""

    seconds: float
    """For all answers together."""
    paths: tuple[str, ...]
    read: Reader[Any] | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """The first message of the process; if it ends later, a file is the cause."""


class Sandbox:
    """Reads files in another process, which is started on first use, and restarted after it had to be stopped."""

    def __init__(self, settings: Settings = DEFAULTS) -> None:
        """The settings hold for every file."""
        self.settings = settings
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._ready = False

    def prepare(self, paths: Sequence[str]) -> None:
        """Convert files that are better converted together. Errors show up when each is read."""
        seconds = allowed_seconds(self.settings.limits) + _CONVERTING * len(paths)
        for _ in self._answers(_Order(seconds, tuple(paths))):
            pass

    def read(self, path: str, read: Reader[T], *, data: bytes | None = None) -> Iterator[T | Failure]:
        """The results of `read` for a file, one by one; `data` are its bytes, if known. Never raises."""
        return self._answers(_Order(allowed_seconds(self.settings.limits), (path,), read, data))

    def close(self) -> None:
        """End the process, which cleans up if it can."""
        if self._process is not None and self._line is not None:
            with suppress(OSError):
                self._line.send(None)
            self._process.join(_LEAVE)
            self._process.kill()
            self._process.join()
            self._line.close()
            scratch.remove_abandoned()
        self._process = self._line = None
        self._ready = False

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self.close()

    def _answers(self, order: _Order) -> Iterator[Any]:
        """The answers of the process, one by one; a failure if it has to be stopped or has died."""
        line = self._started()
        try:
            line.send(order)
            while True:
                if not line.poll(order.seconds + LATE):
                    self._kill()
                    yield too_long(self.settings.limits.seconds)
                    return
                answer = line.recv()
                if answer is None:
                    return
                if isinstance(answer, _Ready):
                    self._ready = True
                else:
                    yield answer
        except (EOFError, OSError):
            yield self._ending()

    def _ending(self) -> Failure:
        """What ended the process."""
        code, ready = self._exit_code(), self._ready
        self.close()
        if was_alarm(code):
            return too_long(self.settings.limits.seconds)
        return crashed(code, self.settings.limits) if ready else not_started(code)

    def _exit_code(self) -> int | None:
        if self._process is None:
            return None
        self._process.join(1)
        return self._process.exitcode

    def _started(self) -> Connection:
        if self._line is None:
            context = multiprocessing.get_context("spawn")
            self._line, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other, self.settings), daemon=True)
            self._process.start()
            other.close()
        return self._line


def _serve(line: Connection, settings: Settings) -> None:
    """The process: handles requests until the connection closes."""
    end_with_parent()
    with suppress(ArtefactError, LexiconError):  # each order reports this
        warm_up(settings)
    limit_memory(settings.limits)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        line.send(_Ready())
        while (order := line.recv()) is not None:
            try:
                for answer in alarmed_together(_prepared(order, settings), order.seconds, settings.limits):
                    line.send(answer)
            except (SourceError, MemoryError) as error:  # the alarm, between two answers; an answer too large to send
                line.send(failure_of(error, settings.limits))
            line.send(None)


def _prepared(order: _Order, settings: Settings) -> Iterator[Any]:
    try:
        settings.add_words()
        yield from _obey(order, settings)
    except (ArtefactError, LexiconError) as error:
        yield unprepared(error)
    except Exception as error:  # the alarm, or what `read` does not expect
        yield failure_of(error, settings.limits)


def _obey(order: _Order, settings: Settings) -> Iterator[Any]:
    limits = settings.limits
    if order.read is None:
        prepare([blob_of(path, limits) for path in order.paths], limits=limits)
        return
    (path,) = order.paths
    yield from order.read(Blob(path, order.data) if order.data is not None else blob_of(path, limits), settings)
