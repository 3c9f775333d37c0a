"""Twelve people press 提交 at once: one succeeds, eleven are told who was first."""

from functools import partial

import pytest

from plans.models import Visit
from scoring import actions
from tests.cast import build_world
from tests.factories import papers
from tests.races import at_once

CLIENTS = 12
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def press_all(visit, by):
    """Each client has opened the page, all wait for each other, all press."""
    seen = [Visit.objects.get(pk=visit.pk) for _ in range(CLIENTS)]
    return at_once([partial(actions.submit, one, by=by) for one in seen])


def submissions(visit):
    return visit.events.filter(move="submit").count()


def test_twelve_submissions_make_one():
    world = build_world()
    visit = papers.signed(world)
    assert press_all(visit, world.leader) == {"done": 1, "StaleState": CLIENTS - 1}
    assert submissions(visit) == 1


def test_without_compare_and_set_more_than_one_gets_through(monkeypatch):
    def trusting_hold(visit):
        return actions.present(visit)

    def trusting_claim(visit, move, changes):
        if visit.status not in move.sources:
            return False
        Visit.objects.filter(pk=visit.pk).update(status=move.target, **changes)
        return True

    # issued papers have a guard of their own: one document a draft
    monkeypatch.setattr("scoring.hooks.on_submitted.callbacks", [])
    monkeypatch.setattr(actions, "_hold", trusting_hold)
    monkeypatch.setattr(actions, "_claim", trusting_claim)
    world = build_world()
    visit = papers.signed(world)
    assert press_all(visit, world.leader)["done"] > 1
    assert submissions(visit) > 1
