"""A database server that takes connections and never answers is not waited for by a reviewer for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from conftest import SERVERS, database_of
from imports import TEXT, bring_in, rows, write
from relay import Relay, relayed
from reviewing import FORM, Site
from zongji.pipeline.database import connection, hanging

SECONDS = 2


@pytest.fixture(params=SERVERS)
def relay(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """A database with a document, behind a relay; its server is suspected after a moment."""
    monkeypatch.setattr(hanging, "_EVERY", 0.5)
    for module in (connection, hanging):
        monkeypatch.setattr(module, "CONNECTING", SECONDS)
    for address in database_of(request.param, tmp_path):
        bring_in(address, *write(tmp_path, a=TEXT))
        with relayed(address) as made:
            yield made


def test_a_page_says_that_the_database_does_not_answer(relay: Relay) -> None:
    site = Site(relay.address).enter()
    relay.silent = True
    begun = monotonic()
    answer = site.client.get("/queue")
    assert (answer.status_code, "does not answer" in answer.text) == (503, True)
    assert monotonic() - begun < 6 * SECONDS


def test_a_form_is_given_back_and_can_be_sent_when_the_server_answers_again(relay: Relay) -> None:
    site = Site(relay.address).enter()
    path = f"/figure/{site.key}/f1"
    form = site.form(path) | FORM | {"action": "change", "item": "我的话"}
    relay.silent = True
    refused = site.client.post(path, data=form)
    assert (refused.status_code, "我的话" in refused.text, rows_of(relay)) == (503, True, 0)
    assert site.again(refused.text).status_code == 303
    assert rows_of(relay) == 1


def rows_of(relay: Relay) -> int:
    """How many corrections there are, once the server answers again."""
    relay.silent = False
    return len(rows(relay.address, "corrections"))
