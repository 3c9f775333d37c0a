"""What SQLite's planner knows of how much there is; PostgreSQL sees to that by itself.

Without it the planner guesses, and reads the released results of a county by walking all visits.
"""

from django.db import connection, transaction

# Entries of each index that are looked at: of fewer, a value that all rows share seems rare.
LIMIT = 100_000


@transaction.atomic
def refresh() -> None:
    """Count anew, in less than a second; connections that are open notice at their next statement.

    They read what is known when the schema changes, and an ANALYZE alone does not change it.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={LIMIT}")
        cursor.execute("DROP TABLE IF EXISTS sqlite_stat1")
        cursor.execute("ANALYZE")
