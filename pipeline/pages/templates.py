"""Autoescaping Jinja2 templates, and the styles and scripts of pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from zongji.pipeline.pages.safety import visible
from zongji.pipeline.pages.terms import term


@cache
def environment(package: str) -> Environment:
    """The templates of a package."""
    made = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    made.globals["term"] = term
    return made


@cache
def asset(package: str, name: str) -> str:
    """A style or script of a package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")
