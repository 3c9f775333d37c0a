"""Missed patrols are told: once for a place and period, after a pause, until somebody came."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from audit.models import AuditEvent
from chabaocu.demo.clock import clock
from inbox.models import Notice
from patrols import actions, missed
from patrols.missed import tell_missed
from patrols.models import Missed, Policy, Watch
from patrols.periods import Every
from tests.cast import build_world
from tests.factories import patrols
from tests.factories.patrols import L
from tests.races import at_once

ONE_DAY = timedelta(days=1)
MONDAY = date(2026, 11, 16)


def day(number):
    """Days of one week, Monday is 0."""
    return MONDAY + number * ONE_DAY


def ruled(world, name="2号泵房", keeper=True, **fields):
    """A post to be looked at each working day from Monday on, the worker's duty."""
    if not Policy.objects.exists():
        patrols.policy(world, starts_on=MONDAY)
    place = patrols.place(world, name, **fields)
    if keeper:
        actions.assign(place, by=world.officer, person=world.worker)
    return place


def unread(person):
    return list(Notice.objects.unread().filter(person=person).values_list("text", flat=True))


def test_who_has_the_place_and_the_safety_office_are_told(world):
    ruled(world)
    patrols.policy(world, unit=world.orgs["enterprise_b1"], starts_on=MONDAY)
    assert tell_missed(day(1)) == 1
    assert unread(world.worker) == ["2号泵房：11月16日漏查，请去排查"]
    assert unread(world.officer) == ["漏查 1 处，还没有补查：2号泵房 11月16日"]
    assert {notice.person for notice in Notice.objects.all()} == {world.worker, world.officer}
    assert AuditEvent.objects.get(action="patrol.missed").after == {"told": ["2号泵房 11月16日"]}


def test_a_period_is_told_once(world):
    ruled(world)
    assert [tell_missed(day(n)) for n in (0, 1, 1, 2, 2)] == [0, 1, 0, 1, 0]
    assert unread(world.worker) == ["2号泵房：11月17日漏查，已 2 次，请去排查"]


def test_days_of_silence_are_caught_up_in_one_notice(world):
    ruled(world)
    tell_missed(day(1))
    assert tell_missed(day(10)) == 7  # Tuesday to Friday, and the next three; the weekend is free
    assert unread(world.worker) == ["2号泵房：11月25日漏查，已 8 次，请去排查"]
    assert Missed.objects.count() == 8


def test_a_week_is_missed_when_it_has_ended(world):
    patrols.policy(world, L.WORKSHOP, Every.WEEKLY, starts_on=MONDAY)
    patrols.place(world, "一车间", L.WORKSHOP)
    assert [tell_missed(day(n)) for n in (1, 6, 7)] == [0, 0, 1]
    assert unread(world.officer) == ["漏查 1 处，还没有补查：一车间 11月16日–22日"]
    assert unread(world.worker) == []  # nobody's duty


def test_a_patrol_settles_it(world):
    first, second = ruled(world), ruled(world, "1号罐区")
    tell_missed(day(1))
    assert unread(world.officer) == ["漏查 2 处，还没有补查：2号泵房 11月16日、1号罐区 11月16日"]
    with clock(day(1), "09:00"):
        actions.keep(first, by=world.worker, patrol_id=uuid4())
        assert unread(world.worker) == ["1号罐区：11月16日漏查，请去排查"]
        assert len(unread(world.officer)) == 1  # one place still waits
        actions.keep(second, by=world.officer, patrol_id=uuid4())
    assert (unread(world.worker), unread(world.officer)) == ([], [])


def test_what_was_patrolled_before_the_late_worker_came_waits_for_nobody(world):
    patrols.patrol(ruled(world), world.worker, on=day(1))
    assert tell_missed(day(2)) == 1
    assert (unread(world.worker), unread(world.officer)) == ([], [])
    assert Missed.objects.get().settled_on == day(2)


def test_a_patrol_that_arrives_late_counts_for_its_own_days_alone(world):
    place = ruled(world)
    tell_missed(day(3))
    with clock(day(1), "09:00"):  # kept without a network on Tuesday
        actions.keep(place, by=world.worker, patrol_id=uuid4())
    waiting = Missed.objects.filter(settled_on=None).values_list("last_on", flat=True)
    assert list(waiting) == [day(2)]
    assert len(unread(world.worker)) == len(unread(world.officer)) == 1


def test_who_is_told_of_all_is_not_told_of_each(world):
    place = ruled(world, keeper=False)
    actions.assign(place, by=world.officer, person=world.officer)
    tell_missed(day(1))
    assert unread(world.officer) == ["漏查 1 处，还没有补查：2号泵房 11月16日"]


def test_a_patrol_taken_back_is_missed_after_all(world):
    made = patrols.patrol(ruled(world), world.worker, on=day(0))
    assert tell_missed(day(3)) == 2
    made.refresh_from_db()
    actions.cancel(made, by=world.officer, reason="示例")
    assert tell_missed(day(3)) == 1
    assert sorted(Missed.objects.values_list("last_on", flat=True)) == [day(0), day(1), day(2)]


@pytest.mark.parametrize("end", ["the place is closed", "the rule is stopped"])
def test_what_nobody_asks_for_any_more_is_settled(world, end):
    place = ruled(world)
    tell_missed(day(1))
    if end == "the place is closed":
        type(place).objects.filter(pk=place.pk).update(closed_at="2026-11-17T08:00:00Z")
    else:
        with clock(day(1), "09:00"):
            actions.stop_policy(Policy.objects.get(), by=world.officer, reason="示例")
    tell_missed(day(20))
    assert (unread(world.worker), unread(world.officer)) == ([], [])


def test_a_rule_of_long_ago_begins_with_the_last_month(world):
    patrols.policy(world)
    patrols.place(world)
    tell_missed(day(0))
    first = Missed.objects.order_by("last_on").first()
    assert first.last_on >= day(0) - 31 * ONE_DAY
    assert Watch.objects.get().through == day(-1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_it_once():
    world = build_world()
    ruled(world)
    assert at_once([lambda: tell_missed(day(3))] * 4) == {"done": 4}
    assert (Missed.objects.count(), Notice.objects.count()) == (3, 2)
    assert AuditEvent.objects.filter(action="patrol.missed").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_workers_tell_it_again(monkeypatch):
    world = build_world()
    ruled(world)
    monkeypatch.setattr(missed, "_held", lambda units, seen: units)
    monkeypatch.setattr(missed, "_known", lambda units, window: ())  # read before the others wrote
    unit = [world.orgs["enterprise_a1"].pk]
    missed._begin(day(3))
    looks = [partial(missed._look, unit, day(-1), day(3))] * 4
    assert at_once(looks) == {"done": 1, "IntegrityError": 3}
