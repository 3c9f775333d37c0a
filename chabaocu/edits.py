"""Edit forms: nobody overwrites unseen what a colleague saved in between.

The page of an edit form carries the fingerprint of what it shows. A save holds the row, compares,
and raises ChangedError where the row says otherwise by now; the page then shows both values.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BaseForm, BaseFormSet, BoundField, DateField
from django.http import HttpRequest

from audit.canonical import sha256
from audit.models import AuditEvent
from chabaocu.errors import Refused

SAID_ONCE = {"reason"}  # belongs to a save, not to what is stored
CHANGED = "刚有人改过，您填的没有覆盖，也都还在。"


class ChangedError(Refused):
    """Somebody saved after the page was opened; nothing was stored."""


def fingerprint(row: Model, *names: str) -> str:
    """What the named columns of a row say; equal content gives equal prints."""
    return sha256({name: row.serializable_value(name) for name in names})


def check(seen: str | None, print: str) -> None:
    """Raise ChangedError unless ``print`` is what the page showed; the caller holds the row.

    None takes the place of whatever stands: for code that has no page.
    """
    if seen is not None and seen != print:
        raise ChangedError(CHANGED)


def shown(request: HttpRequest, print: str) -> str:
    """What the page of this request shows, or showed: a save that does not say so is late."""
    if request.method == "POST":
        return request.POST.get("over") or request.POST.get("seen", "")
    return print


@dataclass(frozen=True)
class Difference:
    """One field in which what stands and what was typed disagree."""

    label: str
    stands: str
    typed: str


def late(
    row: Model, form: BaseForm, standing: BaseForm, *, print: str, action: str
) -> dict[str, Any]:
    """What the page of a late save shows; ``standing`` is the form of what stands now.

    ``action`` is what the record calls such a save. For those who may edit the row.
    """
    about = {"target_type": row._meta.label_lower, "target_id": str(row.pk), "action": action}
    change = AuditEvent.objects.filter(**about).order_by("-pk").first()
    return {"now": print, "change": change, "differences": list(differences(form, standing))}


def differences(
    form: BaseForm | BaseFormSet, standing: BaseForm | BaseFormSet
) -> Iterator[Difference]:
    """The fields of two forms, or of two sets of forms, that do not say the same."""
    for number, (mine, theirs) in enumerate(_pairs(form, standing), 1):
        many = f"第{number}行 " if hasattr(form, "forms") else ""
        for name in mine.fields:
            if name in SAID_ONCE:
                continue
            stands, typed = _shown(theirs[name]), _shown(mine[name])
            if stands != typed:
                yield Difference(f"{many}{mine[name].label}", stands, typed)


def _pairs(form: Any, standing: Any) -> Any:
    if not hasattr(form, "forms"):
        return [(form, standing)]
    empty = standing.empty_form
    return zip_longest(form.forms, standing.forms, fillvalue=empty)


def _shown(field: BoundField) -> str:
    """The value as the page words it."""
    value = field.value()
    if isinstance(value, bool):
        return "是" if value else "否"
    if choices := getattr(field.field, "choices", None):
        chosen = {str(v) for v in (value if isinstance(value, list) else [value])}
        return "、".join(_labels(choices, chosen))
    if isinstance(field.field, DateField):
        return _day(field.field, value)
    if isinstance(value, time):
        value = field.field.widget.format_value(value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _day(field: DateField, value: Any) -> str:
    """2017年12月5日; what is no date, as it was typed."""
    try:
        day = field.to_python(value)
    except ValidationError:
        return str(value)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _labels(choices: Any, chosen: set[str]) -> Iterator[str]:
    """The words of what is chosen; choices may stand under headings."""
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _labels(label, chosen)
        elif str(key) in chosen and str(key):
            yield str(label).strip()
