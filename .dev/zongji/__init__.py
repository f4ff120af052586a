"""总计: reads Chinese plans and summaries in bulk and turns them into records.

Only the names of `__all__` are public; whatever else can be imported may change with any version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zongji.pipeline.reading.reader import Result, extract_bytes, extract_file, extract_text

__all__ = ["Result", "extract_bytes", "extract_file", "extract_text"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # a module attribute may be anything
    """The names of `__all__`, imported on first use so that a help text costs nothing."""
    if name in __all__:
        from zongji.pipeline.reading import reader  # noqa: PLC0415

        return getattr(reader, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
