"""Twelve people move one hazard at the same moment; with the guard off, more than one does."""

from collections import Counter

import pytest

from hazards import actions
from hazards.models import Hazard
from tests.cast import build_world
from tests.factories import hazards
from tests.races import at_once

CLIENTS = 8
S = Hazard.Status


def crowd(world, hazard, person, name):
    """So many people who opened the page before, and press now."""
    said = hazards.said(world, hazard, name)
    by = world.people[person]

    def press(seen):
        return lambda: actions.move(seen, name, by=by, **said)

    return [press(Hazard.objects.get(pk=hazard.pk)) for _ in range(CLIENTS)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_registers():
    world = build_world()
    hazard = hazards.reported(world)
    seen = at_once(crowd(world, hazard, "officer", "register"))
    assert seen == Counter(done=1, StaleState=CLIENTS - 1)
    assert [e.move for e in hazard.events.all()] == ["report", "register"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_hands_at_once_close_it_once():
    world = build_world()
    hazard = hazards.in_state(world, S.ACCEPTING)
    deeds = crowd(world, hazard, "officer", "accept") + crowd(
        world, hazard, "unit_union", "witness"
    )
    assert at_once(deeds)["done"] == 1
    hazard.refresh_from_db()
    assert hazard.events.filter(move="close").count() == 0
    left = ("officer", "accept") if hazard.accepted_at is None else ("unit_union", "witness")
    assert hazards.moved(world, hazard, left).status == S.CLOSED


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_more_than_one_registers(monkeypatch):
    world = build_world()
    hazard = hazards.reported(world)

    monkeypatch.setattr(actions, "_claim", lambda hazard: True)
    assert at_once(crowd(world, hazard, "officer", "register"))["done"] > 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_acceptances_is_kept():
    world = build_world()
    hazard = hazards.in_state(world, S.ACCEPTING)
    seen = at_once(crowd(world, hazard, "officer", "accept"))
    assert seen == Counter(done=1, StaleState=CLIENTS - 1)
    assert hazard.events.filter(move="accept").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_an_acceptance_is_kept_again(monkeypatch):
    world = build_world()
    hazard = hazards.in_state(world, S.ACCEPTING)

    monkeypatch.setattr(actions, "_claim", lambda hazard: True)
    assert at_once(crowd(world, hazard, "officer", "accept"))["done"] > 1
    assert hazard.events.filter(move="accept").count() > 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_reports_at_once_have_numbers_of_their_own():
    world = build_world()
    at_once([lambda: hazards.reported(world)] * CLIENTS)
    numbers = list(Hazard.objects.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == CLIENTS
