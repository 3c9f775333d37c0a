"""A real draw, its visits, and a unit that cannot be visited after all."""

import pytest

from orgs.models import Organization
from plans.actions import create_visits
from plans.actions.visit import replace_visit
from plans.models import Visit


@pytest.fixture
def visited(pool):
    """The counties are drawn, each has its union, and the visits are made."""
    draw = pool.drawn()
    for pick in draw.picks.select_related("region"):
        Organization.objects.create(kind="union", name=f"{pick.region}总工会", region=pick.region)
    create_visits(pool.plan, by=pool.people[0])
    return draw


def test_replacing_a_pick_replaces_its_visit(pool, visited):
    before = pool.plan.visits.count()
    pick = visited.picks.filter(status="drawn").first()
    chosen = replace_visit(pick, by=pool.people[0], reason="示例：撤销建制")
    old, new = Visit.objects.get(pick=pick), Visit.objects.get(pick=chosen)
    assert old.status == "cancelled"
    assert "示例：撤销建制" in old.cancelled_reason
    assert (new.status, new.region) == ("planned", chosen.region)
    assert pool.plan.visits.exclude(status="cancelled").count() == before


def test_replacing_before_there_are_visits_makes_none(pool):
    pick = pool.drawn().picks.filter(status="drawn").first()
    replace_visit(pick, by=pool.people[0], reason="示例")
    assert pool.plan.visits.count() == 0
