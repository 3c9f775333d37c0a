"""Eight people press 生成督导 at once: every picked unit has one visit."""

from dataclasses import replace

import pytest

from plans.actions import visit as actions
from plans.models import Pick
from tests.cast import build_world
from tests.factories import plans as factory
from tests.plans.test_visit_pages import draw
from tests.races import at_once

CLIENTS = 8
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def drawn_plan(world):
    plan = factory.plan(
        world.orgs["province_union"], world.province, version=world.version, round_number=3
    )
    run = draw(plan, world.province, "counties")
    for rank, county in enumerate(("county_a1", "county_a2"), 1):
        region = world.regions[county]
        Pick.objects.create(
            draw=run, group=world.regions["city_a"], region=region, rank=rank, status="drawn"
        )
    return plan


def test_visits_are_made_once_however_many_press():
    world = build_world()
    plan = drawn_plan(world)
    made = []

    def press():
        made.append(actions.create_visits(plan, by=world.province).made)

    assert at_once([press] * CLIENTS) == {"done": CLIENTS}
    assert sorted(made) == [0] * (CLIENTS - 1) + [2]
    assert plan.visits.count() == 2


def test_without_the_held_plan_presses_collide(monkeypatch):
    """Everybody reads the picks before anybody writes: the database has to refuse the rest."""
    world = build_world()
    plan = drawn_plan(world)
    picks, makers = actions._picks_without_visit(plan), actions._Makers.of(plan)
    monkeypatch.setattr(actions, "hold_plan", lambda plan: None)
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: None)
    monkeypatch.setattr(actions, "_picks_without_visit", lambda plan: picks)
    monkeypatch.setattr(actions._Makers, "of", lambda plan: replace(makers, taken=set()))
    unheld = actions.create_visits.__wrapped__
    seen = at_once([lambda: unheld(plan, by=world.province)] * CLIENTS)
    assert seen["IntegrityError"] > 0
