"""The routes: requests to actions of the desk, and the pages that answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from zongji.corpus.labels import Bound, Category, Modality, SectionLabel
from zongji.corpus.whole_numbers import whole_number
from zongji.pipeline.corrections.journal import UnknownRecordError
from zongji.pipeline.corrections.versions import StaleError
from zongji.pipeline.database.hanging import watched
from zongji.pipeline.pages.safety import policy
from zongji.pipeline.pages.templates import asset, environment
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.fields import FieldError, form_of
from zongji.pipeline.review.once import Once
from zongji.pipeline.review.passages import passage, source_words
from zongji.pipeline.review.patience import reason
from zongji.pipeline.review.unsaved import Unsaved, outdated, unanswered

_PACKAGE = "zongji.pipeline.review"
_SEE_OTHER = 303
_CONFLICT = 409
_UNAVAILABLE = 503


class Pages:
    """The pages over a desk; `token` goes into every form."""

    def __init__(self, desk: Desk, token: Callable[[], str]) -> None:
        """Serve a desk; `token` returns the token of its guard."""
        self.desk, self.token, self.once = desk, token, Once()
        self.styles = asset("zongji.pipeline.pages", "base.css") + asset(_PACKAGE, "review.css")
        self.script = asset("zongji.pipeline.pages", "theme.js") + asset(_PACKAGE, "review.js")

    def app(self) -> Starlette:
        """The ASGI application."""
        routes = [
            Route("/", self._step(_home)),
            Route("/saved", self._step(_saved)),
            Route("/queue", self._step(_queue)),
            Route("/history", self._step(_history)),
            Route("/figure/{key}/{figure}", self._step(_show)),
            Route("/figure/{key}/{figure}", self._step(_say), methods=["POST"]),
            Route("/add/{key}", self._step(_add), methods=["POST"]),
            Route("/section/{key}/{section}", self._step(_relabel), methods=["POST"]),
            Route("/complete/{key}", self._step(_complete), methods=["POST"]),
            Route("/undo", self._step(_undo), methods=["POST"]),
        ]
        return Starlette(routes=routes, exception_handlers={404: _not_found})

    def _step(self, step: Callable[[Pages, Request, dict[str, str]], Response]) -> Callable[[Request], Any]:
        """An endpoint that runs in a thread and answers what can't be done with a message."""

        def answer(request: Request, form: dict[str, str]) -> Response:
            with watched(self.desk.engine):  # a server that hangs would hold the thread for ever
                try:
                    return self._answer(step, request, form)
                except SQLAlchemyError as error:
                    if request.method != "POST":
                        return self.page("message", _UNAVAILABLE, message=reason(error))
                    return self._unsaved(_UNAVAILABLE, unanswered(request.scope["path"], form, reason(error)))

        async def endpoint(request: Request) -> Response:
            body = await request.body()
            form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
            if request.method != "POST":
                return await run_in_threadpool(answer, request, form)
            return await self.once.answer(request, lambda: run_in_threadpool(answer, request, form))

        return endpoint

    def _answer(
        self, step: Callable[[Pages, Request, dict[str, str]], Response], request: Request, form: dict[str, str]
    ) -> Response:
        if any("\0" in part for part in request.path_params.values()):  # PostgreSQL takes none
            return self.page("message", 404, message="没有这条记录。 no such record")
        try:
            return step(self, request, form)
        except UnknownRecordError as error:
            return self.page("message", 404, message=str(error))
        except FieldError as error:
            return self.page("message", 422, message=str(error))
        except StaleError as error:
            return self._unsaved(_CONFLICT, self._outdated(request, form, error))

    def _outdated(self, request: Request, form: Mapping[str, str], error: StaleError) -> Unsaved:
        """What there is to say about a form of another version, with the version that there is now."""
        desk, path = self.desk, request.scope["path"]
        key = request.path_params.get("key", "")
        if not key:
            return outdated(path, form, error, None, str(desk.last()))
        about, figure = request.path_params, request.path_params.get("figure")
        if error.gone or (figure is None and "section" not in about):
            fresh = desk.document_version(key)
        else:
            fresh = desk.figure_version(key, figure) if figure else desk.section_version(key, about["section"])
        try:
            document = desk.view(key).document
        except UnknownRecordError:
            document = None
        return outdated(path, form, error, document, fresh)

    def _unsaved(self, status: int, unsaved: Unsaved) -> Response:
        return self.page("unsaved", status, unsaved=unsaved)

    def page(self, name: str, status: int = 200, **values: Any) -> Response:  # noqa: ANN401  # whatever a template shows
        """A response from a template."""
        written = (
            environment(_PACKAGE)
            .get_template(f"{name}.html.jinja")
            .render(
                styles=self.styles,
                script=self.script,
                token=self.token(),
                once=secrets.token_urlsafe(9),
                author=self.desk.author,
                **self._standing(),
                **values,
            )
        )
        allowed = policy([self.script], [self.styles], forms="'self'")
        headers = {"content-security-policy": f"{allowed}; connect-src 'self'; frame-ancestors 'none'"}
        return HTMLResponse(written.encode("utf-8", "backslashreplace"), status, headers)

    def _standing(self) -> dict[str, Any]:
        """What the head of a page says; nothing if the database does not answer."""
        try:
            done, total = self.desk.progress()
            return {"done": done, "total": total, "last": self.desk.last()}
        except SQLAlchemyError:
            return {"done": None, "total": None, "last": 0}


