"""Values of the record, in the words of the page: 是 for true, 已提交 for a state's code.

What a value is called stands in the model it belongs to, which the event names; audit stands below
all others and imports none. What no model knows (a rule, the inputs of a mark) an app above tells
in words of its own, see ``tell_field``.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from audit.labels import FIELDS

NOTHING = "（空）"
DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)[\d:.+Z-]*)?")
HOUR = re.compile(r"(\d\d:\d\d):\d\d")
KEYED = re.compile(r"(.+)#\d+", re.DOTALL)  # a related row is kept as its name and its key
HASH = re.compile(r"[0-9a-f]{64}")
HASH_SHOWN = 16
Teller = Callable[[Any], str]
_TELLERS: dict[str, Teller] = {}


def tell_field(name: str, teller: Teller) -> None:
    """From now on ``teller`` puts the field ``name`` into words; "" is not worth telling."""
    _TELLERS[name] = teller


def in_words(target_type: str, name: str, value: Any) -> str:
    """One value as people say it; （空） for nothing."""
    if value in (None, "", [], {}):
        return NOTHING
    if teller := _TELLERS.get(name):
        return teller(value) or NOTHING
    column = _column(target_type, name)
    if isinstance(column, models.DecimalField):
        return f"{Decimal(value).normalize():f}"
    if isinstance(column, models.ForeignKey) and (found := KEYED.fullmatch(str(value))):
        return found[1]
    return _choices(column).get(str(value)) or _plain(value)


def label_of(target_type: str, name: str) -> str:
    """What the page calls the field; one kind of object may call it otherwise than the rest."""
    return FIELDS.get(f"{target_type}.{name}") or FIELDS.get(name, name)


def is_hash(value: Any) -> bool:
    """Whether this is a fingerprint, which people compare but do not read."""
    return isinstance(value, str) and bool(HASH.fullmatch(value))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "；".join(f"{FIELDS.get(k, k)}：{_plain(v)}" for k, v in value.items())
    if isinstance(value, list):
        return _listed(value)
    return _text(value) if isinstance(value, str) else str(value)


def _listed(values: Iterable[Any]) -> str:
    words = [_plain(value) for value in values]
    return ("\n" if any("：" in one for one in words) else "、").join(words)


def _text(value: str) -> str:
    if is_hash(value):
        return f"{value[:HASH_SHOWN]}…"
    if found := DAY.fullmatch(value):
        day = date.fromisoformat(found[1])
        return f"{day.year}年{day.month}月{day.day}日" + (f" {found[2]}" if found[2] else "")
    found = HOUR.fullmatch(value)
    return found[1] if found else value


@cache
def _column(target_type: str, name: str) -> models.Field | None:
    """The column the value came from, if it is one."""
    try:
        return apps.get_model(target_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _choices(column: models.Field | None) -> dict[str, str]:
    return {str(key): str(label) for key, label in getattr(column, "flatchoices", ())}
