"""What was not saved: why, what was sent, what is there now, who changed it and when, and a form to send it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from zongji.corpus.records import Document, Section
from zongji.pipeline.corrections.versions import StaleError
from zongji.pipeline.pages.terms import term
from zongji.pipeline.review.fields import form_of

_NAMES = {
    "category": "类别 category",
    "modality": "状态 modality",
    "bound": "约数 bound",
    "value": "数值 value",
    "value_max": "上限 upper end",
    "unit": "单位 unit",
    "item": "事物 item",
    "per": "每 per",
    "total": "总计 total",
    "label": "章节类别 class of the section",
}
_ACTIONS = {
    "accept": "正确 right",
    "change": "修改 change",
    "reject": "不是数字 no figure",
    "skip": "跳过 skip",
    "add": "添加 add",
    "section": "章节类别 class of the section",
    "complete": "全文已核对 document read through",
    "undo": "撤销 undo",
}


class Compared(NamedTuple):
    """A field of the record: as it was sent, and as it is now."""

    name: str
    sent: str
    now: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """The form that sends it again."""

    address: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What the page says."""

    action: str
    why: str
    changes: tuple[Any, ...]
    compared: tuple[Compared, ...]
    again: Again | None
    """None where it can't be said again."""
    record: str | None = None
    """The address of the record as it is now."""


def unanswered(path: str, form: Mapping[str, str], why: str) -> Unsaved:
    """A correction that the database did not take; it can be sent again as it is."""
    fields = {name: value for name, value in form.items() if name != "token"}
    return Unsaved(_action(path, form), why, (), _compared(form, None), Again(quote(path), fields))


def outdated(path: str, form: Mapping[str, str], error: StaleError, document: Document | None, fresh: str) -> Unsaved:
    """A correction of another version than the record has now, `fresh`."""
    kind, key, identifier = [*path.strip("/").split("/", 2), "", ""][:3]
    now = _now(document, kind, identifier)
    compared = _compared(form, now)
    fields = {name: value for name, value in form.items() if name != "token"}
    fields["number" if kind == "undo" else "version"] = fresh
    if form.get("action") == "accept" and any(one.sent != one.now for one in compared):
        fields["action"] = "change"  # what was right is not what is there now
    again: Again | None = Again(quote(path), fields)
    if error.gone:  # its words can become a figure again
        addable = document is not None and form.get("action") in {"accept", "change"}
        again = Again(f"/add/{quote(key, safe='')}", fields) if addable else None
    shown = f"/figure/{quote(key, safe='')}/{quote(identifier, safe='')}" if kind == "figure" and now else None
    why = _why(kind, error, document)
    return Unsaved(_action(path, form), why, tuple(error.changes), compared, again, shown)


def _action(path: str, form: Mapping[str, str]) -> str:
    kind = path.strip("/").partition("/")[0]
    action = form.get("action", "") if kind == "figure" else kind
    words = f": {form['words']}" if kind == "add" and form.get("words") else ""
    return _ACTIONS.get(action, action) + words


def _why(kind: str, error: StaleError, document: Document | None) -> str:
    if document is None and kind != "undo":
        return "这个文档已不在数据库里。 The document is no longer in the database."
    if error.gone and kind != "undo":
        return "这条记录已经没有了。 The record is gone." + _imported(error)
    if kind == "undo":
        return "这不是您最后的修改。 That is not your last correction any more."
    return "打开以后，记录已改变。 The record has changed since you opened it." + _imported(error)


def _imported(error: StaleError) -> str:
    """The import that must have changed a record that nobody corrected."""
    if error.changes or error.reading is None:
        return ""
    when = f"{error.reading.updated[:19]}, run {error.reading.run}, zongji {error.reading.program}"
    return f" 文件已重新导入。 Its file was imported again: {when}."


def _now(document: Document | None, kind: str, identifier: str) -> dict[str, str] | None:
    """The fields of the record as it is, None if it is gone or is no single record."""
    if document is None:
        return None
    if kind == "figure":
        return next((form_of(figure) for figure in document.figures if figure.id == identifier), None)
    found: Section | None = next((one for one in document.sections if one.id == identifier), None)
    return {"label": found.label.value} if kind == "section" and found else None


def _compared(form: Mapping[str, str], now: Mapping[str, str] | None) -> tuple[Compared, ...]:
    names = [name for name in _NAMES if name in form or name in (now or {})]
    return tuple(
        Compared(_NAMES[name], _word(name, form.get(name, "")), None if now is None else _word(name, now[name]))
        for name in names
    )


def _word(name: str, value: str) -> str:
    """A value as people call it."""
    if name == "total":
        return "是 yes" if value else "否 no"
    known = term(name, value)
    return value if known.chinese == value else f"{known.chinese} {known.english}"
