"""What led to an error: libraries wrap the end of a file's time, and tell a lack of memory in their own ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NO_MEMORY = re.compile("std::bad_alloc|[Cc]annot allocate memory|[Ff]ailed to allocate")  # C++, errno, ONNX


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def lacks_memory(error: BaseException) -> bool:
    """True for a lack of memory."""
    return isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)) is not None
