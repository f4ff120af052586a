"""Whatever stands in a form, and whatever the database does: a sentence, never an error of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlencode

import pytest
from imports import TEXT, bring_in, rows, write
from reviewing import FORM, HOST, Site
from sqlalchemy import event
from starlette.testclient import TestClient
from zongji.pipeline.corrections.versions import lock
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.transactions import writing
from zongji.pipeline.review import access, patience

DIGITS = "9" * 5000  # int() takes 4,300
SENT = FORM | {"action": "change", "item": "我的话"}
ENCODED = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def stored(database: str, tmp_path: Path) -> str:
    bring_in(database, *write(tmp_path, a=TEXT))
    return database


@pytest.fixture
def site(stored: str) -> Site:
    return Site(stored).enter()


@pytest.fixture
def local(sqlite: str, tmp_path: Path) -> Site:
    """A review of an SQLite database."""
    bring_in(sqlite, *write(tmp_path, a=TEXT))
    return Site(sqlite).enter()


def statuses(site: Site, path: str, name: str, values: Sequence[str], **form: str) -> dict[str, int]:
    """The status of a form with each of these values in one field."""
    return {value[:30]: site.post(path, **(form | {name: value})) for value in values}


@pytest.mark.parametrize("name", ["value", "value_max"])
def test_a_number_that_is_none_is_told(site: Site, name: str) -> None:
    values = (DIGITS, "-" + DIGITS, "1e999", "-1e999", "nan", "inf", "-Infinity", "0x10", "١e", "½", "6\0", "1 2", "一")
    form = SENT | {"bound": "range", "value": "1", "value_max": "2"}
    assert set(statuses(site, f"/figure/{site.key}/f1", name, values, **form).values()) == {422}


@pytest.mark.parametrize(
    ("written", "kept"),
    [("-5", -5), ("６", 6), ("１，２３４", 1234), ("1e308", 1e308), ("5e-324", 5e-324), ("-0", 0), ("", None)],
)
def test_a_number_of_any_size_is_stored(site: Site, stored: str, written: str, kept: float | None) -> None:
    assert site.post(f"/figure/{site.key}/f1", **(SENT | {"value": written})) == 303
    assert dict(rows(stored, "figures", "id", "value"))["f1"] == kept


@pytest.mark.parametrize("name", ["unit", "item", "per"])
def test_words_that_cannot_be_stored_are_told(site: Site, name: str) -> None:
    words = ("\0", "a\0b", "\x1b[31m", "\x85\x00", "字" * 201, "\U0010ffff" * 201, "字" * 5000)
    assert set(statuses(site, f"/figure/{site.key}/f1", name, words, **SENT).values()) == {422}


def test_a_lone_surrogate_is_replaced(site: Site, stored: str) -> None:
    body = urlencode(site.form(f"/figure/{site.key}/f1") | SENT).replace("item=", "item=%ED%A0%80%FF")
    assert site.client.post(f"/figure/{site.key}/f1", content=body, headers=ENCODED).status_code == 303
    assert "�" in str(dict(rows(stored, "figures", "id", "item"))["f1"])


@pytest.mark.parametrize("around", [DIGITS, "-1", "nan", "", "²", "9" * 15, "１２", "\0"])
def test_a_place_that_is_none_does_not_hinder(local: Site, around: str) -> None:
    assert local.post(f"/add/{local.key}", words="3月20日", around=around) == 303


def test_words_that_are_not_there_are_told(site: Site) -> None:
    words = ("", " ", "\0", "字" * 101, "3月20日\0", "没有")
    assert set(statuses(site, f"/add/{site.key}", "words", words).values()) == {422}


def test_an_undo_of_what_is_not_there_undoes_nothing(site: Site, stored: str) -> None:
    site.post(f"/figure/{site.key}/f1", action="accept")
    assert set(statuses(site, "/undo", "number", (DIGITS, "-1", "", "x", "\0", "999999")).values()) == {409}
    assert rows(stored, "corrections", "undone") == [(None,)]


def test_a_field_that_is_missing_is_told(local: Site) -> None:
    path, expected = f"/figure/{local.key}/f1", {"action": 400, "version": 409, "category": 422, "bound": 422}
    for missing, status in expected.items():
        form = {name: value for name, value in (local.form(path) | SENT).items() if name != missing}
        assert local.client.post(path, data=form).status_code == status


def test_of_a_repeated_field_the_last_counts(local: Site) -> None:
    path = f"/figure/{local.key}/f1"
    form = [*(local.form(path) | SENT).items(), ("value", "2")]
    assert local.client.post(path, content=urlencode(form), headers=ENCODED).status_code == 303
    assert local.desk.view(local.key).document.figures[0].value == 2


def test_an_address_of_nothing_is_told(site: Site) -> None:
    form = {"token": site.guard.token, "action": "accept", "label": "budget", "words": "3月20日"}
    found: set[int] = set()
    for key in ("x", "%00", "%ED%A0%80", "a" * 5000, "..%2f..", "%F0%9F%98%80", "'"):
        for path in ("/figure/{}/f1", "/figure/{key}/{}", "/section/{key}/{}", "/add/{}", "/complete/{}"):
            address = path.replace("{key}", site.key).format(key)
            found |= {site.client.get(address).status_code, site.client.post(address, data=form).status_code}
    assert found <= {404, 405, 409}


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "\x00", "http://" + "a" * 5000, "//"])
def test_an_origin_that_is_none_is_refused(local: Site, origin: str) -> None:
    form = local.form(f"/figure/{local.key}/f1") | {"action": "reject"}
    answer = local.client.post(f"/figure/{local.key}/f1", data=form, headers={"origin": origin})
    assert answer.status_code == 403


def test_half_a_form_is_none(local: Site) -> None:
    path = f"/figure/{local.key}/f1"
    body = urlencode(local.form(path) | SENT).encode()
    arriving = [{"type": "http.request", "body": body, "more_body": True}, {"type": "http.disconnect"}]
    answers: list[Any] = []

    async def receive() -> Any:  # noqa: ANN401  # a message
        return arriving.pop(0)

    async def send(message: Any) -> None:  # noqa: ANN401  # a message
        answers.append(message)

    sent = {"host": HOST, "cookie": f"{access.COOKIE}={local.guard.token}"}
    headers = [(name.encode(), value.encode()) for name, value in sent.items()]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
    asyncio.run(local.guard(scope, receive, send))
    assert answers[0]["status"] == 400
    assert local.desk.history() == []


def test_a_page_of_an_earlier_server_is_explained_and_its_input_given_back(local: Site) -> None:
    stranger = TestClient(local.guard, base_url=f"http://{HOST}", cookies={access.COOKIE: "of-an-earlier-server"})
    answer = stranger.post(f"/figure/{local.key}/f1", data=SENT | {"token": "of-it", "item": '"><b>我的话'})
    assert (answer.status_code, "ran here before" in answer.text) == (403, True)
    assert ("我的话" in answer.text, "<b>" in answer.text) == (True, False)


@contextmanager
def away(site: Site) -> Iterator[None]:
    """The database cannot be opened."""
    file = Path(str(site.desk.engine.url.database))
    site.desk.engine.dispose()
    moved = file.rename(file.with_suffix(".away"))
    file.mkdir()
    yield
    site.desk.engine.dispose()
    file.rmdir()
    moved.rename(file)


@pytest.mark.parametrize("path", ["/", "/queue", "/history", "/figure/{key}/f1"])
def test_a_page_without_its_database_says_so(local: Site, path: str) -> None:
    with away(local):
        answer = local.client.get(path.format(key=local.key))
    assert (answer.status_code, "does not answer" in answer.text) == (503, True)


def test_a_form_outlives_a_database_that_was_away(local: Site) -> None:
    path = f"/figure/{local.key}/f1"
    form = local.form(path) | SENT
    with away(local):
        refused = local.client.post(path, data=form)
    assert (refused.status_code, "我的话" in refused.text) == (503, True)
    assert local.again(refused.text).status_code == 303
    assert local.desk.view(local.key).document.figures[0].item == "我的话"


@pytest.mark.alone
def test_what_another_program_holds_is_waited_for_some_seconds_and_can_be_sent_again(site: Site, stored: str) -> None:
    path = f"/figure/{site.key}/f1"
    form = site.form(path) | SENT
    other = connect(stored)
    with writing(other) as connection:
        lock(connection, site.key)
        assert site.client.get(path).status_code == 200
        begun = monotonic()
        refused = site.client.post(path, data=form)
        taken = monotonic() - begun
    other.dispose()
    assert (refused.status_code, "busy" in refused.text, "我的话" in refused.text) == (503, True, True)
    assert taken < patience.SECONDS + 3
    assert site.again(refused.text).status_code == 303


READ_ONLY = {
    "sqlite": "pragma query_only = on",
    "postgresql": "set session characteristics as transaction read only",
    "mysql": "set session transaction read only",
}


def test_a_database_that_can_only_be_read_is_shown_and_says_why_it_takes_nothing(site: Site, stored: str) -> None:
    path, engine = f"/figure/{site.key}/f1", site.desk.engine
    form = site.form(path) | SENT
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _only_read(connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's own type
        connection.cursor().execute(READ_ONLY[engine.dialect.name])
        connection.commit()

    pages = {site.client.get(page).status_code for page in ("/queue", "/history", path)}
    refused = site.client.post(path, data=form)
    assert (pages, refused.status_code, "read but not written" in refused.text) == ({200}, 503, True)
    assert ("我的话" in refused.text, rows(stored, "corrections")) == (True, [])
