"""Fixtures every test may use."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.cast import World, build_world

# how long an example takes says something of the machine, nothing of the code
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.fixture
def world(db) -> World:
    """The cast and one round."""
    return build_world()


@pytest.fixture
def as_(client):
    """A client logged in as a person: ``as_(world.leader).get(...)``."""

    def log_in(user) -> Client:
        person = Client()
        person.force_login(user, backend="orgs.sessions.AccountBackend")
        return person

    return log_in
