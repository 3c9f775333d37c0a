"""Where the workdays of a year come from: the announced calendar, else an estimate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

SATURDAY = 5


@dataclass(frozen=True)
class Day:
    day: date
    is_workday: bool
    is_estimated: bool


def days_of(year: int) -> Iterator[Day]:
    """Every day of ``year``; estimated where the year is not announced yet."""
    return _announced(year) if is_announced(year) else _estimated(year)


def is_announced(year: int) -> bool:
    """Whether the package knows the official calendar of ``year``."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _announced(year: int) -> Iterator[Day]:
    for day in _each_day(year):
        yield Day(day, chinese_calendar.is_workday(day), is_estimated=False)


def _estimated(year: int) -> Iterator[Day]:
    """Weekends and statutory festivals rest; make-up days are not known before the notice."""
    import holidays

    festivals = holidays.country_holidays("CN", years=year)
    for day in _each_day(year):
        rests = day.weekday() >= SATURDAY or day in festivals
        yield Day(day, not rests, is_estimated=True)


def _each_day(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
