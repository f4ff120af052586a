"""axe-core over a page, from the package axe-playwright-python; nothing of it is a part of this project."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}


def faults(page: Page) -> list[str]:
    """The serious faults that axe finds in a page, with the elements that have them."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{fault['id']}: {[node['html'][:120] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in SERIOUS
    ]
