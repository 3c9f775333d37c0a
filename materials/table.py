"""The pieces of a round, read from the database: counted there, whatever the round's size."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Left

from materials.models import Material
from materials.wanted import CITY, COUNTY, Papers, Row, rows
from orgs.models import Organization, Region
from orgs.roles import Permission as P
from orgs.scope import path_range
from plans.models import Plan, Team, Visit

S = Visit.Status
IN = (S.SUBMITTED, S.CONFIRMED, S.ARCHIVED)


def leads(plan: Plan, user: Any) -> bool:
    """Whether this person takes the pieces in: the issuer's people do, its teams hand them in."""
    return plan.issuer_id == user.organization_id and user.may(P.BOARD_VIEW)


def visits_of(plan: Plan, user: Any) -> QuerySet[Visit]:
    """The visits whose pieces this person hands in or takes in."""
    seen = Visit.objects.permitted(user, P.BOARD_VIEW if leads(plan, user) else P.VISIT_FILL)
    return seen.by_teams().filter(plan=plan).exclude(status=S.CANCELLED)


def table(plan: Plan, user: Any, today: date) -> list[Row]:
    """Place by place what is in, missing and late, as far as this person sees the round."""
    papers = _papers(plan, user)
    return rows(
        papers,
        _pieces(plan, user),
        template=plan.template,
        days=plan.materials_days,
        names=_names(papers),
        today=today,
    )


def units_of(plan: Plan, user: Any) -> QuerySet[Organization]:
    """Whose pieces may be handed in: the visited units, and the unions of their cities."""
    visits = visits_of(plan, user).order_by()
    paths = {place[:CITY] for place in visits.values_list("place", flat=True).distinct()}
    unions = Q(kind=Organization.Kind.UNION, region__path__in=paths)
    every = Organization.objects.unscoped(reason="units of visits in scope and their cities")
    found = every.filter(Q(pk__in=visits.values("target")) | unions)
    return found.select_related("region").order_by("region__path", "name_initials", "pk")


def team_at(plan: Plan, unit: Organization, user: Any) -> Team | None:
    """The team that visits the unit, or first comes to its city."""
    visits = visits_of(plan, user).filter(team__isnull=False).select_related("team")
    visits, there = visits.order_by("place", "pk"), path_range("place", unit.region.path)
    first = visits.filter(target=unit).first() or visits.filter(there).first()
    return first.team if first else None


def place_of(plan: Plan, unit: Organization) -> str:
    """Where its pieces count: where it was visited, though it be registered elsewhere since."""
    visits = Visit.objects.unscoped(reason="where a unit in scope was visited")
    visited = visits.filter(plan=plan, target=unit).exclude(status=S.CANCELLED).order_by("pk")
    return visited.values_list("place", flat=True).first() or unit.region.path


def of_row(place: str) -> Q:
    """The rows that stand in a line of the table: a county's, or a city's own."""
    return path_range("place", place) if len(place) > CITY else Q(place=place)


def _papers(plan: Plan, user: Any) -> list[Papers]:
    """Visits by county; a county ends when the last of its teams' visits ends (源1 四（四）)."""
    visits = visits_of(plan, user).order_by()
    last = visits.filter(team__isnull=False, visit_on__isnull=False).values("team")
    ends = dict(last.annotate(on=Max("visit_on")).values_list("team", "on"))
    counted = visits.annotate(row=Left("place", COUNTY)).values("row", "team")
    counts = counted.annotate(visits=Count("pk"), submitted=Count("pk", filter=Q(status__in=IN)))
    found: dict[str, Papers] = {}
    for one in counts:
        place, on = one["row"], ends.get(one["team"], plan.visits_end_on)
        here = found.get(place, Papers(place, 0, 0, on))
        found[place] = Papers(
            place,
            here.visits + one["visits"],
            here.submitted + one["submitted"],
            max(here.ends_on, on),
        )
    return list(found.values())


def _pieces(plan: Plan, user: Any) -> Mapping[tuple[str, str, str], int]:
    live = Material.objects.visible_to(user).filter(plan=plan).live().order_by()
    counted = live.annotate(row=Left("place", COUNTY)).values("row", "kind", "status")
    counts = counted.annotate(count=Count("pk"))
    return {(one["row"], one["kind"], one["status"]): one["count"] for one in counts}


def _names(papers: list[Papers]) -> Mapping[str, str]:
    paths = {one.place for one in papers} | {one.place[:CITY] for one in papers}
    every = Region.objects.unscoped(reason="divisions are public; the visits are scoped")
    return dict(every.filter(path__in=paths).values_list("path", "name"))
