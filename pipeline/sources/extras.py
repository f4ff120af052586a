"""Libraries that only some formats need: imported on first use, with an error that names the extra."""

from __future__ import annotations

import importlib
from typing import Any

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.reading import SourceError

_NO_MEMORY = "failed to map segment"  # the dynamic linker's words for a library that does not fit


def library(name: str, *, what: str, extra: str = "") -> Any:  # noqa: ANN401  # a module
    """The module of this name, which comes with an extra or with the program itself.

    Raises:
        SourceError: if it is not installed; the message says how to install it.
        MemoryError: if it does not fit into the memory of this process.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if _NO_MEMORY in str(error):
            raise MemoryError from error
        install = f'"zongji[{extra}]"' if extra else "--force-reinstall zongji"
        message = f"reading {what} needs {name} ({error}). Install it: pip install {install}"
        raise SourceError(FailureCode.MISSING_EXTRA, message) from error
