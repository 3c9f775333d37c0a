"""Two reviewers confirm the same papers in bulk at once: each paper is confirmed once."""

from threading import Barrier

import pytest

from plans.models import Visit
from scoring import actions, bulk
from scoring.bulk import Seen
from tests.cast import build_world
from tests.factories import papers
from tests.races import at_once

CLIENTS = 6
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def confirm_at_once(monkeypatch, world):
    """How many papers people were told they confirmed, and how many events each has."""
    visits = [papers.submitted(world, v) for v in (world.visit, world.enterprise_visit)]
    read, press, told = Barrier(CLIENTS), bulk._press, []

    def press_after_all_have_read(name, visit, seen, **more):
        if visit.pk == visits[0].pk:
            read.wait(30)
        press(name, visit, seen, **more)

    def send(by):
        told.append(bulk.press("confirm", [Seen.of(visit) for visit in visits], by=by))

    monkeypatch.setattr(bulk, "_press", press_after_all_have_read)
    people = [world.province, world.province2] * (CLIENTS // 2)
    at_once([lambda by=by: send(by) for by in people])
    events = [visit.events.filter(move="confirm").count() for visit in visits]
    return sum(len(one.done) for one in told), events


def test_each_paper_is_confirmed_once_by_whoever_was_first(monkeypatch):
    assert confirm_at_once(monkeypatch, build_world()) == (2, [1, 1])


def test_without_compare_and_set_papers_are_confirmed_again(monkeypatch):
    claim = actions._claim

    def trusting_claim(visit, move, changes):
        if move.name != "confirm":
            return claim(visit, move, changes)
        return bool(Visit.objects.filter(pk=visit.pk).update(status=move.target, **changes))

    monkeypatch.setattr(actions, "_claim", trusting_claim)
    done, events = confirm_at_once(monkeypatch, build_world())
    assert done > 2
    assert max(events) > 1
