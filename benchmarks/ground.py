"""A throw-away database to measure on: SQLite by default, PostgreSQL by DATABASE_URL."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


def stand() -> None:
    """Make the test database and open it; call before importing models."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


def leave() -> None:
    """Drop it again."""
    from django.db import connection

    connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


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
