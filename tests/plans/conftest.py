"""Fixtures of the tests of plans."""

import pytest

from plans.models import Plan
from tests.cast import World
from tests.factories.draws import Pool
from tests.factories.plans import drafted


@pytest.fixture
def pool(db) -> Pool:
    """Two cities of four counties, and a plan with the rule of source 1."""
    return Pool()


@pytest.fixture
def draft(world: World) -> Plan:
    """A round that is being planned, from the template of source 1."""
    return drafted(world.orgs["province_union"], world.province)
