"""The review in a real browser over a real port: one key when a figure is right, and everything else by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility import faults
from browser import DESKTOP, PHONE, Watched, browser
from hostile import hostile_text
from imports import OTHER, TEXT, bring_in, rows, write
from playwright.sync_api import Browser, expect
from reviewing import settled
from zongji.pipeline.database.connection import connect
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.server import Listening, listen

pytestmark = pytest.mark.browser
PAPER = "#fields"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture
def stored(sqlite: str, tmp_path: Path) -> str:
    bring_in(sqlite, *write(tmp_path, a=TEXT, b=OTHER))
    return sqlite


def serve(database: str) -> Iterator[Listening]:
    listening = listen(Desk(connect(database), "王五"), "127.0.0.1", 0)
    thread = threading.Thread(target=listening.serve, daemon=True)
    thread.start()
    yield listening
    listening.server.should_exit = True
    thread.join(10)


@pytest.fixture
def server(stored: str) -> Iterator[Listening]:
    yield from serve(stored)


@pytest.fixture
def opened(chromium: Browser, server: Listening) -> Iterator[Watched]:
    page = Watched(chromium.new_context(viewport=DESKTOP).new_page())  # type: ignore[arg-type]
    page.page.goto(server.address)
    page.page.wait_for_selector(PAPER)
    yield page
    page.page.close()
    assert page.complaints == []


def words(opened: Watched) -> str:
    return opened.page.locator(".words strong").inner_text()


def press(opened: Watched, key: str) -> None:
    """A key that leads to another page."""
    with opened.page.expect_navigation():
        opened.page.keyboard.press(key)
    settled(opened.page)


def said(database: str) -> list[tuple[object, object]]:
    return [(action, text) for _, action, text in rows(database, "corrections", "number", "action", "text")]


def test_one_key_accepts_and_shows_the_next(opened: Watched, stored: str) -> None:
    first = words(opened)
    press(opened, "a")
    assert words(opened) != first
    assert said(stored) == [("accept", first)]
    press(opened, "Enter")
    assert len(said(stored)) == 2


def test_the_figure_is_seen_in_its_sentence(opened: Watched) -> None:
    expect(opened.page.locator("#here")).to_be_in_viewport()
    assert opened.page.locator("#here").inner_text() == words(opened)


def test_a_field_is_changed_by_keyboard_and_outlives_a_reload(opened: Watched, stored: str) -> None:
    address = opened.page.url
    opened.page.keyboard.press("e")
    opened.page.keyboard.type("4321")
    press(opened, "Enter")
    assert [action for action, _ in said(stored)] == ["change"]
    opened.page.goto(address)
    opened.page.reload()
    expect(opened.page.locator("#value")).to_have_value("4321")


def test_a_number_key_sets_the_category(opened: Watched, stored: str) -> None:
    press(opened, "9")
    assert "other" in {category for (category,) in rows(stored, "figures", "category")}


def test_the_class_of_a_section_is_changed_by_keyboard(opened: Watched, stored: str) -> None:
    address = opened.page.url
    opened.page.keyboard.press("c")
    opened.page.locator("#label").select_option("budget")
    opened.page.locator("#label").focus()
    press(opened, "Enter")
    assert opened.page.url == address
    assert "budget" in {label for (label,) in rows(stored, "sections", "label")}


def test_reject_and_undo(opened: Watched, stored: str) -> None:
    first, before = words(opened), rows(stored, "figures")
    press(opened, "x")
    assert len(rows(stored, "figures")) == len(before) - 1
    press(opened, "u")
    assert words(opened) == first
    assert rows(stored, "figures") == before


def test_selected_words_are_added(opened: Watched, stored: str) -> None:
    (key, figure), *_ = (row[:2] for row in rows(stored, "figures", "document_id", "id", "text") if row[2] == "300余人")
    opened.page.goto(f"{opened.page.url.split('/figure')[0]}/figure/{key}/{figure}")
    press(opened, "x")
    opened.page.goto(f"{opened.page.url.split('/figure')[0]}/figure/{key}/f1")
    opened.page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const place = node.data.indexOf('300余人');
                if (place < 0) continue;
                getSelection().setBaseAndExtent(node, place, node, place + 5);
                return;
            }
        }"""
    )
    press(opened, "n")
    assert words(opened) == "300余人"
    expect(opened.page.locator("#value")).to_have_value("300")
    start = TEXT.index("300余人")
    assert (start, start + 5, "300余人") in rows(stored, "figures", "start", "end", "text")


def test_a_wrong_field_is_told_and_nothing_is_lost(opened: Watched, stored: str) -> None:
    opened.page.keyboard.press("e")
    opened.page.keyboard.type("许多")
    press(opened, "Enter")
    expect(opened.page.get_by_role("alert")).to_contain_text("not a number")
    expect(opened.page.locator("#value")).to_have_value("许多")
    assert said(stored) == []
    assert [complaint for complaint in opened.complaints if "422" not in complaint] == []
    opened.complaints.clear()


def test_all_can_be_accepted_by_holding_nothing_but_one_key(opened: Watched, stored: str) -> None:
    number = len(rows(stored, "figures"))
    for _ in range(number):
        press(opened, "a")
    expect(opened.page.locator("main")).to_contain_text("Nothing is left to review")
    assert len(said(stored)) == number


def test_a_page_of_another_site_changes_nothing(opened: Watched, server: Listening, stored: str) -> None:
    target = opened.page.url
    stranger = opened.page.context.new_page()
    stranger.set_content(f'<form method="post" action="{target}"><input name="action" value="reject"></form>')
    with stranger.expect_navigation():
        stranger.evaluate("document.forms[0].submit()")
    assert "403" in stranger.inner_text("body")
    assert said(stored) == []
    assert server.address.startswith("http://127.0.0.1:")


@pytest.mark.alone
def test_a_hostile_document_is_reviewed_without_harm(chromium: Browser, sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "h.txt").write_text(hostile_text(300_000), encoding="utf-8")
    bring_in(sqlite, tmp_path)
    for listening in serve(sqlite):
        page = Watched(chromium.new_page())
        page.page.goto(listening.address)
        page.page.wait_for_selector(PAPER)
        press(page, "a")
        taken = page.page.evaluate("performance.getEntriesByType('navigation')[0].duration")
        assert page.page.locator("#text img, #text script").count() == 0
        assert page.complaints == []
        assert taken < 5000
        page.page.close()


def test_on_a_phone_nothing_is_cut_off(chromium: Browser, server: Listening) -> None:
    page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.goto(server.address)
    page.wait_for_selector(PAPER)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#accept").click()
    page.wait_for_selector(PAPER)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(chromium: Browser, server: Listening, scheme: str) -> None:
    page = chromium.new_context(color_scheme=scheme, bypass_csp=True).new_page()  # type: ignore[arg-type]
    page.goto(server.address)
    page.wait_for_selector(PAPER)
    assert faults(page) == []
    first = page.url
    page.goto(page.url.split("/figure")[0] + "/queue")
    assert faults(page) == []
    page.goto(first)
    other = page.context.new_page()
    other.goto(first)
    for one, button in ((other, "#accept"), (page, "#change")):
        one.locator(button).click()
        settled(one)
    expect(page.locator("#compared")).to_be_visible()
    assert faults(page) == []
    page.context.close()
