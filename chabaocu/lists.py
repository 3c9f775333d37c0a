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
from functools import cached_property
from itertools import product
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import DataError, connection
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse

from chabaocu.prepared import Slot, filled

SIZE = 50
COUNT_LIMIT = 1_000
Key = tuple[Any, ...]
Load = Callable[[list[Any]], Mapping[Any, Any]]
Values = Mapping[str, Any]
NONE: Values = {}


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
    total: str = ""  # of all pages, in words

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


class Keyset:
    """A list in one order, whose statements are compiled at their first use and then only run.

    ``order`` names non-null fields, the last of them ``pk``; ``-`` means descending. What is
    listed is settled when it is made: whoever is asked for the same list again and again keeps
    it by what it was made from, such as a ``Scope`` and what the list is narrowed to.

    A list may be made with a ``Slot`` in the place of what differs from person to person and
    from day to day, and is then one for all of them: each question brings the ``values`` of its
    slots.
    """

    def __init__(self, found: QuerySet | Sequence[Part], order: Sequence[str] = ("pk",)) -> None:
        self.parts = [found] if isinstance(found, QuerySet) else list(found)
        self.order = order
        self._readings: dict[tuple[bool, bool, int], _Reading | None] = {}

    def page(
        self,
        params: QueryDict,
        *,
        size: int = SIZE,
        load: Load | None = None,
        count: int | None = None,
        values: Values = NONE,
    ) -> Page:
        """The page that ``params`` ask for by ``after=`` or ``before=``.

        ``load`` turns primary keys into rows, and must be given for several querysets; ``count``
        is the length of the list where the caller knows it. A cursor that is none raises Http404.
        """
        backwards = "before" in params
        cursor = _read(params.get("before") or params.get("after"), len(self.order))
        keys = self._keys(cursor, size + 1, values, backwards=backwards)
        more = len(keys) > size
        keys = keys[:size][::-1] if backwards else keys[:size]
        has_previous, has_next = (more, True) if backwards else (cursor is not None, more)
        total = told(self.length(values) if count is None else count)
        return Page(
            _rows(self.parts[0], [key[-1] for key in keys], load) if keys else [],
            link(params, "before", keys[0]) if keys and has_previous else "",
            link(params, "after", keys[-1]) if keys and has_next else "",
            f"本页 {len(keys)} 条，共 {total} 条",
            total,
        )

    def first(self, size: int, values: Values = NONE) -> list[Any]:
        """The primary keys of the first rows."""
        return [key[-1] for key in self._keys(None, size, values)]

    def counts(self, values: Values = NONE) -> list[int]:
        """How many rows each part has, in one statement; a long one is not counted to its end.

        An ``Each`` gives as many numbers as it has combinations, the last field changing fastest.
        """
        selects, params = self._counting
        sql = f"SELECT {', '.join(selects)}"
        return list(_fetch(sql, params, values)[0]) if selects else []

    def length(self, values: Values = NONE) -> int:
        """How many rows there are in all parts together, one in several of them counted once."""
        sql, params = self._measuring
        return _fetch(sql, params, values)[0][0]

    @cached_property
    def _counting(self) -> tuple[list[str], list[Any]]:
        compiled = [*_compiled(self.parts, _counted)]
        selects = [
            f"(SELECT COUNT(*) FROM ({sql}) AS counted)" if sql else "0" for _, sql, _ in compiled
        ]
        return selects, [value for *_, values in compiled for value in values]

    @cached_property
    def _measuring(self) -> tuple[str, list[Any]]:
        selects, params, _ = _union(self.parts, _counted)
        return (f"SELECT COUNT(*) FROM ({selects}) AS counted" if selects else "SELECT 0"), params

    def _keys(
        self, cursor: list | None, size: int, values: Values, *, backwards: bool = False
    ) -> list[Key]:
        """The first keys behind the cursor."""
        way = (backwards, cursor is not None, size)
        if way not in self._readings:
            self._readings[way] = self._reading(*way)
        reading = self._readings[way]
        try:
            return reading.keys(cursor or (), values) if reading else []
        except (ValidationError, ValueError, TypeError, ArithmeticError, DataError) as error:
            raise Http404 from error

    def _reading(self, backwards: bool, behind: bool, size: int) -> "_Reading | None":
        """How the keys are read; the database merges the parts, as it alone knows its collation."""
        steps = [_reversed(name) for name in self.order] if backwards else self.order
        names = [name.removeprefix("-") for name in steps]
        selects, params, compiler = _union(
            self.parts,
            lambda rows: (
                _beyond(rows, steps if behind else ()).order_by(*steps).values_list(*names)[:size]
            ),
        )
        if not selects:
            return None
        sides = (f"{n} DESC" if step.startswith("-") else f"{n}" for n, step in enumerate(steps, 1))
        return _Reading(f"{selects} ORDER BY {', '.join(sides)} LIMIT {size}", params, compiler)


