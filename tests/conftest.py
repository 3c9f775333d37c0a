"""Fixtures every test may use."""

import pytest
from hypothesis import HealthCheck, settings

from tests import migrated
from tests.cast import World, build_world
from tests.sessions import logged_in

# How long an example takes says something of the machine, nothing of the code. The suite tries the
# same examples in each run; new ones are searched for with --hypothesis-profile=search.
CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("suite", derandomize=True, database=None, **CALM)
settings.register_profile("search", **CALM)
settings.load_profile("suite")

DATABASE = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what may touch the database: only that is run again on PostgreSQL.

    The others cannot tell one database from another: pytest-django keeps it from them.
    """
    for item in items:
        may_ask = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
        if may_ask and not any(map(item.get_closest_marker, ("sqlite", "once"))):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_blocker) -> bool:
    """Begin with a copy of the migrated database instead of migrating one."""
    with django_db_blocker.unblock():
        return migrated.begin_with_copy()


@pytest.fixture
def world(db) -> World:
    """The cast and one round."""
    return build_world()


@pytest.fixture
def as_():
    """A client logged in as a person: ``as_(world.leader).get(...)``."""
    return logged_in
