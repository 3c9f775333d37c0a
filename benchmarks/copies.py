"""Many rows out of few, in the database: what Python would be an hour about, on a busy machine.

Copies stand right behind what they were copied from, so that a key still tells the age of a row.
The indexes are taken away for the while and built again, which sorts once instead of a million
times.
"""

from typing import Any

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    " AND tbl_name = %s AND sql NOT LIKE '%%UNIQUE%%'",
    "postgresql": "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = %s"
    " AND i.indexdef NOT LIKE '%%UNIQUE%%'",
}
# the same text with another first digit, for a key that was minted
MINTED = {
    "sqlite": "'{n}' || substr({column}, 2)",
    "postgresql": "('{n}' || substr({column}::text, 2))::uuid",
}
WORDS = "INSERT INTO {table} (rowid, grams) SELECT rowid + {n}, grams FROM {table}"
WORDS += " WHERE rowid % {times} = 1"


def multiply(model: Any, words: str, times: int) -> None:
    """Every row of ``model``, and its kept words, so many times; keys are ``times`` apart."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        kept = [*_indexes(cursor, model._meta.db_table), *_indexes(cursor, words)]
        for name, _ in kept:
            cursor.execute(f'DROP INDEX "{name}"')
        for n in range(1, times):
            cursor.execute(_copy(model, n, times, connection.vendor))
            cursor.execute(WORDS.format(table=words, n=n, times=times))
        for _, sql in kept:
            cursor.execute(sql)
        if connection.vendor == "postgresql":
            table = model._meta.db_table
            last = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            cursor.execute(last)


def _indexes(cursor: Any, table: str) -> list[tuple[str, str]]:
    cursor.execute(INDEXES[cursor.db.vendor], [table])
    return cursor.fetchall()


def _copy(model: Any, n: int, times: int, vendor: str) -> str:
    """The n-th copies, with a key, a number and a minted key of their own."""

    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if not field.generated]
    new = {"id": f"id + {n}", "number": f"number || '-{n}'"}
    new["report_id"] = MINTED[vendor].format(n=n, column="report_id")
    values = ", ".join(new.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id % {times} = 1"
