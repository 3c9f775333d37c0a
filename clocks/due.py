"""When a clock runs out: pure, the calendar is an argument."""

from collections.abc import Callable
from datetime import date, timedelta

from clocks.rules import Clock, Unit

IsWorkday = Callable[[date], bool]
ONE_DAY = timedelta(days=1)


def calendar_due(start: date, days: int) -> date:
    """The last of ``days`` calendar days; the first is the day after ``start``."""
    return start + timedelta(days=days)


def workday_due(start: date, days: int, is_workday: IsWorkday) -> date:
    """The last of ``days`` 工作日 after ``start``; rest days are passed over."""
    due = start
    for _ in range(days):
        due = _next_workday(due, is_workday)
    return due


def due(clock: Clock, start: date, is_workday: IsWorkday) -> date:
    """The last day on which ``clock``, started by an event on ``start``, is still kept."""
    if clock.unit is Unit.WORKDAY:
        return workday_due(start, clock.length, is_workday)
    return calendar_due(start, clock.length)


def _next_workday(day: date, is_workday: IsWorkday) -> date:
    day += ONE_DAY
    while not is_workday(day):
        day += ONE_DAY
    return day
