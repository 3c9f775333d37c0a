"""How often, and the days each time covers: pure, no clock."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
MIDDLE = 15  # the first half of a month ends on this day


class Every(StrEnum):
    """How often the places of a level are looked at, from the most often on."""

    DAILY = "daily"
    WEEKLY = "weekly"
    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Period:
    """The days within which one patrol is due, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        """11月3日, 11月2日–8日 or 10月26日–11月1日."""
        first, last = self.first, self.last
        if first == last:
            return f"{first:%-m月%-d日}"
        end = f"{last:%-d日}" if first.month == last.month else f"{last:%-m月%-d日}"
        return f"{first:%-m月%-d日}–{end}"

    def within(self, first: date, last: date) -> "Period | None":
        """What of it lies between two days; None where nothing does."""
        begin, end = max(self.first, first), min(self.last, last)
        return Period(begin, end) if begin <= end else None

    def days(self) -> Iterator[date]:
        """Its days in order."""
        for n in range((self.last - self.first).days + 1):
            yield self.first + n * ONE_DAY


def period_of(day: date, every: str) -> Period:
    """The period that ``day`` lies in: the day, its week from Monday, half of its month, or it."""
    if every == Every.DAILY:
        return Period(day, day)
    if every == Every.WEEKLY:
        monday = day - day.weekday() * ONE_DAY
        return Period(monday, monday + 6 * ONE_DAY)
    end = day.replace(day=monthrange(day.year, day.month)[1])
    if every == Every.MONTHLY:
        return Period(day.replace(day=1), end)
    if day.day <= MIDDLE:
        return Period(day.replace(day=1), day.replace(day=MIDDLE))
    return Period(day.replace(day=MIDDLE + 1), end)


def periods(every: str, first: date, last: date) -> Iterator[Period]:
    """Every period that meets the days from ``first`` to ``last``, whole."""
    day = first
    while day <= last:
        found = period_of(day, every)
        yield found
        day = found.last + ONE_DAY