@dataclass(frozen=True)
class _Reading:
    """A statement that gives keys, with a slot for each value of a cursor, by its number."""

    sql: str
    params: Sequence[Any]
    compiler: Any

    @cached_property
    def _columns(self) -> list[Any]:
        return [column for column, *_ in self.compiler.select]

    @cached_property
    def _converters(self) -> Any:
        return self.compiler.get_converters(self._columns)

    def keys(self, cursor: Sequence[Any], values: Values) -> list[Key]:
        """The keys behind the cursor, each value of which must fit its column."""
        fields = [column.output_field for column in self._columns[: len(cursor)]]
        behind = {
            str(n): field.get_db_prep_value(value, connection)
            for n, (field, value) in enumerate(zip(fields, cursor, strict=True))
        }
        rows = _fetch(self.sql, self.params, {**values, **behind})
        return [tuple(row) for row in self.compiler.apply_converters(rows, self._converters)]


def keyset_page(
    found: QuerySet | Sequence[Part], params: QueryDict, *, order: Sequence[str], **how: Any
) -> Page:
    """The page of a list that is not kept; see ``Keyset``."""
    return Keyset(found, order).page(params, **how)


def bounded_counts(parts: Sequence[Part]) -> list[int]:
    """How many rows each of them has; see ``Keyset.counts``."""
    return Keyset(parts).counts()


def totals(*lists: Keyset, values: Values = NONE) -> list[int]:
    """How many rows each of several lists has, in one statement; no row is in two of its parts."""
    counting = [one._counting for one in lists]
    sums = ", ".join(" + ".join(selects) or "0" for selects, _ in counting)
    params = [value for _, params in counting for value in params]
    return list(_fetch(f"SELECT {sums}", params, values)[0])


def told(count: int) -> str:
    """A bounded count in words: 1,000+ where it was not counted further."""
    return f"{COUNT_LIMIT:,}+" if count > COUNT_LIMIT else f"{count:,}"


def addresses(page: str) -> Callable[[int], str]:
    """The address of each row's own page; looked up once for all rows."""
    before, _, behind = reverse(page, args=[0]).rpartition("0")
    return lambda pk: f"{before}{pk}{behind}"


def _fetch(sql: str, params: Sequence[Any], values: Values) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, filled(params, values, cursor.db))
        return cursor.fetchall()


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
        slotted = each.rows.filter(**{name: Slot(f"each {name}") for name in each.values})
        compiler = narrow(slotted).query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            sql, params = "", ()
        for values in product(*each.values.values()):
            chosen = {f"each {name}": one for name, one in zip(each.values, values, strict=True)}
            yield compiler, sql, [_put(value, chosen) for value in params]


def _put(value: Any, chosen: Values) -> Any:
    """What is chosen for a slot; anything else, and a slot that is filled later, stays."""
    return chosen[value.name] if isinstance(value, Slot) and value.name in chosen else value


def _rows(found: Part, pks: list[Any], load: Load | None) -> list[Any]:
    rows = load(pks) if load else {row.pk: row for row in found.order_by().filter(pk__in=pks)}
    return [rows[pk] for pk in pks if pk in rows]


def _beyond(queryset: QuerySet, steps: Sequence[str]) -> QuerySet:
    """Rows behind the cursor: (a, b) > (x, y), spelled a >= x AND (a > x OR a = x AND b > y).

    The first half says nothing new, but lets the database enter its index at the cursor.
    """
    if not steps:
        return queryset
    condition, equal = Q(), Q()
    for n, name in enumerate(steps):
        value = Slot(str(n))
        condition |= equal & _side(name, value)
        equal &= Q(**{name.removeprefix("-"): value})
    return queryset.filter(_side(steps[0], Slot("0"), "e"), condition)


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
    """The cursor that an address carries, one value for each field of the order."""
    if not text:
        return None
    try:
        values = json.loads(text)
    except ValueError as error:
        raise Http404 from error
    if not isinstance(values, list) or len(values) != length or None in values:
        raise Http404
    if "\0" in "".join(map(str, values)):
        raise Http404
    return values
