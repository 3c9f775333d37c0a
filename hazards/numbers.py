"""编号: 370321-2026-0387, counted by county and year, never used twice."""

from datetime import date

from django.db import transaction
from django.db.models import F

from hazards.models import NumberSeries
from orgs.models import Region


def next_numbers(region: Region, today: date, count: int = 1) -> list[str]:
    """The next ``count`` numbers of the county ``region`` lies in; the caller's transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number belongs to its hazard")
    code = _code(region)
    series, _ = NumberSeries.objects.get_or_create(code=code, year=today.year)
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + count)
    series.refresh_from_db()
    first = series.last - count + 1
    return [f"{code}-{today.year}-{number:04d}" for number in range(first, first + count)]


def _code(region: Region) -> str:
    """The six digits of the county; a place without a code of its own counts by its path."""
    return region.code[:6] if region.code else region.path
