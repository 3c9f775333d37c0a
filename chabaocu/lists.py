"""One page of a list of any length: by key, so that page 9,000 costs what page 1 costs.

A page is read in two steps: first the keys of its rows, from the narrow query that an index
answers in order, then the rows of those keys. A list that no single index holds in order, such as
the visits in one of several states, is given as several querysets: each is read along its index
as far as one page, and the page is cut from all of them in one statement. A row that several of
them hold stands in the list once.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import DataError, connection
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse

from chabaocu.prepared import Slot

SIZE = 50
COUNT_LIMIT = 1_000
Key = tuple[Any, ...]
Load = Callable[[list[Any]], Mapping[Any, Any]]


@dataclass(frozen=True)
class Each:
    """A queryset once for every combination of these values, compiled once for all of them.

    ``Each(visits, {"status": [PLANNED, FILLING]})`` is read along an index that begins with it.
    """

    rows: QuerySet
    values: Mapping[str, Sequence[Any]]


Part = QuerySet | Each


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
    found: QuerySet | Sequence[Part],
    params: QueryDict,
    *,
    order: Sequence[str],
    size: int = SIZE,
    load: Load | None = None,
    count: int | None = None,
) -> Page:
    """The page that ``params`` ask for by ``after=`` or ``before=``.

    ``order`` names non-null fields, the last of them ``pk``; ``-`` means descending. ``load``
    turns primary keys into rows, and must be given for several querysets; ``count`` is the length
    of the list where the caller knows it. A cursor that is not one raises Http404.
    """
    parts = [found] if isinstance(found, QuerySet) else found
    backwards = "before" in params
    cursor = _read(params.get("before") or params.get("after"), len(order))
    keys = _keys(parts, [_reversed(name) for name in order] if backwards else order, cursor, size)
    more = len(keys) > size
    keys = keys[:size][::-1] if backwards else keys[:size]
    has_previous, has_next = (more, True) if backwards else (cursor is not None, more)
    return Page(
        _rows(parts[0], [key[-1] for key in keys], load) if keys else [],
        link(params, "before", keys[0]) if keys and has_previous else "",
        link(params, "after", keys[-1]) if keys and has_next else "",
        f"本页 {len(keys)} 条，共 {told(length(parts) if count is None else count)} 条",
    )


def bounded_counts(parts: Sequence[Part]) -> list[int]:
    """How many rows each has, in one statement; a very long list is not counted to its end.

    An ``Each`` gives as many numbers as it has combinations, the last field changing fastest.
    """
    compiled = [*_compiled(parts, _counted)]
    selects = [
        f"(SELECT COUNT(*) FROM ({sql}) AS counted)" if sql else "0" for _, sql, _ in compiled
    ]
    if not any(sql for _, sql, _ in compiled):
        return [0] * len(compiled)
    with connection.cursor() as cursor:
        params = [value for *_, values in compiled for value in values]
        cursor.execute(f"SELECT {', '.join(selects)}", params)
        return list(cursor.fetchone())


def length(parts: Sequence[Part]) -> int:
    """How many rows there are in all parts together, one in several of them counted once."""
    selects, params, _ = _union(parts, _counted)
    if not selects:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({selects}) AS counted", params)
        return cursor.fetchone()[0]


def _counted(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("pk")[: COUNT_LIMIT + 1]


def _union(
    parts: Sequence[Part], narrow: Callable[[QuerySet], QuerySet]
) -> tuple[str, list[Any], Any]:
    """One SELECT over all parts, its parameters, and a compiler that knows its columns."""
    compiled = [one for one in _compiled(parts, narrow) if one[1]]
    selects = " UNION ".join(f"SELECT * FROM ({sql}) AS part" for _, sql, _ in compiled)
    params = [value for *_, values in compiled for value in values]
    return selects, params, compiled[0][0] if compiled else None


def _compiled(
    parts: Sequence[Part], narrow: Callable[[QuerySet], QuerySet]
) -> Iterator[tuple[Any, str, list[Any]]]:
    """Compiler, statement and parameters of each queryset; no statement where no row can be."""
    for part in parts:
        each = part if isinstance(part, Each) else Each(part, {})
        slotted = each.rows.filter(**{name: Slot(name) for name in each.values})
        compiler = narrow(slotted).query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            sql, params = "", ()
        for values in product(*each.values.values()):
            chosen = dict(zip(each.values, values, strict=True))
            yield compiler, sql, [_put(value, chosen) for value in params]


def _put(value: Any, chosen: dict[str, Any]) -> Any:
    return value.of(chosen, connection) if isinstance(value, Slot) else value


def told(count: int) -> str:
    """A bounded count in words: 1,000+ where it was not counted further."""
    return f"{COUNT_LIMIT:,}+" if count > COUNT_LIMIT else f"{count:,}"


def addresses(page: str) -> Callable[[int], str]:
    """The address of each row's own page; looked up once for all rows."""
    before, _, behind = reverse(page, args=[0]).rpartition("0")
    return lambda pk: f"{before}{pk}{behind}"


def _keys(parts: Sequence[Part], steps: Sequence[str], cursor: list | None, size: int) -> list[Key]:
    """The first keys behind the cursor, one more than a page, from all parts together."""
    try:
        return _read_along(parts, steps, cursor, size + 1)
    except (ValidationError, ValueError, TypeError, ArithmeticError, DataError) as error:
        raise Http404 from error


def _read_along(
    parts: Sequence[Part], steps: Sequence[str], cursor: list | None, size: int
) -> list[Key]:
    """The keys; the database merges the parts, since it alone knows how it sorts text."""
    names = [name.removeprefix("-") for name in steps]
    selects, params, compiler = _union(
        parts,
        lambda rows: _beyond(rows, steps, cursor).order_by(*steps).values_list(*names)[:size],
    )
    if not selects:
        return []
    sides = (f"{n} DESC" if step.startswith("-") else str(n) for n, step in enumerate(steps, 1))
    with connection.cursor() as reading:
        reading.execute(f"{selects} ORDER BY {', '.join(sides)} LIMIT {size}", params)
        rows = reading.fetchall()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return [tuple(row) for row in compiler.apply_converters(rows, converters)]


def _rows(found: Part, pks: list[Any], load: Load | None) -> list[Any]:
    rows = load(pks) if load else {row.pk: row for row in found.order_by().filter(pk__in=pks)}
    return [rows[pk] for pk in pks if pk in rows]


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


def link(params: QueryDict, side: str, key: Key) -> str:
    """The query string that leads behind (``after``) or before a key, other filters kept."""
    query = params.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    values = [value if isinstance(value, int | str) else str(value) for value in key]
    query[side] = json.dumps(values, separators=(",", ":"))
    return query.urlencode()


def _read(text: str | None, length: int) -> list | None:
    if not text:
        return None
    try:
        values = json.loads(text)
    except ValueError as error:
        raise Http404 from error
    if not isinstance(values, list) or len(values) != length or "\0" in "".join(map(str, values)):
        raise Http404
    return values
