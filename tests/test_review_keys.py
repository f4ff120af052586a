"""Quick hands in a real browser: each key is one correction of the record that was on show, and none is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import DESKTOP, Watched, browser
from imports import bring_in, rows, write
from playwright.sync_api import Browser, Page
from reviewing import MANY, settled
from sqlalchemy import update
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.tables import FIGURES
from zongji.pipeline.database.transactions import writing
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.server import Listening, listen

pytestmark = pytest.mark.browser
EXPECTED = ("403", "409", "ERR_INTERNET_DISCONNECTED")  # browsers note refused and failed requests
SEEN = """() => {
    window.seen = [];
    document.addEventListener('keydown', (event) => {
        const words = document.querySelector('#main:not([aria-busy]) .words strong');
        window.seen.push(words && words.textContent);
    }, true);
}"""
"""Note what is on show when a key is pressed."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture
def stored(sqlite: str, tmp_path: Path) -> str:
    bring_in(sqlite, *write(tmp_path, a=MANY))
    return sqlite


@pytest.fixture
def server(stored: str) -> Iterator[Listening]:
    listening = listen(Desk(connect(stored), "王五"), "127.0.0.1", 0)
    thread = threading.Thread(target=listening.serve, daemon=True)
    thread.start()
    yield listening
    listening.server.should_exit = True
    thread.join(10)


@pytest.fixture
def page(chromium: Browser, server: Listening) -> Iterator[Page]:
    watched = Watched(chromium.new_context(viewport=DESKTOP).new_page())  # type: ignore[arg-type]
    watched.page.goto(server.address)
    watched.page.wait_for_selector("#fields")
    yield watched.page
    watched.page.close()
    assert [one for one in watched.complaints if not any(told in one for told in EXPECTED)] == []


def said(database: str) -> list[tuple[object, object]]:
    return [(action, figure) for _, action, figure in rows(database, "corrections", "number", "action", "figure")]


def texts(database: str) -> list[object]:
    return [text for _, text in rows(database, "corrections", "number", "text")]


def test_twenty_quick_keys_are_twenty_accepts(page: Page, stored: str) -> None:
    for _ in range(20):
        page.keyboard.press("a")
    settled(page)
    assert [action for action, _ in said(stored)] == ["accept"] * 20
    assert len({figure for _, figure in said(stored)}) == 20


def test_a_key_acts_on_the_record_that_was_on_show(page: Page, stored: str) -> None:
    page.wait_for_load_state("networkidle")  # some are fetched ahead
    page.evaluate(SEEN)
    for _ in range(4):
        page.keyboard.press("a")
        time.sleep(0.02)  # quicker than anybody
    shown = page.evaluate("seen")
    settled(page)
    assert None not in shown
    assert texts(stored) == shown


def test_keys_of_all_kinds_keep_their_order(page: Page, stored: str) -> None:
    for key in "axm9sax":
        page.keyboard.press(key)
    settled(page)
    assert [action for action, _ in said(stored)] == ["accept", "reject", "change", "change", "accept", "reject"]
    assert len({figure for _, figure in said(stored)}) == 6


def test_what_was_quickly_accepted_is_quickly_taken_back(page: Page, stored: str) -> None:
    for key in "aaauu":
        page.keyboard.press(key)
    settled(page)
    undone = [one is not None for _, one in rows(stored, "corrections", "number", "undone")]
    assert undone == [False, True, True]


def test_a_double_click_is_one_accept(page: Page, stored: str) -> None:
    page.wait_for_load_state("networkidle")
    page.locator("#accept").dblclick()
    settled(page)
    assert [action for action, _ in said(stored)] == ["accept"]


def test_a_double_click_without_the_script_is_one_accept(chromium: Browser, server: Listening, stored: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address)
    page.locator("#accept").dblclick(no_wait_after=True)
    page.wait_for_timeout(500)
    assert len(said(stored)) == 1
    context.close()


