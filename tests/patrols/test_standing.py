"""What the database knows of a unit's patrols, and what people are told of it first."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from clocks.models import Workday
from hazards.models import Place
from patrols import actions
from patrols.coverage import State, Tally
from patrols.periods import Every, Period
from patrols.standing import standings, tallies
from patrols.today import cards, mine
from tests.factories import patrols
from tests.factories.patrols import L

D = date
WEEK = Period(D(2026, 11, 16), D(2026, 11, 22))  # Monday to Sunday


@pytest.fixture
def today():
    """A day that is worked, whatever day the test runs on."""
    day = timezone.localdate()
    Workday.objects.create(day=day, is_workday=True)
    return day


def states(standing):
    return [cell.state.value for cell in standing.cells]


def test_the_statutory_calendar_says_what_rests(world):
    patrols.policy(world)
    patrols.place(world)
    Workday.objects.create(day=D(2026, 11, 21), is_workday=True)  # a make-up Saturday
    Workday.objects.create(day=D(2026, 11, 20), is_workday=False)
    [one] = standings(world.orgs["enterprise_a1"], WEEK, D(2026, 11, 23))
    assert states(one) == ["missed"] * 4 + ["free", "missed", "free"]


def test_a_patrol_counts_until_it_is_taken_back(world):
    patrols.policy(world)
    place = patrols.place(world)
    made = patrols.patrol(place, world.worker, on=D(2026, 11, 16))
    unit = world.orgs["enterprise_a1"]
    [one] = standings(unit, WEEK, D(2026, 11, 17))
    assert (states(one)[:2], one.tally) == (["done", "open"], Tally(1, 1))
    actions.cancel(made, by=world.worker, reason="示例")
    [one] = standings(unit, WEEK, D(2026, 11, 17))
    assert (states(one)[:2], one.tally, one.last) == (["missed", "open"], Tally(1, 0), None)


def test_places_stand_below_what_they_lie_in(world):
    for level in (L.WORKSHOP, L.POST):
        patrols.policy(world, level, Every.DAILY)
    second = patrols.place(world, "二车间", L.WORKSHOP)
    first = patrols.place(world, "一车间", L.WORKSHOP)
    patrols.place(world, "甲岗", parent=first)
    patrols.place(world, "乙岗", parent=second)
    found = standings(world.orgs["enterprise_a1"], WEEK, D(2026, 11, 17))
    rows = [(one.depth, str(one.place)) for one in found]
    assert rows == [(0, "二车间"), (1, "乙岗"), (0, "一车间"), (1, "甲岗")]


def test_a_level_without_a_rule_and_other_units_do_not_count(world):
    other = world.orgs["enterprise_b1"]
    patrols.policy(world)
    patrols.policy(world, unit=other)
    patrols.place(world, "全厂", L.PLANT)
    patrols.place(world, "乙县岗", unit=other)
    mine = patrols.place(world)
    found = standings(world.orgs["enterprise_a1"], WEEK, D(2026, 11, 17))
    assert [one.place for one in found] == [mine]


def test_a_period_counts_in_the_window_in_which_it_ends(world):
    patrols.policy(world, L.WORKSHOP, Every.WEEKLY)
    patrols.place(world, "一车间", L.WORKSHOP)
    unit, today = world.orgs["enterprise_a1"], D(2026, 12, 10)
    november = Period(D(2026, 11, 1), D(2026, 11, 30))
    december = Period(D(2026, 12, 1), D(2026, 12, 31))
    due = [standings(unit, month, today)[0].tally.due for month in (november, december)]
    assert due == [5, 1]  # the week of November 30 ends in December


def test_tallies_of_many_units_equal_those_of_each(world):
    units = [world.orgs["enterprise_a1"], world.orgs["enterprise_b1"]]
    for unit in units:
        patrols.policy(world, unit=unit)
        patrols.policy(world, L.WORKSHOP, Every.WEEKLY, unit=unit)
        patrols.place(world, "一车间", L.WORKSHOP, unit=unit)
        place = patrols.place(world, unit=unit)
    patrols.patrol(place, world.other_officer, on=D(2026, 11, 17))
    month, today = Period(D(2026, 11, 1), D(2026, 11, 30)), D(2026, 11, 22)
    found = tallies([unit.pk for unit in units], month, today)
    for unit in units:
        each = [one.tally for one in standings(unit, month, today)]
        whole = Tally(sum(t.due for t in each), sum(t.done for t in each))
        assert (found[unit.pk], whole.due > 0) == (whole, True)
    assert found[units[1].pk].done == 1


@pytest.mark.parametrize("places", [1, 3])
def test_a_unit_asks_as_often_for_many_places(world, places, django_assert_num_queries):
    patrols.policy(world)
    for n in range(places):
        place = patrols.place(world, f"岗{n}")
        actions.assign(place, by=world.officer, person=world.worker)
        patrols.patrol(place, world.worker, on=D(2026, 11, 16))
    unit = world.orgs["enterprise_a1"]
    with django_assert_num_queries(5):
        assert len(standings(unit, WEEK, D(2026, 11, 17))) == places


def test_who_has_a_place_is_told_that_it_is_due(world, today):
    patrols.policy(world)
    place, other = patrols.place(world), patrols.place(world, "1号罐区")
    actions.assign(place, by=world.officer, person=world.worker)
    assert [one.place for one in mine(world.worker, today)] == [place]
    [card] = cards(world.worker, today)
    assert (card.tone, card.head, card.title) == ("warn", "今天该排查：1 处", "2号泵房")
    patrols.patrol(place, world.officer)
    [card] = cards(world.worker, today)
    assert card.tone == "ok"
    assert cards(world.unit_union, today) == []
    assert Place.objects.filter(pk=other.pk).exists()


def test_the_safety_office_is_told_what_was_missed(world, today):
    yesterday = today - timedelta(days=1)
    Workday.objects.create(day=yesterday, is_workday=True)
    patrols.policy(world, starts_on=yesterday)
    patrols.place(world)
    [card] = cards(world.officer, today)
    assert (card.tone, card.head) == ("danger", "最近 7 天漏查 1 处次")
    assert cards(world.other_officer, today) == []
    assert cards(world.county_a1, today) == []


def test_a_closed_place_counts_to_its_last_local_day(world):
    patrols.policy(world)
    night = timezone.make_aware(datetime(2026, 11, 18, 0, 30))  # the day before, by UTC
    patrols.place(world, closed_at=night)
    [one] = standings(world.orgs["enterprise_a1"], WEEK, D(2026, 11, 23))
    assert [cell.period.last.day for cell in one.cells] == [16, 17, 18]


def test_a_rest_day_asks_nothing(world):
    sunday = D(2026, 11, 22)
    patrols.policy(world, starts_on=sunday)
    actions.assign(patrols.place(world), by=world.officer, person=world.worker)
    [one] = mine(world.worker, sunday)
    assert (one.now.state, cards(world.worker, sunday)) == (State.FREE, [])
