"""The days on which a team can be sent."""

from datetime import date, timedelta

from clocks.models import Workday
from clocks.sources import SATURDAY


def workdays(first: date, last: date) -> list[date]:
    """Statutory workdays from ``first`` to ``last``; Monday to Friday where none are loaded."""
    known = dict(Workday.objects.filter(day__range=(first, last)).values_list("day", "is_workday"))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if known.get(day, day.weekday() < SATURDAY)]