def test_a_second_tab_is_told_what_the_first_one_did(page: Page, stored: str) -> None:
    second = page.context.new_page()
    second.goto(page.url)
    page.keyboard.press("a")
    settled(page)
    second.keyboard.press("x")
    settled(second)
    assert "王五" in second.locator("#main").inner_text()
    assert [action for action, _ in said(stored)] == ["accept"]
    second.locator("#say-again").click()
    settled(second)
    assert [action for action, _ in said(stored)] == ["accept", "reject"]
    second.close()


def test_of_quick_keys_only_what_somebody_else_changed_is_refused(page: Page, stored: str) -> None:
    page.wait_for_load_state("networkidle")
    engine = connect(stored)
    second = page.locator("#fields").get_attribute("data-next")
    assert second is not None
    with writing(engine) as connection:
        connection.execute(update(FIGURES).where(FIGURES.c.id == second.rpartition("/")[2]).values(item="别的"))
    for _ in range(4):
        page.keyboard.press("a")
    settled(page)
    refused = page.locator("#main").inner_text()
    assert ("别的" in refused, "not saved" in refused) == (True, True)
    assert second.rpartition("/")[2] not in {figure for _, figure in said(stored)}


def test_all_that_was_refused_is_shown_and_can_be_sent_again(page: Page, stored: str) -> None:
    page.wait_for_load_state("networkidle")
    engine = connect(stored)
    with writing(engine) as connection:
        connection.execute(update(FIGURES).values(item="别的"))
        for _ in range(3):  # none is answered before all are sent
            page.keyboard.press("a")
    settled(page)
    for _ in range(3):
        assert "别的" in page.locator("#compared").inner_text()
        page.locator("#say-again").click()
        settled(page)
    assert page.locator("#fields").is_visible()
    assert len({figure for _, figure in said(stored)}) == len(said(stored)) == 3


def test_what_was_refused_is_not_lost_by_going_on(page: Page, stored: str) -> None:
    page.wait_for_load_state("networkidle")
    engine = connect(stored)
    with writing(engine) as connection:
        connection.execute(update(FIGURES).values(item="别的"))
        for _ in range(2):  # none is answered before all are sent
            page.keyboard.press("a")
    settled(page)
    for _ in range(2):
        assert page.locator("#compared").is_visible()
        page.locator("#main a", has_text="next").click()
        page.wait_for_timeout(200)
    page.wait_for_selector("#fields")


def test_keys_outlive_a_server_that_is_away_for_a_moment(page: Page, server: Listening, stored: str) -> None:
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)  # type: ignore[arg-type]
    for _ in range(3):
        page.keyboard.press("a")
    page.locator("#notice").filter(has_text="does not answer").wait_for()
    assert said(stored) == []
    page.context.set_offline(False)
    settled(page)
    assert [action for action, _ in said(stored)] == ["accept"] * 3
    assert server.server.started


def test_what_was_sent_to_a_server_of_before_is_shown(page: Page, stored: str) -> None:
    page.context.clear_cookies()
    page.keyboard.press("a")
    settled(page)
    assert "Open the address" in page.locator("#main").inner_text()
    assert said(stored) == []


def test_a_page_that_was_refused_can_be_loaded_again(page: Page) -> None:
    second = page.context.new_page()
    second.goto(page.url)
    page.keyboard.press("a")
    settled(page)
    second.keyboard.press("u")  # there was nothing to take back when it was opened
    settled(second)
    assert "last correction" in second.locator("#main").inner_text()
    second.reload()
    second.wait_for_selector("#fields")
    second.close()


def test_what_is_being_typed_stays_when_an_earlier_key_is_refused(page: Page, stored: str) -> None:
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    engine = connect(stored)
    with writing(engine) as connection:
        connection.execute(update(FIGURES).values(item="别的"))
    page.keyboard.press("a")
    page.wait_for_selector("#main:not([aria-busy])")
    page.keyboard.press("e")
    page.keyboard.type("77")
    page.context.set_offline(False)
    settled(page)
    assert page.locator("#value").input_value() == "77"
    assert "shown next" in page.locator("#notice").inner_text()
    page.locator("#main").click(position={"x": 1, "y": 1})
    page.keyboard.press("s")
    settled(page)
    assert page.locator("#compared").is_visible()
