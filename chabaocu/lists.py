"""One page of a list of any length: by key, so that page 9,000 costs what page 1 costs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict

SIZE = 50
COUNT_LIMIT = 2_000


@dataclass(frozen=True)
class Page:
    """Rows in order, and the query strings that lead to the neighbouring pages."""

    rows: Sequence[Any]
    previous: str
    next: str
    caption: str

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def keyset_page(
    queryset: QuerySet, params: QueryDict, *, order: Sequence[str], size: int = SIZE
) -> Page:
    """The page that ``params`` ask for by ``after=`` or ``before=``.

    ``order`` names non-null fields, the last of them unique; ``-`` means descending. A cursor
    that is not one raises Http404.
    """
    backwards = "before" in params
    cursor = _read(params.get("before") or params.get("after"), len(order))
    steps = [_reversed(name) for name in order] if backwards else list(order)
    rows = list(_beyond(queryset, steps, cursor).order_by(*steps)[: size + 1])
    more = len(rows) > size
    rows = rows[:size][::-1] if backwards else rows[:size]
    has_previous, has_next = (more, True) if backwards else (cursor is not None, more)
    return Page(
        rows,
        _link(params, "before", rows[0], order) if rows and has_previous else "",
        _link(params, "after", rows[-1], order) if rows and has_next else "",
        _caption(queryset, len(rows)),
    )


def _caption(queryset: QuerySet, shown: int) -> str:
    """本页 N 条，共 M 条; a very long list is not counted to its end."""
    count = queryset.order_by()[: COUNT_LIMIT + 1].count()
    whole = f"{COUNT_LIMIT:,}+" if count > COUNT_LIMIT else f"{count:,}"
    return f"本页 {shown} 条，共 {whole} 条"


def _beyond(queryset: QuerySet, steps: Sequence[str], cursor: list | None) -> QuerySet:
    """Rows behind the cursor: (a, b) > (x, y), spelled a >= x AND (a > x OR a = x AND b > y).

    The first half says nothing new, but lets the database enter its index at the cursor.
    """
    if cursor is None:
        return queryset
    condition, equal = Q(), Q()
    for name, value in zip(steps, cursor, strict=True):
        condition |= equal & _side(name, value)
        equal &= Q(**{name.removeprefix("-"): value})
    return queryset.filter(_side(steps[0], cursor[0], "e"), condition)


def _side(name: str, value: Any, or_equal: str = "") -> Q:
    side = "lt" if name.startswith("-") else "gt"
    return Q(**{f"{name.removeprefix('-')}__{side}{or_equal}": value})


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _link(params: QueryDict, side: str, row: Any, order: Sequence[str]) -> str:
    query = params.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    values = [_value(row, name.removeprefix("-")) for name in order]
    query[side] = json.dumps(values, cls=DjangoJSONEncoder, separators=(",", ":"))
    return query.urlencode()


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _read(text: str | None, length: int) -> list | None:
    if not text:
        return None
    try:
        values = json.loads(text)
    except ValueError as error:
        raise Http404 from error
    if not isinstance(values, list) or len(values) != length:
        raise Http404
    return values
