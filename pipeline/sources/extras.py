"""Libraries that only some formats need: imported on first use, with an error that names the extra."""

from __future__ import annotations

import importlib
from typing import Any

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.reading import SourceError


def library(name: str, *, extra: str, what: str) -> Any:  # noqa: ANN401  # a module
    """The module of this name.

    Raises:
        SourceError: if it is not installed; the message names the extra.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        message = f"reading {what} needs {name} ({error}). Install it: pip install 'zongji[{extra}]'"
        raise SourceError(FailureCode.MISSING_EXTRA, message) from error
