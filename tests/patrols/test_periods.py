"""The days a patrol covers, and how each period stands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from patrols.coverage import Cell, Rule, State, Tally, cells, tally
from patrols.periods import Every, Period, period_of, periods

D = date
TODAY = D(2026, 11, 22)
NOVEMBER = Period(D(2026, 11, 1), D(2026, 11, 30))
ALWAYS = Period(D(2026, 1, 1), D(2027, 1, 1))


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        (Every.DAILY, D(2026, 11, 22), D(2026, 11, 22)),
        (Every.WEEKLY, D(2026, 11, 16), D(2026, 11, 22)),
        (Every.HALF_MONTHLY, D(2026, 11, 16), D(2026, 11, 30)),
        (Every.MONTHLY, D(2026, 11, 1), D(2026, 11, 30)),
    ],
)
def test_period_of_a_day(every, first, last):
    assert period_of(D(2026, 11, 22), every) == Period(first, last)


@pytest.mark.parametrize("every", list(Every))
def test_periods_cover_each_day_once(every):
    days = [day for one in periods(every, D(2026, 1, 1), D(2026, 12, 31)) for day in one.days()]
    first, last = days[0], days[-1]
    assert days == [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert first <= D(2026, 1, 1)
    assert last >= D(2026, 12, 31)


def test_half_months_meet_in_the_middle_of_february():
    found = list(periods(Every.HALF_MONTHLY, D(2028, 2, 1), D(2028, 2, 29)))
    assert found == [Period(D(2028, 2, 1), D(2028, 2, 15)), Period(D(2028, 2, 16), D(2028, 2, 29))]


def stood(rule, done=(), *, today=TODAY, window=NOVEMBER, life=ALWAYS, rests=()):
    """Each cell's first day and state; Saturdays and Sundays rest, and ``rests``."""

    def is_workday(day):
        return day.weekday() < 5 and day not in rests

    found = cells([rule], set(done), life=life, window=window, today=today, is_workday=is_workday)
    return [(cell.period.first.day, cell.state.value) for cell in found]


def test_a_day_is_done_missed_open_ahead_or_free():
    window = Period(D(2026, 11, 18), D(2026, 11, 24))
    rule = Rule(Every.DAILY, D(2026, 1, 1))
    found = stood(rule, [D(2026, 11, 18)], today=D(2026, 11, 20), window=window)
    assert found == [
        (18, "done"),
        (19, "missed"),
        (20, "open"),
        (21, "free"),
        (22, "free"),
        (23, "ahead"),
        (24, "ahead"),
    ]


def test_rest_days_count_where_the_rule_says_so():
    window = Period(D(2026, 11, 21), D(2026, 11, 22))
    rule = Rule(Every.DAILY, D(2026, 1, 1), rest_days=True)
    assert stood(rule, today=D(2026, 11, 23), window=window) == [(21, "missed"), (22, "missed")]


def test_any_day_of_a_week_is_enough_also_one_before_the_month():
    rule = Rule(Every.WEEKLY, D(2026, 1, 1))
    found = stood(rule, [D(2026, 10, 27), D(2026, 11, 8)])
    assert [state for _, state in found] == ["done", "done", "missed", "open", "ahead", "ahead"]


def test_a_week_without_a_workday_is_free():
    week = [D(2026, 11, day) for day in range(9, 14)]
    found = stood(Rule(Every.WEEKLY, D(2026, 11, 9)), rests=week)
    assert found[0] == (9, "free")


def test_a_rule_counts_from_its_first_to_its_last_day():
    rule = Rule(Every.WEEKLY, D(2026, 11, 11), ends_on=D(2026, 11, 17))
    assert stood(rule, [D(2026, 11, 10)]) == [(11, "missed"), (16, "missed")]


def test_a_place_counts_while_it_is_in_use():
    life = Period(D(2026, 11, 19), D(2026, 11, 20))
    assert stood(Rule(Every.DAILY, D(2026, 1, 1)), life=life) == [(19, "missed"), (20, "missed")]


def test_a_rule_that_never_began_asks_nothing():
    assert stood(Rule(Every.DAILY, D(2026, 11, 20), ends_on=D(2026, 11, 19))) == []


def test_tally_counts_what_is_over():
    found = [Cell(NOVEMBER, state) for state in State]
    assert (tally(found), tally(found).missed, tally(found).rate) == (
        Tally(2, 1),
        1,
        Decimal("0.5"),
    )
    assert tally([]).rate is None
