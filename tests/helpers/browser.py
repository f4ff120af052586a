"""A real headless Chromium for tests; without one, the tests that need it are skipped with a reason.

With ZONGJI_TEST_BROWSER=required they fail; any other value of it is the browser's path.
"""

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
    """The path of a browser. Without one a test is skipped, or fails where ZONGJI_TEST_BROWSER asks for one."""
    wanted = os.environ.get("ZONGJI_TEST_BROWSER", "")
    if found := next(filter(None, map(shutil.which, [wanted] if wanted not in {"", "required"} else NAMES)), None):
        return found
    if wanted:
        pytest.fail("NOT TESTED in a browser: no Chromium here, and ZONGJI_TEST_BROWSER asks for one")
    pytest.skip("NOT TESTED in a browser: no Chromium here; install one, or let ZONGJI_TEST_BROWSER name it")


@contextmanager
def browser() -> Iterator[Browser]:
    """A running browser. It is started by root in containers, where it refuses its own sandbox."""
    path = executable()
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


class Watched:
    """A page with all of its console errors and requested addresses."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))
