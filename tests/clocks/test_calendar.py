from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from clocks.calendar import deadline, load_years
from clocks.models import Workday
from clocks.rules import MATERIALS, Clock, Unit

TEN_WORKDAYS = Clock("ten", "示例", 10, Unit.WORKDAY, "示例", "《示例》")


@pytest.mark.django_db
def test_load_years_stores_every_day_once():
    assert load_years([2024, 2025]) == 366 + 365
    load_years([2025])
    assert Workday.objects.count() == 731
    assert not Workday.objects.filter(is_estimated=True).exists()


@pytest.mark.django_db
def test_load_years_estimates_a_year_not_announced():
    load_years([2099])
    assert Workday.objects.filter(is_estimated=True).count() == 365
    assert not Workday.objects.get(day=date(2099, 10, 1)).is_workday  # National Day, a Thursday
    assert not Workday.objects.get(day=date(2099, 3, 1)).is_workday  # a Sunday


@pytest.mark.django_db
def test_load_years_replaces_an_estimate():
    Workday.objects.create(day=date(2026, 2, 14), is_workday=False, is_estimated=True)
    load_years([2026])
    row = Workday.objects.get(day=date(2026, 2, 14))
    assert (row.is_workday, row.is_estimated) == (True, False)


@pytest.mark.django_db
def test_deadline_in_workdays_of_an_announced_year():
    load_years([2026])
    found = deadline(TEN_WORKDAYS, date(2026, 9, 30))
    assert (found.on, found.is_estimated) == (date(2026, 10, 20), False)
    assert str(found) == "2026-10-20"


@pytest.mark.django_db
def test_deadline_in_workdays_that_reaches_an_estimated_year_says_so():
    load_years([2098, 2099])
    assert str(deadline(TEN_WORKDAYS, date(2098, 12, 26))).endswith("（暂按周末推算）")


@pytest.mark.django_db
def test_deadline_in_workdays_without_a_calendar_is_estimated():
    found = deadline(TEN_WORKDAYS, date(2026, 3, 2))
    assert (found.on, found.is_estimated) == (date(2026, 3, 16), True)


def test_deadline_in_calendar_days_asks_no_calendar():
    assert str(deadline(MATERIALS, date(2017, 12, 8))) == "2017-12-15"


@pytest.mark.django_db
def test_load_workdays_reaches_next_year(capsys):
    with time_machine.travel(date(2026, 11, 22)):
        call_command("load_workdays")
    assert "2017–2027" in capsys.readouterr().out
    assert Workday.objects.filter(day__year=2027).count() == 365
