"""The report in a real browser: opening, filtering, jumping between records and text, keys, hostile documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility import faults
from browser import DESKTOP, PHONE, Watched, browser
from hostile import hostile_text
from imports import OTHER, TEXT, write
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner
from zongji.cli import app

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report of the samples, two small documents and a hostile one, all with long paths."""
    folder = tmp_path_factory.mktemp("report") / ("a-path-without-blanks-" * 3)
    folder.mkdir()
    write(folder, small=TEXT, other=OTHER, wrong="石桥镇2021年工作总结\n建站8个，其中镇级5个、村级15个。\n")
    (folder / "z-hostile.txt").write_text(hostile_text(300_000).replace("临河", "荆山"), encoding="utf-8")
    sources = [str(ROOT / "corpus" / "samples"), str(folder)]
    assert CliRunner().invoke(app, ["report", *sources, "-o", str(folder / "r.html")]).exit_code == 0
    return (folder / "r.html").as_uri()


@pytest.fixture
def opened(chromium: Browser, report: str) -> Iterator[Watched]:
    page = Watched(chromium.new_page(viewport=DESKTOP))
    page.page.goto(report)
    yield page
    page.page.close()
    assert page.complaints == []
    assert {re.sub(r"#.*", "", address) for address in page.requests} == {report}


def follow(opened: Watched, title: str) -> None:
    opened.page.locator("#rows a", has_text=title).first.click()
    opened.page.wait_for_selector("#document:not([hidden])")


def test_the_overview_counts_and_the_list_is_filtered(opened: Watched) -> None:
    page = opened.page
    expect(page.locator("dl.tiles dd").nth(1)).to_have_text("8")
    page.fill("#find", "岚溪")
    expect(page.locator("#rows tr")).to_have_count(1)
    page.fill("#find", "")
    page.select_option("#by-year", "2022")
    expect(page.locator("#found")).to_contain_text("2 / 8")
    page.select_option("#by-year", "")
    page.check("#only-doubtful")
    expect(page.locator("#rows")).to_contain_text("石桥镇2021年")
    page.uncheck("#only-doubtful")
    page.select_option("#by-order", "doubt")
    expect(page.locator("#rows tr").first).to_contain_text("石桥镇2021年")


def test_a_record_leads_to_its_place_and_back(opened: Watched) -> None:
    page = opened.page
    follow(opened, "岚溪县科协")
    page.locator("#figures .entry").nth(12).click()
    identifier = page.locator("#figures .entry").nth(12).get_attribute("data-figure")
    expect(page.locator(f"#at-{identifier}")).to_be_in_viewport()
    expect(page.locator(f"#at-{identifier}")).to_be_focused()
    page.locator("#text .figure").first.click()
    expect(page.locator("#record strong")).to_have_text("86场次")
    assert page.url.endswith(".f1")


def test_an_address_with_a_record_opens_at_it(opened: Watched, report: str) -> None:
    opened.page.goto(f"{report}#d0.f9")
    expect(opened.page.locator("#at-f9")).to_be_in_viewport()
    opened.page.reload()
    expect(opened.page.locator("#at-f9")).to_be_in_viewport()


def test_keys_walk_through_figures_documents_and_repairs(opened: Watched) -> None:
    page = opened.page
    follow(opened, "云岭区科协")
    expect(page.locator("#text .figure").first).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#text .chosen")).to_have_attribute("id", "at-f1")
    page.keyboard.press("j")
    expect(page.locator("#text .chosen")).to_have_attribute("id", "at-f2")
    page.keyboard.press("k")
    expect(page.locator("#text .chosen")).to_have_attribute("id", "at-f1")
    page.keyboard.press("r")
    expect(page.locator("#text .mend del").first).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("#document-title")).to_contain_text("志愿者协会")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_failed_checks_stand_first(opened: Watched) -> None:
    follow(opened, "石桥镇2021年")
    expect(opened.page.locator("#checks li").first).to_contain_text("分项大于总数")


def test_pointing_at_a_figure_shows_its_record(opened: Watched) -> None:
    follow(opened, "岚溪县科协")
    opened.page.locator("#text .figure").nth(1).hover()
    expect(opened.page.locator("#record strong")).to_have_text("5.3万余人次")


def test_a_category_can_be_put_out(opened: Watched) -> None:
    follow(opened, "岚溪县科协")
    opened.page.locator("#legend input").first.uncheck()
    expect(opened.page.locator("#text .figure.off")).not_to_have_count(0)


def test_a_hostile_document_is_shown_and_does_nothing(opened: Watched) -> None:
    page = opened.page
    follow(opened, "荆山")
    page.wait_for_selector("#text .figure")
    assert "<script>alert(1)</script>" in page.locator("#text .paragraph").nth(1).inner_text()
    assert page.locator("#text img, #text script, #text b").count() == 0
    page.keyboard.press("r")
    expect(page.locator("#text .control").first).to_have_text("⟦U+202E⟧")


@pytest.mark.alone
def test_three_hundred_thousand_characters_are_shown_within_two_seconds(opened: Watched) -> None:
    taken = opened.page.evaluate(
        """async () => {
            const start = performance.now();
            location.hash = document.querySelector('#rows tr:last-child a').getAttribute('href');
            while (!document.querySelector('#at-f9')) await new Promise((next) => requestAnimationFrame(next));
            await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
            return performance.now() - start;
        }"""
    )
    assert len(opened.page.locator("#text").text_content() or "") > 290_000
    assert taken < 2000


def test_signs_beyond_the_first_plane_move_no_figure(opened: Watched) -> None:
    follow(opened, "荆山")
    expect(opened.page.locator("#text .paragraph", has_text="😀").locator(".figure").last).to_have_text("2000人次")


def test_light_and_dark_can_be_chosen(opened: Watched) -> None:
    page = opened.page
    shown = "getComputedStyle(document.documentElement).backgroundColor"
    before = page.evaluate(shown)
    page.click("#theme")
    page.click("#theme")
    assert page.evaluate(shown) != before


def test_on_a_phone_a_tap_shows_the_record_and_nothing_is_cut_off(chromium: Browser, report: str) -> None:
    page = chromium.new_page(viewport=PHONE, has_touch=True)
    page.goto(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.goto(f"{report}#d0")
    page.locator("#text .figure").nth(3).tap()
    expect(page.locator("#record")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.goto(f"{report}#d0.f20")
    page.wait_for_timeout(200)
    place, record = page.locator("#at-f20").bounding_box(), page.locator("#record").bounding_box()
    assert place is not None
    assert record is not None
    assert 0 <= place["y"] < place["y"] + place["height"] <= record["y"]
    page.close()


def test_the_printed_page_has_no_controls(opened: Watched) -> None:
    follow(opened, "岚溪县科协")
    opened.page.emulate_media(media="print")
    expect(opened.page.locator("header")).to_be_hidden()
    expect(opened.page.locator("#text")).to_be_visible()
    expect(opened.page.locator("#overview")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["#overview", "#d0.f3", "#d2"])
def test_axe_finds_no_serious_fault(chromium: Browser, report: str, scheme: str, place: str) -> None:
    page = chromium.new_context(color_scheme=scheme, bypass_csp=True).new_page()  # type: ignore[arg-type]
    page.goto(report + place)
    page.wait_for_timeout(200)
    assert faults(page) == []
    page.close()
