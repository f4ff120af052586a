"""Optional libraries: imported on demand, with an error that names the extra to install."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class MissingExtraError(Exception):
    """A library that is not installed, and how to install it."""


def required(module: str, extra: str) -> Any:  # noqa: ANN401  # a module, known only to its users
    """The module of that name.

    Raises:
        MissingExtraError: if it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        message = f'{module} is not installed: pip install "zongji[{extra}]"'
        raise MissingExtraError(message) from error
