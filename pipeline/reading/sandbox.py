"""Files that are no text are read in a process of their own: what crashes, hangs or swells costs itself alone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.reading.inputs import Blob, blob_of, blobs_in
from zongji.pipeline.reading.preconversion import prepare
from zongji.pipeline.reading.reader import Result, result_of
from zongji.pipeline.reading.settings import DEFAULTS, Settings

_LEAVE = 5  # seconds in which it has to be gone when it is no longer needed
_GRACE = 60  # seconds beyond the limit, in which a reader stops by itself and says how far it came


@dataclass(frozen=True, slots=True)
class _Order:
    """What the process is asked for: the results of one file, or to make several ready."""

    paths: tuple[str, ...]
    data: bytes | None = None
    ahead: bool = False


class Sandbox:
    """Reads files in another process, which is started when it is first needed, and again when it had to be stopped."""

    def __init__(self, settings: Settings = DEFAULTS) -> None:
        """The settings hold for every file."""
        self.settings = settings
        self.limits = settings.limits
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def prepare(self, paths: Sequence[str]) -> None:
        """Has files converted that are better converted together. What comes of it shows when each is read."""
        seconds = self.limits.seconds + 5 * len(paths)
        for _ in self._answers(_Order(tuple(paths), ahead=True), seconds):
            pass

    def results(self, path: str, *, data: bytes | None = None) -> Iterator[Result]:
        """The results of a file, or of the members of an archive; `data` where the bytes are at hand. Never raises."""
        for answer in self._answers(_Order((path,), data), self.limits.seconds + _GRACE):
            yield answer if isinstance(answer, Result) else Result(path, failure=answer)

    def close(self) -> None:
        """Ends the process, which clears up behind itself if it can."""
        if self._process is not None and self._line is not None:
            with suppress(OSError):
                self._line.send(None)
            self._process.join(_LEAVE)
            self._process.kill()
            self._process.join()
            self._line.close()
        self._process = self._line = None

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self.close()

    def _answers(self, order: _Order, seconds: float) -> Iterator[Result | Failure]:
        """What the process answers, one after the other; a failure instead where it has to be stopped or has died."""
        line = self._started()
        try:
            line.send(order)
            while True:
                if not line.poll(seconds):
                    self._kill()
                    message = f"it takes longer than {self.limits.seconds} seconds; --limit seconds=… raises this"
                    yield Failure(FailureCode.TIMEOUT, message)
                    return
                answer = line.recv()
                if answer is None:
                    return
                yield answer
        except (EOFError, OSError):
            status = self._status()
            self.close()
            message = f"reading it ended the process that did ({status}); the file is damaged, or made to harm"
            yield Failure(FailureCode.CRASHED, message)

    def _status(self) -> str:
        if self._process is None:
            return "it was gone"
        self._process.join(1)
        code = self._process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"status {code}"

    def _started(self) -> Connection:
        if self._line is None:
            context = multiprocessing.get_context("spawn")
            self._line, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other, self.settings), daemon=True)
            self._process.start()
            other.close()
        return self._line


def _serve(line: Connection, settings: Settings) -> None:
    """The process: takes orders until nobody is there to give any."""
    _limit_memory(settings.limits.memory)
    settings.add_words()
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while (order := line.recv()) is not None:
            for result in _obey(order, settings):
                line.send(result)
            line.send(None)


def _obey(order: _Order, settings: Settings) -> Iterator[Result]:
    limits = settings.limits
    if order.ahead:
        prepare([blob_of(path, limits) for path in order.paths], limits=limits)
        return
    (path,) = order.paths
    blob = Blob(path, order.data) if order.data is not None else blob_of(path, limits)
    blobs = blobs_in(blob.data, path, limits) if blob.failure is None else iter((blob,))
    for found in blobs:
        yield result_of(found, settings)


def _limit_memory(mebibytes: int) -> None:
    """Allocations beyond the limit fail, where the system can see to it."""
    try:
        import resource  # noqa: PLC0415  # Windows has none
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))
