"""How much of a file is read at most, so that no file costs more than itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.reading import SourceError

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. The defaults let every office document through, and stop what is made to harm.

    Deflate cannot shrink anything more than 1032 times (RFC 1951); text of an office shrinks 3 to 30 times.
    """

    bytes: int = 256 * MEBIBYTE
    """Of a file, and of a member once it is unpacked."""
    pages: int = 5000
    ocr_pages: int = 200
    """Pages of a file that are read by character recognition, seconds each; 0 reads none so."""
    members: int = 20_000
    """Of an archive, those of the archives in it included."""
    ratio: int = 200
    """How many times larger a member may be than its packed bytes."""
    nesting: int = 1
    """How many archives may lie in one another inside an archive."""
    seconds: int = 300
    """For one file, or one member."""
    memory: int = 4096
    """MiB of address space of a process that reads files that are no text."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Task:
    """One file that is being read: its name, its limits, and when its time is over."""

    name: str = ""
    limits: Limits = LIMITS
    started: float = field(default_factory=monotonic)

    @property
    def seconds_left(self) -> float:
        """How long reading may still take; never negative."""
        return max(0.0, self.started + self.limits.seconds - monotonic())

    def check_size(self, size: int) -> None:
        """Raises SourceError if a file of `size` bytes is too large to be read."""
        if size > self.limits.bytes:
            message = (
                f"it has {size:,} bytes, and no more than {self.limits.bytes:,} are read; --limit bytes=… raises this"
            )
            raise SourceError(FailureCode.TOO_LARGE, message)
