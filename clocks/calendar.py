"""Deadlines by the loaded calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from clocks.due import IsWorkday, due
from clocks.models import Workday
from clocks.rules import Clock, Unit
from clocks.sources import SATURDAY, days_of

ESTIMATED = "暂按周末推算"


@dataclass(frozen=True)
class Deadline:
    """The last day of a clock; ``is_estimated`` until the year's calendar is announced."""

    clock: Clock
    on: date
    is_estimated: bool = False

    def __str__(self):
        return f"{self.on:%Y-%m-%d}" + (f"（{ESTIMATED}）" if self.is_estimated else "")


def deadline(clock: Clock, start: date) -> Deadline:
    """When ``clock``, started on ``start``, runs out by the loaded calendar."""
    if clock.unit is Unit.CALENDAR:
        return Deadline(clock, due(clock, start, bool))
    known = {row.day: row for row in Workday.objects.filter(day__gt=start)[: 4 * clock.length + 30]}
    guessed = set()

    def is_workday(day: date) -> bool:
        row = known.get(day)
        if row is None or row.is_estimated:
            guessed.add(day)
        return row.is_workday if row else day.weekday() < SATURDAY

    return Deadline(clock, due(clock, start, is_workday), is_estimated=bool(guessed))


def workdays(first: date, last: date) -> IsWorkday:
    """Whether a day from ``first`` to ``last`` is worked; a day not loaded goes by its weekday."""
    rows = Workday.objects.filter(day__gte=first, day__lte=last)
    known = dict(rows.values_list("day", "is_workday"))
    return lambda day: known.get(day, day.weekday() < SATURDAY)


def every_workday() -> IsWorkday:
    """``workdays`` for all days that are loaded."""
    return workdays(date.min, date.max)


@transaction.atomic
def load_years(years: Iterable[int]) -> int:
    """Store each day of ``years``, replacing estimates; returns how many days were stored."""
    rows = [Workday(**vars(day)) for year in years for day in days_of(year)]
    Workday.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_workday", "is_estimated"],
    )
    return len(rows)
