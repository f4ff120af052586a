"""Conversion in batches: LibreOffice takes a second for one file, but a tenth of a second each for fifty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zongji.pipeline.reading.inputs import Blob
from zongji.pipeline.sources import LIMITS, Limits
from zongji.pipeline.sources.detect import kind_of
from zongji.pipeline.sources.limits import Task

AT_ONCE = 50
"""Files worth converting together."""


def prepare(blobs: Sequence[Blob], *, limits: Limits = LIMITS) -> None:
    """Convert the files that need LibreOffice; reading them later finds the result. Never raises."""
    from zongji.pipeline.sources import libreoffice  # noqa: PLC0415  # texts must not wait for it

    if libreoffice.program() is not None:
        libreoffice.convert_ahead(_needing(blobs, limits), seconds=limits.seconds)


def _needing(blobs: Sequence[Blob], limits: Limits) -> Iterator[tuple[str, bytes]]:
    from zongji.pipeline.sources import libreoffice, word  # noqa: PLC0415

    for blob in blobs:
        if blob.failure is not None or len(blob.data) > limits.bytes:
            continue
        kind = kind_of(blob.data)
        if kind == "doc" and not word.wants_libreoffice(blob.data, Task(blob.path, limits)):
            continue
        if kind in libreoffice.FILTERS:
            yield kind, blob.data
