"""Many reward one hazard, or pay one reward, at the same moment: once it is, by two guards."""

from collections import Counter

import pytest

from hazards import actions as hazards
from hazards.guards import GUARDS
from hazards.models import Hazard
from rewards import actions
from rewards.models import Reward
from tests.cast import build_world
from tests.factories import rewards
from tests.races import at_once

CLIENTS = 8


def crowd(world):
    """So many who opened the page of one hazard before, and press now."""
    pk = rewards.closed(world).pk

    def press(seen):
        return lambda: hazards.move(seen, "reward", by=world.unit_union, amount=100)

    return [press(Hazard.objects.get(pk=pk)) for _ in range(CLIENTS)]


def unguarded(monkeypatch):
    """Nobody looks who was first, nor whether it was rewarded before."""
    monkeypatch.setattr(hazards, "_claim", lambda hazard: True)
    monkeypatch.setitem(GUARDS, "rewardable", lambda hazard, by, said: "")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_rewards():
    seen = at_once(crowd(build_world()))
    assert seen == Counter(done=1, StaleState=CLIENTS - 1)
    assert Reward.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_database_alone_lets_one_through(monkeypatch):
    world = build_world()
    deeds = crowd(world)
    unguarded(monkeypatch)
    assert at_once(deeds) == Counter(done=1, Refused=CLIENTS - 1)
    assert Reward.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_both_guards_off_many_reward(monkeypatch):
    world = build_world()
    deeds = crowd(world)
    unguarded(monkeypatch)
    monkeypatch.setattr("rewards.grants._keep", lambda *args: None)
    assert at_once(deeds)["done"] == CLIENTS


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_pays():
    world = build_world()
    line = rewards.granted(world)
    pay = [lambda: actions.pay(line, by=world.unit_union, receipt="示例")]
    assert at_once(pay * CLIENTS) == Counter(done=1, StaleState=CLIENTS - 1)
