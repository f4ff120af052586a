"""The routes: requests to actions of the desk, and the pages that answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from zongji.corpus.labels import Bound, Category, Modality, SectionLabel
from zongji.pipeline.corrections.journal import UnknownRecordError
from zongji.pipeline.pages.safety import policy
from zongji.pipeline.pages.templates import asset, environment
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.fields import FieldError
from zongji.pipeline.review.passages import passage, source_words

_PACKAGE = "zongji.pipeline.review"
_SEE_OTHER = 303


class Pages:
    """The pages over a desk; `token` goes into every form."""

    def __init__(self, desk: Desk, token: Callable[[], str]) -> None:
        """Serve a desk; `token` returns the token of its guard."""
        self.desk, self.token = desk, token
        self.styles = asset("zongji.pipeline.pages", "base.css") + asset(_PACKAGE, "review.css")
        self.script = asset("zongji.pipeline.pages", "theme.js") + asset(_PACKAGE, "review.js")

    def app(self) -> Starlette:
        """The ASGI application."""
        routes = [
            Route("/", self._step(_home)),
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
        """An endpoint that runs in a thread and answers invalid requests with a message."""

        def answer(request: Request, form: dict[str, str]) -> Response:
            try:
                return step(self, request, form)
            except UnknownRecordError as error:
                return self.page("message", status=404, message=str(error))
            except FieldError as error:
                return self.page("message", status=422, message=str(error))

        async def endpoint(request: Request) -> Response:
            body = await request.body()
            form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
            return await run_in_threadpool(answer, request, form)

        return endpoint

    def page(self, name: str, status: int = 200, **values: Any) -> Response:  # noqa: ANN401  # whatever a template shows
        """A response from a template."""
        done, total = self.desk.progress()
        written = (
            environment(_PACKAGE)
            .get_template(f"{name}.html.jinja")
            .render(
                styles=self.styles,
                script=self.script,
                token=self.token(),
                author=self.desk.author,
                done=done,
                total=total,
                **values,
            )
        )
        allowed = policy([self.script], [self.styles], forms="'self'")
        headers = {"content-security-policy": f"{allowed}; frame-ancestors 'none'"}
        return HTMLResponse(written.encode("utf-8", "backslashreplace"), status, headers)


def _home(pages: Pages, _: Request, __: dict[str, str]) -> Response:
    """Redirect to the most doubtful figure."""
    doubt = pages.desk.next()
    if doubt is None:
        return pages.page("message", message="没有待核对的数字了。Nothing is left to review.")
    return _to_figure(doubt.document, doubt.figure)


def _to_figure(key: str, figure: str) -> Response:
    return RedirectResponse(f"/figure/{quote(key, safe='')}/{quote(figure, safe='')}", _SEE_OTHER)


def _show(pages: Pages, request: Request, _: dict[str, str]) -> Response:
    """A figure: its context and its fields."""
    return _figure_page(pages, request, None, {})


def _figure_page(pages: Pages, request: Request, wrong: str | None, form: dict[str, str]) -> Response:
    key, identifier = request.path_params["key"], request.path_params["figure"]
    view = pages.desk.view(key)
    found = [pair for pair in zip(view.document.figures, view.figures, strict=True) if pair[0].id == identifier]
    if not found:
        message = f"{key}/{identifier}: 没有这个数字 no such figure"
        raise UnknownRecordError(message)
    figure, offset = found[0]
    section = next((one for one in view.document.sections if one.id == figure.section), None)
    return pages.page(
        "figure",
        status=422 if wrong else 200,
        wrong=wrong,
        form=form,
        key=key,
        document=view.document,
        figure=figure,
        offset=offset or 0,
        section=section,
        passage=passage(view, offset or 0),
        source=source_words(view.document, figure, pages.desk.settings.limits),
        reasons=pages.desk.reasons(key, identifier),
        vocabularies={"category": list(Category), "bound": list(Bound), "modality": list(Modality)},
        labels=list(SectionLabel),
    )


def _say(pages: Pages, request: Request, form: dict[str, str]) -> Response:
    """Accept, change, reject or skip a figure, then on to the next."""
    key, figure = request.path_params["key"], request.path_params["figure"]
    action = form.get("action")
    if action == "accept":
        pages.desk.accept(key, figure)
    elif action == "reject":
        pages.desk.reject(key, figure)
    elif action == "skip":
        pages.desk.queue.skip(key, figure)
    elif action == "change":
        try:
            pages.desk.change(key, figure, form)
        except FieldError as error:
            return _figure_page(pages, request, str(error), form)
    else:
        return PlainTextResponse("no such action", 400)
    return RedirectResponse("/", _SEE_OTHER)


def _add(pages: Pages, request: Request, form: dict[str, str]) -> Response:
    """Add a missed figure, then open it for review."""
    key, around = request.path_params["key"], form.get("around", "")
    added = pages.desk.add(key, form.get("words", ""), int(around) if around.isdecimal() else 0)
    return _to_figure(key, added.id)


def _relabel(pages: Pages, request: Request, form: dict[str, str]) -> Response:
    """Relabel a section, then back to the figure."""
    key = request.path_params["key"]
    pages.desk.relabel(key, request.path_params["section"], form.get("label", ""))
    return _to_figure(key, form.get("figure", ""))


def _complete(pages: Pages, request: Request, _: dict[str, str]) -> Response:
    pages.desk.complete(request.path_params["key"])
    return RedirectResponse("/", _SEE_OTHER)


def _undo(pages: Pages, _: Request, __: dict[str, str]) -> Response:
    """Undo, then open the figure concerned."""
    row = pages.desk.undo()
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
