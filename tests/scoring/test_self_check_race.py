"""Eight people of one unit press 报送自查 at once; and the team begins at the same moment."""

import pytest

from plans.models import Visit
from scoring import actions, guards
from tests.cast import build_world
from tests.factories import papers, self_checks
from tests.races import at_once

CLIENTS = 8
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def ready():
    world = build_world()
    check = self_checks.asked(world)
    self_checks.signed(check, world.county_a1)
    return world, check


def press_all(world, check):
    seen = [Visit.objects.get(pk=check.pk) for _ in range(CLIENTS)]
    by = world.county_a1
    return at_once([lambda one=one: actions.file_check(one, by=by) for one in seen])


def test_eight_filings_make_one():
    world, check = ready()
    assert press_all(world, check) == {"done": 1, "StaleState": CLIENTS - 1}
    assert check.events.filter(move="file").count() == 1


def test_without_compare_and_set_more_than_one_gets_through(monkeypatch):
    def trusting_claim(visit, move, changes):
        Visit.objects.filter(pk=visit.pk).update(status=move.target, **changes)
        return True

    monkeypatch.setattr("scoring.hooks.on_submitted.callbacks", [])
    monkeypatch.setattr(actions, "_hold", actions.present)
    monkeypatch.setattr(actions, "_claim", trusting_claim)
    monkeypatch.setitem(guards.GUARDS, "complete_in_time", lambda visit, by: "")
    world, check = ready()
    assert press_all(world, check)["done"] > 1
    assert check.events.filter(move="file").count() > 1


def file_and_begin(world, check):
    """The unit files while the team begins: which of both came first."""
    told = at_once(
        [
            lambda: actions.file_check(Visit.objects.get(pk=check.pk), by=world.county_a1),
            lambda: actions.start(Visit.objects.get(pk=world.visit.pk), by=world.leader),
        ]
    )
    check.refresh_from_db()
    world.visit.refresh_from_db()
    return told, check.status == Visit.Status.FILED


def test_what_is_filed_was_filed_before_the_team_began():
    world, check = ready()
    told, is_filed = file_and_begin(world, check)
    assert world.visit.self_check == check
    assert told == ({"done": 2} if is_filed else {"done": 1, "Refused": 1})
    filed = check.events.filter(move="file").first()
    began = world.visit.events.get(move="start")
    assert (filed is not None) == is_filed
    assert not is_filed or filed.pk < began.pk


def test_without_the_guard_it_is_filed_after_the_team_began(monkeypatch):
    monkeypatch.setitem(guards.GUARDS, "complete_in_time", guards.complete)
    world, check = ready()
    papers.started(world.visit, world.leader)
    actions.file_check(check, by=world.county_a1)
    filed = check.events.get(move="file")
    assert filed.pk > world.visit.events.get(move="start").pk
