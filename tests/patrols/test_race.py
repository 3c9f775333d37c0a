"""One patrol sent many times at once is kept once; with the guard off, many times."""

from collections import Counter
from uuid import uuid4

import pytest

from hazards.models import Hazard
from patrols import actions
from patrols.actions import Finding
from patrols.models import Patrol, Policy
from patrols.periods import Every
from tests.cast import build_world
from tests.factories import patrols
from tests.races import at_once

CLIENTS = 8
FOUND = [Finding("leak", "示例：法兰滴漏")]


def send(place, by, id):
    return lambda: actions.keep(place, by=by, patrol_id=id, findings=FOUND)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_patrol_sent_many_times_is_kept_once():
    world = build_world()
    place, id = patrols.place(world), uuid4()
    assert at_once([send(place, world.worker, id)] * CLIENTS) == Counter(done=CLIENTS)
    assert (Patrol.objects.count(), Hazard.objects.count()) == (1, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_it_is_kept_many_times(monkeypatch):
    world = build_world()
    place, id = patrols.place(world), uuid4()
    once = actions._once
    monkeypatch.setattr(
        actions, "_once", lambda place, by, id, found, **t: once(place, by, uuid4(), found, **t)
    )
    at_once([send(place, world.worker, id)] * CLIENTS)
    assert (Patrol.objects.count(), Hazard.objects.count()) == (CLIENTS, CLIENTS)


def rule(world, every):
    unit, by = world.orgs["enterprise_a1"], world.officer
    return lambda: actions.set_policy(unit, by=by, level="workshop", every=every)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_two_first_rules_stands():
    world = build_world()
    seen = at_once([rule(world, Every.DAILY), rule(world, Every.WEEKLY)] * (CLIENTS // 2))
    assert seen == Counter(done=1, StaleState=CLIENTS - 1)
    assert Policy.objects.standing().count() == 1
