"""A real headless Chromium for tests; where there is none, the tests that need it fail and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
DESKTOP, PHONE = {"width": 1280, "height": 850}, {"width": 390, "height": 844}


def executable() -> str:
    """The browser: ZONGJI_TEST_BROWSER, or what is called like one. Without one a test fails, and says so."""
    found = os.environ.get("ZONGJI_TEST_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    message = "NOT TESTED: no Chromium; install one, or let ZONGJI_TEST_BROWSER name it (=skip to go without)"
    pytest.fail(message)


@contextmanager
def browser() -> Iterator[Browser]:
    """A running browser. It is started by root in containers, where it refuses its own sandbox."""
    if os.environ.get("ZONGJI_TEST_BROWSER") == "skip":
        pytest.skip("NOT TESTED: pages in a browser (ZONGJI_TEST_BROWSER=skip)")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


class Watched:
    """A page with everything it complained of, and every address that it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))
