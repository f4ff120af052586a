"""A review as tests use it: a client that was let in, and forms as our own pages send them."""

from __future__ import annotations

import re
from html import unescape

from httpx import Response
from playwright.sync_api import Page
from sqlalchemy import select
from starlette.testclient import TestClient
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.stored import document_keys
from zongji.pipeline.database.tables import FIGURES
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.patience import impatient
from zongji.pipeline.review.server import application

MANY = "临河镇2023年工作总结\n" + "".join(f"第{number}村举办培训班{number + 100}期。\n" for number in range(30))
"""A text with a figure in each of thirty lines."""
HOST = "127.0.0.1:8765"
FORM = {"category": "sessions", "value": "6", "bound": "exact", "modality": "achieved", "unit": "期", "item": "培训班"}


class Site:
    """A database under review: a client that was let in, the token of its forms, the key of its first document."""

    def __init__(self, database: str, author: str = "李四") -> None:
        engine = impatient(connect(database))
        with engine.connect() as connection:
            self.key = document_keys(connection)[0]
        self.desk = Desk(engine, author)
        self.guard = application(self.desk, frozenset({HOST}))
        self.client = TestClient(self.guard, base_url=f"http://{HOST}", follow_redirects=False)

    def enter(self) -> Site:
        """Use the address that was printed."""
        assert self.client.get(f"/?token={self.guard.token}").status_code == 303
        return self

    def post(self, path: str, **form: str) -> int:
        """Send a form as our own page does; returns the status."""
        return self.send(path, **form).status_code

    def send(self, path: str, **form: str) -> Response:
        """The answer to the form of a page that was opened just now."""
        return self.client.post(path, data=self.form(path) | form)

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of the form for a path on the page of the figure meant, else of any figure."""
        if path.startswith("/section/"):
            version = self.desk.section_version(self.key, path.rpartition("/")[2])
            return {"token": self.guard.token, "version": version}
        figure = path if path.startswith("/figure/") else self.any_figure()
        page = self.client.get(figure).text
        found = re.search(rf'<form method="post" action="{re.escape(path)}".*?</form>', page, re.DOTALL)
        hidden = re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', found[0] if found else "")
        return {"token": self.guard.token} | {name: unescape(value) for name, value in hidden}

    def any_figure(self) -> str:
        """The path of a figure."""
        with self.desk.engine.connect() as connection:
            figure = connection.scalar(select(FIGURES.c.id).where(FIGURES.c.document_id == self.key))
        return f"/figure/{self.key}/{figure}"

    def again(self, page: str) -> Response:
        """Send again what a page says was not saved."""
        form = re.search(r'<form method="post" action="([^"]*)" id="again">.*?</form>', page, re.DOTALL)
        assert form is not None
        hidden = re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', form[0])
        return self.client.post(form[1], data={name: unescape(value) for name, value in hidden})


def settled(page: Page) -> None:
    """Wait until all was sent and a record, or what there is instead, is on show."""
    page.wait_for_selector("html:not([data-sending])", state="attached")
    page.wait_for_selector("#main:not([aria-busy])")
