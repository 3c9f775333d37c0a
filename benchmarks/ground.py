"""A throw-away database to measure on: SQLite by default, PostgreSQL by DATABASE_URL."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


def stand(kept: str = "") -> None:
    """Make the test database and open it; call before importing models.

    ``kept`` is a database to keep for the next run: a file of SQLite, a name on PostgreSQL. One
    that is there is brought up to the present migrations and otherwise left as it is.
    """
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.db import connection

    if kept:
        connection.settings_dict["TEST"]["NAME"] = kept
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=bool(kept)
    )


def leave(kept: str = "") -> None:
    """Drop it again, unless it is kept."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.destroy_test_db(name, verbosity=0, keepdb=bool(kept))


def engine() -> str:
    """The database's name for a heading."""
    from django.db import connection

    return connection.vendor


def milliseconds(work: Callable[[], object], times: int = 20) -> float:
    """The median time of one call, in ms, after one call to warm up."""
    work()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return median(spent)
