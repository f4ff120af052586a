"""The version of this program."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed


@cache
def version() -> str:
    """The installed version, or `checkout` where nothing is installed."""
    try:
        return installed("zongji")
    except PackageNotFoundError:
        return "checkout"
