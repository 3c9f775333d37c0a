"""排查日历: which workshop missed which day or week; for the unions above, numbers alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import keyset_page
from clocks.calendar import workdays
from orgs.access import requires
from orgs.models import Organization
from orgs.roles import Permission as P
from patrols.coverage import State, Tally
from patrols.models import Policy
from patrols.periods import Every, Period, period_of
from patrols.standing import Standing, standings, tallies

ONE_DAY = timedelta(days=1)
MISSED_SHOWN = 50
MARKS = {State.DONE: "✓", State.MISSED: "✗", State.OPEN: "待"}
WORDS = {
    State.DONE: "已查",
    State.MISSED: "漏查",
    State.OPEN: "该查，还没查",
    State.AHEAD: "还没到",
    State.FREE: "休息日不用查",
}


@dataclass(frozen=True)
class Square:
    """One cell of the calendar: so many days wide, in so many words."""

    days: int
    css: str
    mark: str
    title: str


@require_GET
@requires(P.HAZARD_VIEW)
def coverage(request: HttpRequest) -> HttpResponse:
    """One month of one's own unit: the calendar, the table beside it, what was missed."""
    unit, today = request.user.organization, timezone.localdate()
    if not unit.is_workplace:
        return redirect("patrols:unit_list")
    month = _month(request.GET.get("month", ""), today)
    found = standings(unit, month, today)
    due = sum(one.tally.due for one in found)
    done = sum(one.tally.done for one in found)
    missed = _missed(found)
    context = {
        "unit": unit,
        "month": month,
        "days": _days(month, today),
        "rows": [{"one": one, "squares": list(_squares(one, month))} for one in found],
        "sum": Tally(due, done),
        "hazards": sum(one.hazards for one in found),
        "missed": missed[:MISSED_SHOWN],
        "missed_count": len(missed),
        "may_set": request.user.may(P.HAZARD_SETUP),
        **_neighbours(month, today),
    }
    return render(request, "patrols/coverage.html", context)


@require_GET
@requires(P.HAZARD_VIEW)
def unit_list(request: HttpRequest) -> HttpResponse:
    """The units below whose patrols are ruled, each with the numbers of one month."""
    today = timezone.localdate()
    month = _month(request.GET.get("month", ""), today)
    ruled = Policy.objects.permitted(request.user, P.HAZARD_VIEW)
    units = Organization.objects.permitted(request.user, P.ORG_VIEW).active()
    units = units.filter(pk__in=ruled.values("unit")).select_related("region")
    page = keyset_page(
        units, request.GET, order=["region__path", "name_initials", "pk"], load=_load
    )
    sums = tallies([unit.pk for unit in page], month, today)
    context = {
        "page": page,
        "lines": [(unit, sums[unit.pk]) for unit in page],
        "month": month,
        **_neighbours(month, today),
    }
    return render(request, "patrols/unit_list.html", context)


def _load(pks: list[int]) -> dict[int, Organization]:
    rows = Organization.objects.unscoped(reason="keys from a query in scope").filter(pk__in=pks)
    return {unit.pk: unit for unit in rows.select_related("region")}


def _month(asked: str, today: date) -> Period:
    """The month that ``2026-11`` names, or the present one; never one to come."""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        first = today
    return period_of(min(first, today), Every.MONTHLY)


def _neighbours(month: Period, today: date) -> dict[str, Any]:
    behind = month.last + ONE_DAY
    return {
        "previous": f"{month.first - ONE_DAY:%Y-%m}",
        "next": f"{behind:%Y-%m}" if behind <= today else "",
    }


def _days(month: Period, today: date) -> list[dict[str, Any]]:
    is_workday = workdays(month.first, month.last)
    return [
        {"day": day, "rests": not is_workday(day), "is_today": day == today} for day in month.days()
    ]


def _squares(one: Standing, month: Period) -> Iterator[Square]:
    """The month from its first day to its last, days without a rule included."""
    day = month.first
    for cell in one.cells:
        part = cell.period.within(month.first, month.last)
        if part is None:
            continue
        if day < part.first:
            yield Square((part.first - day).days, "is-void", "", "")
        found = one.found_in(cell.period)
        mark = str(found) if found else MARKS.get(cell.state, "")
        more = f"，发现 {found} 条" if found else ""
        title = f"{cell.period} {WORDS[cell.state]}{more}"
        css = f"is-{cell.state}" + (" has-found" if found else "")
        yield Square((part.last - part.first).days + 1, css, mark, title)
        day = part.last + ONE_DAY
    if day <= month.last:
        yield Square((month.last - day).days + 1, "is-void", "", "")


def _missed(found: list[Standing]) -> list[dict[str, Any]]:
    """Every missed period, the latest first."""
    rows = [(period, one) for one in found for period in one.missed]
    rows.sort(key=lambda row: (row[0].last, row[1].place.pk), reverse=True)
    return [{"when": str(period), "one": one} for period, one in rows]
