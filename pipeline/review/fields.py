"""From a form to the fields of a figure; invalid input is named."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from zongji.corpus.labels import Bound, Category, Modality
from zongji.corpus.records import Figure

_MOST = 200  # characters of a unit or an item
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
Word = TypeVar("Word", bound=StrEnum)


class FieldError(ValueError):
    """An invalid field; the message names it."""


def figure_fields(form: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a figure in a form.

    Raises:
        FieldError: naming the first invalid field.
    """
    value, value_max = _number(form, "value"), _number(form, "value_max")
    bound = _word(form, "bound", Bound)
    if (bound is Bound.RANGE) != (value_max is not None):
        message = "上限与“范围”须同时填写 an upper end and the bound range go together"
        raise FieldError(message)
    if value is not None and value_max is not None and value_max < value:
        message = "上限小于下限 the upper end is below the lower one"
        raise FieldError(message)
    return {
        "category": _word(form, "category", Category),
        "value": value,
        "value_max": value_max,
        "bound": bound,
        "unit": _text(form, "unit"),
        "item": _text(form, "item"),
        "modality": _word(form, "modality", Modality),
        "total": form.get("total") == "yes",
        "per": _text(form, "per") or None,
    }


def form_of(figure: Figure) -> dict[str, str]:
    """The fields of a figure as its form has them."""
    return {
        "category": figure.category.value,
        "modality": figure.modality.value,
        "bound": figure.bound.value,
        "value": "" if figure.value is None else str(figure.value),
        "value_max": "" if figure.value_max is None else str(figure.value_max),
        "unit": figure.unit,
        "item": figure.item,
        "per": figure.per or "",
        "total": "yes" if figure.total else "",
    }


def _number(form: Mapping[str, str], name: str) -> float | int | None:
    written = form.get(name, "").strip().replace(",", "").replace("，", "")
    if not written:
        return None
    try:
        value = float(written)
    except ValueError:
        message = f"{name}：不是数字 not a number"
        raise FieldError(message) from None
    if not math.isfinite(value):
        message = f"{name}：不是数字 not a number"
        raise FieldError(message)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _word(form: Mapping[str, str], name: str, vocabulary: type[Word]) -> Word:
    try:
        return vocabulary(form.get(name, ""))
    except ValueError:
        message = f"{name}：没有这一项 no such choice"
        raise FieldError(message) from None


def _text(form: Mapping[str, str], name: str) -> str:
    written = " ".join(form.get(name, "").split())
    if _CONTROL.search(written):
        message = f"{name}：含有控制字符 holds a control character"
        raise FieldError(message)
    if len(written) > _MOST:
        message = f"{name}：超过 {_MOST} 字 longer than {_MOST} characters"
        raise FieldError(message)
    return written
