"""The review: the queue by doubt, the effect of each action, and access control."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
from hostile import hostile_text
from imports import TEXT, bring_in, rows, write
from reviewing import FORM, Site
from sqlalchemy import insert, update
from typer.testing import CliRunner
from zongji.cli import app
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.stored import document_keys
from zongji.pipeline.database.tables import CHECKS, FIGURES, WARNINGS
from zongji.pipeline.database.transactions import writing
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.doubts import Queue, read_doubts
from zongji.pipeline.review.fields import FieldError, figure_fields
from zongji.pipeline.review.missed import missed
from zongji.pipeline.review.server import RemoteRefusedError, is_loopback, listen


@pytest.fixture
def stored(sqlite: str, tmp_path: Path) -> str:
    bring_in(sqlite, *write(tmp_path, a=TEXT))
    return sqlite


@pytest.fixture
def site(stored: str) -> Site:
    return Site(stored).enter()


def values(database: str) -> dict[str, object]:
    return {str(name): value for name, value in rows(database, "figures", "id", "value")}


def actions(database: str) -> list[object]:
    return [action for _, action in rows(database, "corrections", "number", "action")]


def test_a_right_figure_takes_one_request(site: Site, stored: str) -> None:
    assert site.post(f"/figure/{site.key}/f1", action="accept") == 303
    assert rows(stored, "corrections", "action", "author", "figure") == [("accept", "李四", "f1")]


def test_a_changed_figure_is_stored(site: Site, stored: str) -> None:
    assert site.post(f"/figure/{site.key}/f1", action="change", **(FORM | {"value": "1,234"})) == 303
    assert values(stored)["f1"] == 1234


def test_saving_without_a_change_accepts(site: Site, stored: str) -> None:
    site.post(f"/figure/{site.key}/f1", action="change", **FORM)
    assert actions(stored) == ["accept"]


def test_a_rejected_figure_is_gone_until_it_is_taken_back(site: Site, stored: str) -> None:
    site.post(f"/figure/{site.key}/f1", action="reject")
    assert "f1" not in values(stored)
    assert site.client.post("/undo", data=site.form("/undo")).headers["location"].endswith("/f1")
    assert values(stored)["f1"] == 6


def test_words_that_were_missed_become_a_figure(site: Site, stored: str) -> None:
    site.post(f"/figure/{site.key}/f2", action="reject")
    assert site.post(f"/add/{site.key}", words="300余人", around="40") == 303
    found = rows(stored, "figures", "start", "end", "category", "value", "bound", "text")
    start = TEXT.index("300余人")
    assert (start, start + 5, "participants", 300.0, "over", "300余人") in found


@pytest.mark.parametrize("words", ["", "没有的字", "6期"])
def test_words_that_cannot_be_added_are_refused_with_the_reason(site: Site, words: str) -> None:
    assert site.post(f"/add/{site.key}", words=words, around="0") == 422


def test_the_class_of_a_section_is_changed(site: Site, stored: str) -> None:
    (section, before), *_ = rows(stored, "sections", "id", "label")
    assert site.post(f"/section/{site.key}/{section}", label="budget", figure="f1") == 303
    assert rows(stored, "sections", "id", "label")[0] == (section, "budget")
    assert site.post(f"/section/{site.key}/{section}", label="<b>", figure="f1") == 422
    site.post("/undo")
    assert rows(stored, "sections", "id", "label")[0] == (section, before)


def test_a_document_that_was_read_through_leaves_the_queue(site: Site) -> None:
    site.post(f"/complete/{site.key}")
    assert "Nothing is left" in site.client.get("/").text


def test_a_skipped_figure_comes_later(site: Site) -> None:
    first = site.client.get("/").headers["location"]
    site.post(first, action="skip")
    assert site.client.get("/").headers["location"] != first


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "many"},
        {"value": "inf"},
        {"category": "<b>"},
        {"bound": "range"},
        {"value_max": "3"},
        {"bound": "range", "value_max": "3"},
        {"item": "x" * 201},
    ],
)
def test_a_field_that_cannot_be_so_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(FieldError):
        figure_fields(FORM | wrong)


def test_a_form_that_does_not_fit_comes_back_with_what_was_typed(site: Site, stored: str) -> None:
    answer = site.client.post(
        f"/figure/{site.key}/f1",
        data=site.form(f"/figure/{site.key}/f1") | FORM | {"action": "change", "value": "许多", "item": '"><b>'},
    )
    assert (answer.status_code, "许多" in answer.text, "<b>" in answer.text) == (422, True, False)
    assert actions(stored) == []


def test_the_doubtful_come_first(database: str, tmp_path: Path) -> None:
    bring_in(database, *write(tmp_path, a=TEXT))
    engine = connect(database)
    with writing(engine) as connection:
        key = document_keys(connection)[0]
        connection.execute(update(FIGURES).values(confidence=0.9))
        connection.execute(update(FIGURES).where(FIGURES.c.id == "f2").values(confidence=0.6))
        failed = {"document_id": key, "position": 0, "code": "sum-differs", "figures": '["f3"]', "message": "3 ≠ 4"}
        connection.execute(insert(CHECKS), failed)
        about = {"sha256": "x", "position": 0, "document_id": key, "code": "damaged-text", "message": "?"}
        connection.execute(insert(WARNINGS), about | {"start": 23, "end": 24})
        assert [doubt.figure for doubt in read_doubts(connection)] == ["f3", "f1", "f2"]
        assert [round(doubt.doubt, 2) for doubt in read_doubts(connection)] == [1.1, 0.6, 0.4]


def test_progress_counts_what_was_looked_at(site: Site) -> None:
    desk = site.desk
    seen = [desk.progress()]
    site.post(f"/figure/{site.key}/f1", action="accept")
    seen.append(desk.progress())
    site.post(f"/figure/{site.key}/f2", action="reject")
    seen.append(desk.progress())
    site.post(f"/complete/{site.key}")
    seen.append(desk.progress())
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_queue_leaves_out_what_another_sitting_has_done(site: Site, stored: str) -> None:
    engine = connect(stored)
    queue = Queue()
    with engine.connect() as connection:
        assert queue.next(connection) is not None
    site.post(f"/complete/{site.key}")
    with engine.connect() as connection:
        assert queue.next(connection) is None


def test_history_says_who_and_when(site: Site) -> None:
    site.post(f"/figure/{site.key}/f1", action="accept")
    shown = site.client.get("/history").text
    assert "李四" in shown
    assert re.search(r"20\d\d-\d\d-\d\dT", shown)


def test_without_the_token_nothing_is_shown(stored: str) -> None:
    site = Site(stored)
    paths = ("/", "/queue", "/history", "/?token=x", f"/figure/{site.key}/f1")
    assert {site.client.get(path).status_code for path in paths} == {403}


def test_the_token_leaves_the_address_and_stays_in_a_strict_cookie(stored: str) -> None:
    site = Site(stored)
    answer = site.client.get(f"/?token={site.guard.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "evil.example:8765"},
        {"host": "127.0.0.1"},
    ],
)
def test_a_request_of_another_site_does_nothing(site: Site, stored: str, headers: dict[str, str]) -> None:
    form = {"token": site.guard.token, "action": "reject"}
    assert site.client.post(f"/figure/{site.key}/f1", data=form, headers=headers).status_code == 403
    assert actions(stored) == []


@pytest.mark.parametrize("form", [{}, {"token": ""}, {"token": "x"}])
def test_a_form_without_the_token_does_nothing(site: Site, stored: str, form: dict[str, str]) -> None:
    answer = site.client.post(f"/figure/{site.key}/f1", data={"action": "reject", **form})
    assert (answer.status_code, actions(stored)) == (403, [])


def test_reading_changes_nothing(site: Site, stored: str) -> None:
    for path in (f"/figure/{site.key}/f1?action=reject", "/undo", f"/complete/{site.key}"):
        site.client.get(path)
    assert actions(stored) == []


def test_a_form_of_great_length_is_refused(site: Site) -> None:
    assert site.post(f"/add/{site.key}", words="x" * 100_000) == 413


@pytest.mark.parametrize("field", ["item", "unit", "per"])
def test_sql_in_a_field_is_text(site: Site, stored: str, field: str) -> None:
    said = "'; drop table figures; --"
    assert site.post(f"/figure/{site.key}/f1", action="change", **(FORM | {field: said})) == 303
    assert (said,) in rows(stored, "figures", field)


@pytest.mark.parametrize("path", ["/figure/x'%20or%201=1/f1", "/figure/{key}/f1'%20or%201=1"])
def test_sql_in_an_address_finds_nothing(site: Site, path: str) -> None:
    assert site.client.get(path.format(key=site.key)).status_code == 404


def test_every_answer_forbids_script_frames_and_guessing(site: Site) -> None:
    answer = site.client.get(f"/figure/{site.key}/f1")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "no-store")


def test_a_hostile_document_is_text(sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "<img src=x>\u202e.txt").write_text(hostile_text(300_000), encoding="utf-8")
    bring_in(sqlite, tmp_path)
    site = Site(sqlite).enter()
    shown = site.client.get(f"/figure/{site.key}/f1").text
    outside = re.sub(r"<(script|style)\b.*?</\1>", "", shown, flags=re.DOTALL)
    assert not re.search(r"<(img|b|script)\b|<[^>]*\son\w+=", outside)
    assert "&lt;script&gt;alert(1)" in outside
    assert "\u202e" not in shown
    assert len(shown) < 100_000


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104  # nothing is bound
        ("::", False),
        ("example.org", False),
    ],
)
def test_what_only_this_machine_reaches(host: str, *, own: bool) -> None:
    assert is_loopback(host) is own


def test_another_address_is_refused_unless_somebody_insists(stored: str) -> None:
    desk = Desk(connect(stored), "x")
    with pytest.raises(RemoteRefusedError, match="--allow-remote"):
        listen(desk, "0.0.0.0", 0)  # noqa: S104
    insisted = listen(desk, "0.0.0.0", 0, allow_remote=True)  # noqa: S104
    insisted.socket.close()
    assert "token=" in insisted.address


def test_the_command_refuses_too(stored: str) -> None:
    result = CliRunner().invoke(app, ["review", "--db", stored, "--host", "0.0.0.0"])  # noqa: S104
    assert (result.exit_code, "--allow-remote" in result.stderr) == (2, True)


def test_a_port_that_is_taken_is_named(stored: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(app, ["review", "--db", stored, "--port", port])
    assert (result.exit_code, f"127.0.0.1:{port}" in result.stderr) == (1, True)


@pytest.fixture
def gone(sqlite: str, tmp_path: Path) -> Desk:
    """A desk whose source file is not there any more."""
    bring_in(sqlite, *write(tmp_path, a=TEXT))
    (tmp_path / "a.txt").unlink()
    return Desk(connect(sqlite), "x")


def test_a_figure_is_added_in_its_place_when_the_file_is_gone(gone: Desk) -> None:
    with gone.engine.connect() as connection:
        key = document_keys(connection)[0]
    figure = missed(gone.view(key), "3月20日", 0)
    assert TEXT[figure.start : figure.end] == "3月20日"
    assert figure.quote == "其中3月20日在文化广场开展宣传活动1场。"
