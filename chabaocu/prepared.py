"""Statements that the ORM writes once and the database runs ten thousand times.

On a path as hot as the save of one mark, nine tenths of the time would go into building the same
SQL anew. Here the queryset is written as everywhere else, with a ``Slot`` for each value that
changes from call to call, compiled at its first use, and then only run (docs/adr/0005).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery


def _connection() -> BaseDatabaseWrapper:
    """This thread's connection itself; each step through Django's proxy would cost a look-up."""
    return connections[DEFAULT_DB_ALIAS]


SHARED = "DISABLE_SERVER_SIDE_CURSORS"  # Django's setting for a pooler that changes sessions
_NUMBERS = count(1)
_PLANNED: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # names each connection knows


AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
AS_THEY_ARE += (models.ForeignKey,)  # columns whose values every driver takes as Python has them


class Slot(Expression):
    """The place of a value in a prepared statement; ``field`` turns it into the column's form.

    ``made`` makes the value of the one that is given: the midnight of a day.
    """

    def __init__(
        self,
        name: str,
        field: models.Field | None = None,
        made: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(output_field=field or models.Field())
        self.name, self.column, self.made = name, field, made
        self._converts = field is not None and not isinstance(field, AS_THEY_ARE)

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def of(self, values: Mapping[str, Any], connection: BaseDatabaseWrapper) -> Any:
        value = values[self.name]
        if self.made:
            value = self.made(value)
        return self.column.get_db_prep_save(value, connection) if self._converts else value


def filled(
    params: Sequence[Any], values: Mapping[str, Any], connection: BaseDatabaseWrapper
) -> list[Any]:
    """The parameters of a statement with these values in its slots; every slot has to have one."""
    return [p.of(values, connection) if isinstance(p, Slot) else p for p in params]


class _Statement:
    """SQL with slots among its parameters, compiled once for the site's database."""

    _plans_once = True

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any]]:
        raise NotImplementedError

    def _execute(self, cursor: Any, values: Mapping[str, Any]) -> None:
        sql, here = self._compiled[0], cursor.db
        if self._plans_once and here.vendor == "postgresql" and not here.settings_dict.get(SHARED):
            sql = self._planned(here)
        cursor.execute(sql, filled(self._compiled[1], values, here))

    def _planned(self, here: BaseDatabaseWrapper) -> str:
        """The call of this statement, which the connection has parsed and soon planned for good.

        PostgreSQL would else plan the same text each time, for longer than it runs it.
        """
        prepare, name, call = self._by_name
        known = _PLANNED.setdefault(here.connection, set())
        if name not in known:
            with here.wrap_database_errors, here.connection.cursor() as cursor:
                cursor.execute(prepare)
            known.add(name)
        return call

    @cached_property
    def _by_name(self) -> tuple[str, str, str]:
        sql, params = self._compiled
        name = f"chabaocu_{next(_NUMBERS)}"
        numbered = sql % tuple(f"${n}" for n in range(1, len(params) + 1))
        slots = ", ".join(["%s"] * len(params))
        return f"PREPARE {name} AS {numbered}", name, f"EXECUTE {name} ({slots})"

    def _run(self, values: Mapping[str, Any]) -> int:
        with _connection().cursor() as cursor:
            self._execute(cursor, values)
            return cursor.rowcount

    def _read_from(self, sql: str, source: str) -> str:
        """The statement with its values read from ``source`` and not from parameters."""
        raise NotImplementedError

    @cached_property
    def _together(self) -> "_Together":
        return _Together(lambda: self)

    def _run_all(self, rows: Sequence[Mapping[str, Any]]) -> int:
        """Once for each row: prepared once on SQLite, one statement on PostgreSQL."""
        if len(rows) < 2:
            return sum(self._run(values) for values in rows)
        here = _connection()
        if here.vendor == "postgresql":
            return self._together._run({"rows": json.dumps(rows, default=_spelled)})
        sql, params = self._compiled
        with here.cursor() as cursor:
            cursor.executemany(sql, [filled(params, row, here) for row in rows])
            return cursor.rowcount


class _Together(_Statement):
    """One statement for many rows, which PostgreSQL reads from one JSON text.

    So many parameters would cost more to write down and to parse than the rows to change. Every
    parameter of the statement must be a slot that knows its field, which tells the column's type.
    """

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any]]:
        single = self._build()
        sql, slots = single._compiled
        columns = {f'"{s.name}" {s.column.db_type(_connection())}': None for s in slots}
        source = f"FROM json_to_recordset(%s) AS r({', '.join(columns)})"
        return single._read_from(sql % tuple(f'r."{s.name}"' for s in slots), source), [
            Slot("rows")
        ]


