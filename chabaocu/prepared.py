"""Statements that the ORM writes once and the database runs ten thousand times.

On a path as hot as the save of one mark, nine tenths of the time would go into building the same
SQL anew. Here the queryset is written as everywhere else, with a ``Slot`` for each value that
changes from call to call, compiled at its first use, and then only run (docs/adr/0005).
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.expressions import Expression
from django.db.models.sql import InsertQuery, UpdateQuery


class Slot(Expression):
    """The place of a value in a prepared statement; ``field`` turns it into the column's form."""

    def __init__(self, name: str, field: models.Field | None = None) -> None:
        super().__init__(output_field=field or models.Field())
        self.name, self.column = name, field

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def of(self, values: dict[str, Any]) -> Any:
        value = values[self.name]
        return self.column.get_db_prep_save(value, connection) if self.column else value


class _Statement:
    """SQL with slots among its parameters, compiled once for the site's database."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any]]:
        raise NotImplementedError

    def _bound(self, values: dict[str, Any]) -> tuple[str, list[Any]]:
        sql, params = self._compiled
        return sql, [p.of(values) if isinstance(p, Slot) else p for p in params]

    def _run(self, values: dict[str, Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(*self._bound(values))
            return cursor.rowcount


class Select(_Statement):
    """A queryset, read again and again: ``Select(lambda: Answer.objects.filter(pk=Slot("pk")))``.

    Gives what the queryset gives: objects with what it selects beside them, or rows of values.
    """

    @cached_property
    def _queryset(self) -> QuerySet:
        return self._build()

    @cached_property
    def _compiler(self) -> Any:
        return self._queryset.query.get_compiler(connection=connection)

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[Any]]:
        return self._compiler.as_sql()

    def rows(self, **values: Any) -> list[Any]:
        """All rows, with these values in the slots."""
        bound = self._bound(values)
        compiler = copy(self._compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **options: bound
        query = copy(self._queryset.query)
        query.get_compiler = lambda *args, **options: compiler
        return list(self._queryset._iterable_class(_over(self._queryset, query)))

    def first(self, **values: Any) -> Any | None:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)


def _over(queryset: QuerySet, query: Any) -> QuerySet:
    """The queryset over another query; ``copy`` would fetch its rows first."""
    other = object.__new__(type(queryset))
    other.__dict__.update(queryset.__dict__, _query=query)
    return other


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
        return query.get_compiler(connection=connection).as_sql()

    def run(self, **values: Any) -> int:
        """How many rows were changed."""
        return self._run(values)


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
        ((sql, params),) = query.get_compiler(connection=connection).as_sql()
        return sql, params

    def run(self, **values: Any) -> None:
        """Write the row; raises IntegrityError as ``create`` does."""
        self._run(values)
