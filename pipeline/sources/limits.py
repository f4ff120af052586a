"""Per-file limits, so that one file cannot stop the others."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from time import monotonic

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.reading import SourceError

MEBIBYTE = 1 << 20
_MOST = 10**12  # of a limit; systems reject much larger numbers
_MAY_BE_ZERO = frozenset({"ocr_pages", "nesting"})


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for one file. The defaults let every office document through, and stop what is made to harm.

    Deflate cannot shrink anything more than 1032 times (RFC 1951); text of an office shrinks 3 to 30 times.

    Raises:
        ValueError: if a limit is not a whole number from 1 (`ocr_pages` and `nesting`: 0) to a trillion.
    """

    bytes: int = 256 * MEBIBYTE
    """Bytes of a file, or of an unpacked member."""
    pages: int = 5000
    ocr_pages: int = 200
    """Pages per file read by OCR, seconds each; 0 turns OCR off."""
    members: int = 20_000
    """Members of an archive, nested archives included."""
    ratio: int = 200
    """How many times larger than its packed bytes a member may be."""
    nesting: int = 1
    """How deep archives may be nested."""
    seconds: int = 300
    """Seconds per file; an archive is one, with all of its members."""
    memory: int = 4096
    """MiB of data of a process that reads files."""

    def __post_init__(self) -> None:
        """Check each limit."""
        for name in _NAMES:
            value, least = getattr(self, name), 0 if name in _MAY_BE_ZERO else 1
            if type(value) is not int or not least <= value <= _MOST:
                message = f"limit {name}={value!r}: give a whole number from {least} to {_MOST:,}"
                raise ValueError(message)


_NAMES = tuple(field.name for field in fields(Limits))

LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Task:
    """A file being read: its name, its limits, and its deadline."""

    name: str = ""
    limits: Limits = LIMITS
    started: float = field(default_factory=monotonic)

    @property
    def seconds_left(self) -> float:
        """Seconds left; never negative."""
        return max(0.0, self.started + self.limits.seconds - monotonic())

    def check_size(self, size: int) -> None:
        """Raise SourceError if a file of `size` bytes is too large."""
        if size > self.limits.bytes:
            message = (
                f"it has {size:,} bytes; no more than {self.limits.bytes:,} are read (--limit bytes=… raises this)"
            )
            raise SourceError(FailureCode.TOO_LARGE, message)
