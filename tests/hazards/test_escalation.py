"""Missed deadlines go upward: each step once, on working days, also after a pause."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from audit.models import AuditEvent
from hazards import escalation
from hazards.escalation import escalate
from hazards.ladder import steps_due
from hazards.models import Escalation, Hazard
from tests.cast import build_world
from tests.factories import hazards
from tests.races import at_once

S = Hazard.Status
FRIDAY = date(2026, 11, 20)


def weekday(day):
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("days", "steps"),
    [
        (-3, []),
        (-2, ["reminder"]),
        (0, ["reminder"]),
        (1, ["reminder", "responsible"]),
        (3, ["reminder", "responsible"]),  # Monday is the first working day
        (4, ["reminder", "responsible", "unit"]),
        (6, ["reminder", "responsible", "unit", "county"]),
        (7, ["reminder", "responsible", "unit", "county"]),
        (8, ["reminder", "responsible", "unit", "county", "city"]),
    ],
)
def test_each_step_waits_for_its_working_day(days, steps):
    found = steps_due(FRIDAY, FRIDAY + timedelta(days=days), weekday)
    assert found == steps


def due(world, day):
    hazard = hazards.in_state(world, S.RECTIFYING)
    Hazard.objects.filter(pk=hazard.pk).update(due_on=day)
    return hazard


def told(hazard):
    return [row.step for row in hazard.escalations.order_by("pk")]


def test_a_step_is_told_once(world):
    hazard = due(world, FRIDAY)
    assert escalate(FRIDAY + timedelta(days=1)) == 2
    assert escalate(FRIDAY + timedelta(days=1)) == 0
    assert told(hazard) == ["reminder", "responsible"]
    assert AuditEvent.objects.filter(action="hazard.escalate").count() == 1


def test_days_of_silence_are_caught_up(world):
    hazard = due(world, FRIDAY)
    assert escalate(FRIDAY + timedelta(days=30)) == 5
    assert told(hazard) == ["reminder", "responsible", "unit", "county", "city"]


def test_a_new_deadline_begins_anew(world):
    hazard = due(world, FRIDAY)
    escalate(FRIDAY + timedelta(days=1))
    hazard.refresh_from_db()
    hazards.moved(world, hazard, ("officer", "extend"))
    assert escalate(hazard.due_on - timedelta(days=3)) == 0
    assert escalate(hazard.due_on) == 1


def test_what_waits_for_acceptance_is_not_late(world):
    hazard = hazards.in_state(world, S.ACCEPTING)
    Hazard.objects.filter(pk=hazard.pk).update(due_on=FRIDAY)
    assert escalate(FRIDAY + timedelta(days=9)) == 0


def test_the_page_tells_it(as_, world):
    hazard = due(world, FRIDAY)
    escalate(FRIDAY + timedelta(days=30))
    page = as_(world.officer).get(f"/hazards/{hazard.pk}/").content.decode()
    assert "逾期，已报县级工会" in page
    assert "平台规定" in page


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_it_once():
    world = build_world()
    hazard = due(world, FRIDAY)
    at_once([lambda: escalate(FRIDAY + timedelta(days=1))] * 4)
    assert told(hazard) == ["reminder", "responsible"]
    assert AuditEvent.objects.filter(action="hazard.escalate").count() == 1
    assert Escalation.objects.count() == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_workers_tell_it_again(monkeypatch):
    world = build_world()
    due(world, FRIDAY)
    nothing = defaultdict(set)  # what each of them read before the others wrote
    monkeypatch.setattr(escalation, "_known", lambda hazards: nothing)
    monkeypatch.setattr(
        escalation,
        "_kept",
        lambda hazard, step: Escalation.objects.create(
            hazard=hazard, due_on=hazard.due_on, step=step
        ),
    )
    found = at_once([lambda: escalate(FRIDAY + timedelta(days=1))] * 4)
    assert found == {"done": 1, "IntegrityError": 3}


def test_every_page_is_reached_while_hazards_move_away(world, monkeypatch):
    monkeypatch.setattr(escalation, "BATCH", 1)
    late = [due(world, FRIDAY) for _ in range(3)]
    tell = escalation._tell

    def moving(hazard, steps):
        told = tell(hazard, steps)
        Hazard.objects.filter(pk=hazard.pk).update(due_on=FRIDAY + timedelta(days=99))
        return told

    monkeypatch.setattr(escalation, "_tell", moving)
    assert escalate(FRIDAY + timedelta(days=1)) == 6
    assert [told(hazard) for hazard in late] == [["reminder", "responsible"]] * 3


def test_what_was_told_to_the_end_is_not_read_again(world, django_assert_num_queries):
    due(world, FRIDAY)
    escalate(FRIDAY + timedelta(days=30))
    with django_assert_num_queries(2):  # the calendar, and no hazard
        escalate(FRIDAY + timedelta(days=60))
