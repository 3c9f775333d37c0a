"""The planner of SQLite knows how much there is, from the start and day by day."""

import sqlite3

import pytest
from django.db import connection

from chabaocu.sqlite3 import statistics
from orgs.models import Organization
from reports.management.commands import work
from tests.factories.orgs import OrganizationFactory, RegionFactory

TABLE = Organization._meta.db_table
IS_SQLITE = connection.vendor == "sqlite"


def known() -> int:
    """How many units the planner believes there are; nothing where it was never told."""
    if not IS_SQLITE or "sqlite_stat1" not in connection.introspection.table_names():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [TABLE])
        found = cursor.fetchone()
    return int(found[0].split()[0]) if found else 0


def test_the_planner_learns_how_much_there_is(db):
    OrganizationFactory.create_batch(3, region=RegionFactory(path="001"))
    statistics.refresh()
    assert known() == (3 if IS_SQLITE else 0)


def test_the_worker_tells_the_planner_every_day(db):
    OrganizationFactory.create_batch(2, region=RegionFactory(path="001"))
    work.daily()
    assert known() == (2 if IS_SQLITE else 0)


@pytest.mark.django_db(transaction=True)
def test_connections_that_are_open_notice():
    seen = []
    if IS_SQLITE:
        other = sqlite3.connect(connection.settings_dict["NAME"])
        for _ in range(2):
            seen += other.execute("PRAGMA schema_version").fetchone()
            statistics.refresh()
        other.close()
    assert len(set(seen)) == len(seen)