def _spelled(value: Any) -> str:
    """What JSON has no form for, as PostgreSQL reads it into a column."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


class Select(_Statement):
    """A queryset, read again and again: ``Select(lambda: Answer.objects.filter(pk=Slot("pk")))``.

    Gives what the queryset gives: objects with what ``select_related`` puts beside them, or rows
    of plain columns for ``values_list``, to be read only: equal values may be one object. What a
    row becomes is worked out once, as the SQL is.

    What adds up ten thousand rows is better planned for the values it is asked with each time:
    ``plan_once=False``. A plan for any values expects one row, and would sort and loop.
    """

    def __init__(self, build: Callable[[], Any], *, plan_once: bool = True) -> None:
        super().__init__(build)
        self._plans_once = plan_once

    @cached_property
    def _queryset(self) -> QuerySet:
        return self._build()

    @cached_property
    def _compiler(self) -> Any:
        return self._queryset.query.get_compiler(connection=_connection())

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any]]:
        return self._compiler.as_sql()

    @cached_property
    def _shape(self) -> tuple[list[tuple[int, list[Callable], Any]], Callable[[list], Any]]:
        """What turns a column's value back from the database's form, and a row into the result."""
        columns = [column for column, *_ in self._compiler.select]
        found = self._compiler.get_converters(columns)
        converters = [(at, steps, column) for at, (steps, column) in found.items()]
        return converters, self._objects() if self._queryset._fields is None else tuple

    def _objects(self) -> Callable[[list], models.Model]:
        info, select = self._compiler.klass_info, self._compiler.select
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in select[first:last]]
        related = get_related_populators(info, select, DEFAULT_DB_ALIAS)
        added = list(self._compiler.annotation_col_map.items())

        def made(row: list[Any]) -> models.Model:
            found = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for one in related:
                one.populate(row, found)
            for name, at in added:
                setattr(found, name, row[at])
            return found

        return made

    def rows(self, **values: Any) -> list[Any]:
        """All rows, with these values in the slots."""
        connection = _connection()
        with connection.cursor() as cursor:
            self._execute(cursor, values)
            found = [list(row) for row in cursor.fetchall()]
        converters, made = self._shape
        for at, steps, column in converters:
            turn = partial(_turned, steps=steps, column=column, connection=connection)
            if made is tuple:  # objects keep what is theirs; plain columns repeat a few values
                turn = _Once(turn).__getitem__
            for row in found:
                row[at] = turn(row[at])
        return [made(row) for row in found]

    def first(self, **values: Any) -> Any | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)


def _turned(value: Any, *, steps: Sequence[Callable], column: Any, connection: Any) -> Any:
    """A value of the database as Python has it."""
    for step in steps:
        value = step(value, column, connection)
    return value


class _Once(dict):
    """What a function made of each value; equal values are worked out once, and are one object."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self.function(value)
        return made


class Rows:
    """The rows of a page by their keys: ``Rows(lambda: Visit.objects..., "pk", "name")``.

    Without columns they are objects. One statement for any number of keys up to ``size``; fewer
    are filled up with the last one.
    """

    def __init__(self, build: Callable[[], QuerySet], *columns: str, key="pk", size=50) -> None:
        wanted = {f"{key}__in": [Slot(str(n)) for n in range(size)]}

        def rows() -> QuerySet:
            found = build().filter(**wanted).order_by()
            return found.values_list(*columns) if columns else found

        self._select, self._size = Select(rows), size

    def of(self, keys: Sequence[Any]) -> list[Any]:
        """The rows of these keys, in no order."""
        found: list[Any] = []
        for start in range(0, len(keys), self._size):
            some = keys[start : start + self._size]
            filled = [*some, *[some[-1]] * (self._size - len(some))]
            found += self._select.rows(**{str(n): key for n, key in enumerate(filled)})
        return found


class Update(_Statement):
    """``Update(lambda: Answer.objects.filter(pk=Slot("pk")), "points", "reason")``.

    Every column is set to the value of its name, the rows are those of the queryset.
    """

    def __init__(self, build: Callable[[], QuerySet], *columns: str) -> None:
        super().__init__(build)
        self.columns = columns

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any]]:
        queryset = self._build()
        field = queryset.model._meta.get_field
        query = queryset.query.chain(UpdateQuery)
        query.add_update_values({name: Slot(name, field(name)) for name in self.columns})
        return query.get_compiler(connection=_connection()).as_sql()

    def run(self, **values: Any) -> int:
        """How many rows were changed."""
        return self._run(values)

    def run_all(self, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run with each of these values; how many rows were changed in all.

        The slots of its condition must name their fields, and no two may meet the same row.
        """
        return self._run_all(rows)

    def _read_from(self, sql: str, source: str) -> str:
        return sql.replace(" WHERE ", f" {source} WHERE ", 1)


class Insert(_Statement):
    """``Insert(lambda: Save)``: one row with all columns but a key that the database gives."""

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any]]:
        model = self._build()
        fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
        row = model(**{})
        for field in fields:
            setattr(row, field.attname, Slot(field.name, field))
        query = InsertQuery(model)
        query.insert_values(fields, [row])
        ((sql, params),) = query.get_compiler(connection=_connection()).as_sql()
        return sql, params

    def run(self, **values: Any) -> None:
        """Write the row; raises IntegrityError as ``create`` does."""
        self._run(values)

    def run_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write all rows in this order, or none."""
        self._run_all(rows)

    def _read_from(self, sql: str, source: str) -> str:
        head, _, values = sql.partition(" VALUES (")
        return f"{head} SELECT {values.removesuffix(')')} {source}"
