"""The schedule of a round: a calendar of its teams, and the visits that still want something."""

from functools import lru_cache

from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import SIZE, Keyset, addresses
from chabaocu.prepared import Select, Slot
from orgs.access import fetch
from orgs.models import Organization
from orgs.roles import Permission as P
from plans.calendar import Counted, Square, calendar
from plans.lines import by_day, visit_lines
from plans.models import Plan, Visit
from plans.recusal import standing_conflicts
from plans.templatetags.visits import visit_legend
from plans.unit_rules import stored_rule
from plans.whatnext import standing_picks

S = Visit.Status
SQUARES = 600  # visits that can still be looked at one by one
STANDING = tuple(status for status in S if status != S.CANCELLED)
BY_PLACE, BY_DAY = ("place", "pk"), ("visit_on", "place", "pk")
# what is listed under the calendar: its visits, and the states in which they are looked for
GROUPS = {
    "unassigned": ({"team": None}, STANDING),
    "undated": ({"team__isnull": False, "visit_on": None}, STANDING),
    "cancelled": ({}, (S.CANCELLED,)),
}


@require_GET
def visit_schedule(request, pk):
    """The visits of a plan by team and day; what has no team or day comes first.

    Of each list the beginning, or, asked for by ``group=`` or ``team=``, that list page by page.
    """
    plan = fetch(Plan.objects.select_related("issuer"), request.user, P.PLAN_MANAGE, pk=pk)
    scope, today, group = request.user.scope, timezone.localdate(), request.GET.get("group", "")
    if group and group not in GROUPS:
        raise Http404
    teams = list(plan.teams.all())
    chosen = next((team for team in teams if str(team.pk) == request.GET.get("team")), None)
    counted = [Counted(*row) for row in _counted(scope).rows(plan=pk)]
    numbers = _numbers(counted)
    context = {
        "plan": plan,
        "teams": teams,
        "chosen": chosen,
        "group": group,
        "numbers": numbers,
        "drawn": bool(numbers["total"]) or standing_picks(plan).exists(),
        "conflicts": standing_conflicts(plan),
        "rule": stored_rule(plan.sampling),
    }
    if chosen:
        context |= _of_team(request, plan, chosen, _standing(counted))
    else:
        context["pages"] = {
            name: _of_group(request, plan, name, numbers[name])
            for name in ([group] if group else GROUPS)
            if numbers[name]
        }
    if not (chosen or group):
        context |= _calendar(scope, plan, teams, counted, today)
    return render(request, "plans/visit_schedule.html", context)


def _numbers(counted):
    """How many visits there are in all and in each group."""
    standing = _standing(counted)
    return {
        "total": sum(one.count for one in standing),
        "unassigned": sum(one.count for one in standing if one.team is None),
        "undated": sum(one.count for one in standing if one.team and one.day is None),
        "cancelled": sum(one.count for one in counted if one.status == S.CANCELLED),
    }


def _standing(counted):
    return [one for one in counted if one.status != S.CANCELLED]


def _calendar(scope, plan, teams, counted, today):
    placed = [one for one in _standing(counted) if one.team and one.day]
    few = sum(one.count for one in placed) <= SQUARES
    squares = [Square(*row) for row in _squares(scope).rows(plan=plan.pk)] if few else []
    return {
        "calendar": calendar(teams, placed, squares, today),
        "has_squares": bool(squares),
        "address": addresses("plans:visit_detail"),
        "legend": visit_legend(),
    }


def _of_team(request, plan, team, counted):
    """A team's visits day by day, a page of them, and those without a day."""
    mine = request.user.scope, plan.pk
    dated = _keys(*mine, BY_DAY, STANDING, team=team.pk, visit_on__isnull=False)
    undated = _keys(*mine, BY_PLACE, STANDING, team=team.pk, visit_on=None).first(SIZE)
    count = sum(one.count for one in counted if one.team == team.pk and one.day)
    page = dated.page(request.GET, load=visit_lines, count=count)
    return {"page": page, "days": by_day(page), "undated": list(visit_lines(undated).values())}


def _of_group(request, plan, name, count):
    """One of the lists, or its beginning."""
    which, states = GROUPS[name]
    data = request.GET.copy()
    data["group"] = name
    keys = _keys(request.user.scope, plan.pk, BY_PLACE, states, **which)
    return keys.page(data, load=visit_lines, count=count)


@lru_cache(maxsize=512)
def _keys(scope, plan, order, states, **which):
    visits = Visit.objects.within(scope, P.PLAN_MANAGE).by_teams().filter(plan=plan, **which)
    return Keyset(visits.filter(status__in=states), order)


def _of_plan(scope):
    return Visit.objects.within(scope, P.PLAN_MANAGE).by_teams().filter(plan=Slot("plan"))


@lru_cache(maxsize=512)
def _counted(scope):
    """The visits of a plan counted by team, day and state, from one index."""
    grouped = _of_plan(scope).order_by().values("team", "visit_on", "status")
    names = ("team", "visit_on", "status", "count")
    return Select(lambda: grouped.annotate(count=Count("pk")).values_list(*names))


@lru_cache(maxsize=512)
def _squares(scope):
    placed = _of_plan(scope).filter(team__isnull=False, visit_on__isnull=False)
    order = (F("starts_at").asc(nulls_last=True), "place", "target_kind", "pk")
    names = ("team", "visit_on", "region__name", "pk", "target__name", "is_unit", "status")
    is_unit = Q(target__kind=Organization.Kind.ENTERPRISE)
    standing = placed.exclude(status=S.CANCELLED).annotate(is_unit=is_unit).order_by(*order)
    return Select(lambda: standing.values_list(*names))