def _home(pages: Pages, _: Request, __: dict[str, str]) -> Response:
    """Redirect to the most doubtful figure."""
    doubt = pages.desk.next()
    if doubt is None:
        return pages.page("message", message="没有待核对的数字了。Nothing is left to review.")
    return _to_figure(doubt.document, doubt.figure)


def _figure_path(key: str, figure: str) -> str:
    return f"/figure/{quote(key, safe='')}/{quote(figure, safe='')}"


def _to_figure(key: str, figure: str) -> Response:
    return RedirectResponse(_figure_path(key, figure), _SEE_OTHER)


def _show(pages: Pages, request: Request, _: dict[str, str]) -> Response:
    """A figure: its context and its fields."""
    return _figure_page(pages, request, None, {})


def _figure_page(pages: Pages, request: Request, wrong: str | None, form: dict[str, str]) -> Response:
    """A figure, or what was typed in its form; versions are asked first, for they may be too old, never too new."""
    desk, key, identifier = pages.desk, request.path_params["key"], request.path_params["figure"]
    version = form.get("version") or desk.figure_version(key, identifier)
    document_version, view = desk.document_version(key), desk.view(key)
    found = [pair for pair in zip(view.document.figures, view.figures, strict=True) if pair[0].id == identifier]
    if not found:
        message = f"{key}/{identifier}: 没有这个数字 no such figure"
        raise UnknownRecordError(message)
    figure, offset = found[0]
    section = next((one for one in view.document.sections if one.id == figure.section), None)
    following = desk.following(key, identifier)
    return pages.page(
        "figure",
        status=422 if wrong else 200,
        wrong=wrong,
        fields=form or form_of(figure),
        key=key,
        document=view.document,
        figure=figure,
        offset=offset or 0,
        section=section,
        version=version,
        document_version=document_version,
        section_version=desk.section_version(key, section.id) if section else "",
        following=following and _figure_path(following.document, following.figure),
        passage=passage(view, offset or 0),
        source=source_words(view.document, figure, desk.settings.limits),
        reasons=desk.reasons(key, identifier),
        vocabularies={"category": list(Category), "bound": list(Bound), "modality": list(Modality)},
        labels=list(SectionLabel),
    )


def _say(pages: Pages, request: Request, form: dict[str, str]) -> Response:
    """Accept, change, reject or skip a figure, then on to the next."""
    key, figure = request.path_params["key"], request.path_params["figure"]
    action, version = form.get("action"), form.get("version", "")
    if action == "accept":
        pages.desk.accept(key, figure, version)
    elif action == "reject":
        pages.desk.reject(key, figure, version)
    elif action == "skip":
        pages.desk.queue.skip(key, figure)
    elif action == "change":
        try:
            pages.desk.change(key, figure, form, version)
        except FieldError as error:
            return _figure_page(pages, request, str(error), form)
    else:
        return PlainTextResponse("no such action", 400)
    brief = request.headers.get("prefer") == "return=minimal"  # the script shows the next figure itself
    return RedirectResponse("/saved" if brief else "/", _SEE_OTHER)


def _saved(pages: Pages, _: Request, __: dict[str, str]) -> Response:
    return pages.page("message", message="已保存。 Saved.")


def _add(pages: Pages, request: Request, form: dict[str, str]) -> Response:
    """Add a missed figure, then open it for review."""
    key, around = request.path_params["key"], whole_number(form.get("around", "")) or 0
    added = pages.desk.add(key, form.get("words", ""), around, form.get("version", ""))
    return _to_figure(key, added.id)


def _relabel(pages: Pages, request: Request, form: dict[str, str]) -> Response:
    """Relabel a section, then back to the figure."""
    key = request.path_params["key"]
    pages.desk.relabel(key, request.path_params["section"], form.get("label", ""), form.get("version", ""))
    return _to_figure(key, form.get("figure", ""))


def _complete(pages: Pages, request: Request, form: dict[str, str]) -> Response:
    pages.desk.complete(request.path_params["key"], form.get("version", ""))
    return RedirectResponse("/", _SEE_OTHER)


def _undo(pages: Pages, _: Request, form: dict[str, str]) -> Response:
    """Undo, then open the figure concerned."""
    row = pages.desk.undo(whole_number(form.get("number", "")) or 0)
    if row is None:
        return pages.page("message", message="没有可撤销的修改。There is nothing to take back.")
    if row.figure is None or row.before is None:
        return RedirectResponse("/", _SEE_OTHER)
    return _to_figure(row.document_id, row.figure)


def _queue(pages: Pages, _: Request, __: dict[str, str]) -> Response:
    return pages.page("queue", ahead=pages.desk.ahead())


def _history(pages: Pages, _: Request, __: dict[str, str]) -> Response:
    return pages.page("history", corrections=pages.desk.history())


async def _not_found(_: Request, __: Exception) -> Response:
    return PlainTextResponse("404: no such page", 404)
