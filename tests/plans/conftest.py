"""Fixtures of the tests of plans."""

import pytest

from tests.factories.draws import Pool


@pytest.fixture
def pool(db) -> Pool:
    """Two cities of four counties, and a plan with the rule of source 1."""
    return Pool()
