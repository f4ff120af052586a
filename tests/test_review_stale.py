"""A form is about the record that was shown: what changed since is told, nothing is overwritten or said twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from httpx import Response
from imports import TEXT, bring_in, rows, write
from reviewing import FORM, MANY, Site
from sqlalchemy import delete, update
from zongji.pipeline.bulk.planning import Policy
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.tables import DOCUMENTS, FIGURES
from zongji.pipeline.database.transactions import writing

MINE = FORM | {"action": "change", "value": "77", "item": "我的"}


@pytest.fixture
def stored(database: str, tmp_path: Path) -> str:
    bring_in(database, *write(tmp_path, a=TEXT))
    return database


@pytest.fixture
def site(stored: str) -> Site:
    return Site(stored).enter()


@pytest.fixture
def colleague(stored: str) -> Site:
    return Site(stored, "同事").enter()


def actions(database: str) -> list[object]:
    return [action for _, action in rows(database, "corrections", "number", "action")]


def figure(database: str, identifier: str = "f1") -> tuple[object, ...]:
    return next(row for row in rows(database, "figures", "id", "value", "item") if row[0] == identifier)


def test_a_figure_that_somebody_changed_is_not_overwritten(site: Site, colleague: Site, stored: str) -> None:
    path = f"/figure/{site.key}/f1"
    mine = site.form(path) | MINE
    colleague.post(path, action="change", **(FORM | {"value": "8"}))
    answer = site.client.post(path, data=mine)
    assert answer.status_code == 409
    assert all(told in answer.text for told in ("同事", "77", "我的", ">8<"))
    assert (figure(stored)[1], actions(stored)) == (8, ["change"])


def test_what_was_refused_can_be_sent_again(site: Site, colleague: Site, stored: str) -> None:
    path = f"/figure/{site.key}/f1"
    mine = site.form(path) | MINE
    colleague.post(path, action="change", **(FORM | {"value": "8"}))
    again = site.again(site.client.post(path, data=mine).text)
    assert again.status_code == 303
    assert (figure(stored), actions(stored)) == (("f1", 77, "我的"), ["change", "change"])


def test_what_one_said_was_right_is_what_one_saw(site: Site, colleague: Site, stored: str) -> None:
    path = f"/figure/{site.key}/f1"
    mine = site.form(path) | FORM | {"action": "accept"}
    colleague.post(path, action="change", **(FORM | {"value": "8"}))
    site.again(site.client.post(path, data=mine).text)
    assert figure(stored)[1] == 6


def test_an_undo_makes_a_form_stale(site: Site, colleague: Site, stored: str) -> None:
    path = f"/figure/{site.key}/f1"
    colleague.post(path, action="change", **(FORM | {"value": "8"}))
    mine = site.form(path) | FORM | {"action": "accept"}
    colleague.post("/undo")
    answer = site.client.post(path, data=mine)
    assert (answer.status_code, "taken back" in answer.text, "同事" in answer.text) == (409, True, True)
    assert actions(stored) == ["change"]


def test_an_import_that_changed_the_record_makes_a_form_stale(site: Site, stored: str, tmp_path: Path) -> None:
    path = f"/figure/{site.key}/f1"
    engine = connect(stored)
    with writing(engine) as connection:  # as another version has read it
        connection.execute(update(FIGURES).where(FIGURES.c.id == "f1").values(unit="次"))
    engine.dispose()
    mine = site.form(path) | MINE
    bring_in(stored, tmp_path, policy=Policy(force=True))
    answer = site.client.post(path, data=mine)
    assert (answer.status_code, "imported again" in answer.text, actions(stored)) == (409, True, [])


def test_an_import_that_changed_nothing_leaves_forms_good(site: Site, stored: str, tmp_path: Path) -> None:
    path = f"/figure/{site.key}/f1"
    mine = site.form(path) | MINE
    bring_in(stored, tmp_path, policy=Policy(force=True))
    assert site.client.post(path, data=mine).status_code == 303


def test_a_figure_that_was_rejected_can_become_one_again(site: Site, colleague: Site, stored: str) -> None:
    path = f"/figure/{site.key}/f1"
    mine = site.form(path) | MINE
    colleague.post(path, action="reject")
    refused = site.client.post(path, data=mine)
    assert (refused.status_code, "gone" in refused.text, "我的" in refused.text) == (409, True, True)
    assert site.again(refused.text).status_code == 303
    assert actions(stored) == ["reject", "add"]


@pytest.mark.parametrize("action", ["accept", "change", "reject"])
def test_a_document_that_is_deleted_is_told(site: Site, stored: str, action: str) -> None:
    path = f"/figure/{site.key}/f1"
    mine = site.form(path) | MINE | {"action": action}
    engine = connect(stored)
    with writing(engine) as connection:
        connection.execute(delete(DOCUMENTS))
    answer = site.client.post(path, data=mine)
    assert (answer.status_code, "no longer in the database" in answer.text, "我的" in answer.text) == (409, True, True)


def test_a_section_that_somebody_relabelled_is_not_overwritten(site: Site, colleague: Site, stored: str) -> None:
    (section,), *_ = rows(stored, "sections", "id")
    path = f"/section/{site.key}/{section}"
    mine = site.form(path) | {"label": "budget", "figure": "f1"}
    colleague.post(path, label="problems", figure="f1")
    refused = site.client.post(path, data=mine)
    assert (refused.status_code, dict(rows(stored, "sections", "id", "label"))[section]) == (409, "problems")
    assert site.again(refused.text).status_code == 303
    assert dict(rows(stored, "sections", "id", "label"))[section] == "budget"


def test_a_document_is_read_through_as_it_was_shown(site: Site, colleague: Site, stored: str) -> None:
    path = f"/complete/{site.key}"
    mine = site.form(path)
    colleague.post(f"/figure/{site.key}/f1", action="reject")
    refused = site.client.post(path, data=mine)
    assert (refused.status_code, actions(stored)) == (409, ["reject"])
    assert site.again(refused.text).status_code == 303


def test_ones_own_corrections_do_not_hinder_ones_reading_through(site: Site) -> None:
    mine = site.form(f"/complete/{site.key}")
    site.post(f"/figure/{site.key}/f1", action="accept")
    assert site.client.post(f"/complete/{site.key}", data=mine).status_code == 303


def test_only_the_last_correction_that_was_shown_is_undone(site: Site, stored: str) -> None:
    site.post(f"/figure/{site.key}/f1", action="accept")
    shown = site.form("/undo")
    site.post(f"/figure/{site.key}/f2", action="accept")
    refused = site.client.post("/undo", data=shown)
    assert (refused.status_code, rows(stored, "corrections", "undone")) == (409, [(None,), (None,)])
    assert site.again(refused.text).status_code == 303
    undone = dict(rows(stored, "corrections", "figure", "undone"))
    assert (undone["f1"], undone["f2"] is None) == (None, False)


def test_a_form_without_a_version_says_nothing(site: Site, stored: str) -> None:
    form = {"token": site.guard.token, "action": "reject"}
    answers = [
        site.client.post(f"/figure/{site.key}/f1", data=form | {"version": version}).status_code
        for version in ("", "0-0-", "x", "9" * 5000, "1-2-3-4", "-", "0-0-٣")
    ]
    assert (set(answers), actions(stored)) == ({409}, [])


FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "accept": ("/figure/{key}/f1", {"action": "accept"}),
    "change": ("/figure/{key}/f1", MINE),
    "reject": ("/figure/{key}/f1", {"action": "reject"}),
    "add": ("/add/{key}", {"words": "3月20日", "around": "0"}),
    "complete": ("/complete/{key}", {}),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_sent_twice_is_one_correction(site: Site, stored: str, name: str) -> None:
    path, said = FORMS[name]
    path = path.format(key=site.key)
    form = site.form(path) | said
    answers = [site.client.post(path, data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert actions(stored) == [name]


def test_an_undo_that_is_sent_twice_is_one(site: Site, stored: str) -> None:
    for identifier in ("f1", "f2"):
        site.post(f"/figure/{site.key}/{identifier}", action="accept")
    form = site.form("/undo")
    assert [site.client.post("/undo", data=form).status_code for _ in range(2)] == [303, 303]
    assert [undone is None for _, undone in rows(stored, "corrections", "number", "undone")] == [True, False]


def at_once(sites: list[Site], paths: list[str], forms: list[dict[str, str]]) -> list[Response]:
    """The answers to forms that are sent at the same time."""
    with ThreadPoolExecutor(len(sites)) as threads:
        pairs = zip(sites, paths, forms, strict=True)
        sent = [threads.submit(site.client.post, path, data=form) for site, path, form in pairs]
        return [answer.result() for answer in sent]


def test_of_many_at_once_one_is_taken(stored: str) -> None:
    sites = [Site(stored, f"n{number}").enter() for number in range(8)]
    path = f"/figure/{sites[0].key}/f1"
    forms = [site.form(path) | MINE | {"value": str(number)} for number, site in enumerate(sites)]
    answers = at_once(sites, [path] * len(sites), forms)
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [303] + [409] * (len(sites) - 1)
    winner = next(number for number, answer in enumerate(answers) if answer.status_code == 303)
    assert (figure(stored)[1], rows(stored, "corrections", "author")) == (winner, [(f"n{winner}",)])


def test_twenty_accepts_at_once_are_twenty(database: str, tmp_path: Path) -> None:
    bring_in(database, *write(tmp_path, a=MANY))
    site = Site(database).enter()
    paths = [f"/figure/{site.key}/f{number}" for number in range(1, 21)]
    forms = [site.form(path) | {"action": "accept"} for path in paths]
    with site.client:  # one event loop for all of its requests, as a server has
        answers = at_once([site] * 40, paths * 2, forms * 2)  # each of them by a double click
    assert {answer.status_code for answer in answers} == {303}
    assert actions(database) == ["accept"] * 20
    assert len({figure for (figure,) in rows(database, "corrections", "figure")}) == 20


def test_words_added_by_two_at_once_are_one_figure(stored: str) -> None:
    sites = [Site(stored, f"n{number}").enter() for number in range(4)]
    path = f"/add/{sites[0].key}"
    forms = [site.form(path) | {"words": "3月20日", "around": "0"} for site in sites]
    answers = at_once(sites, [path] * len(sites), forms)
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    assert actions(stored) == ["add"]
