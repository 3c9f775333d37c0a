"""The units of a plan that are drawn or named as such, read from the database."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs.models import Organization, Region
from orgs.scope import path_range
from plans.models import Phase, Plan, Visit
from plans.pools import WHY, region_code
from plans.sampling import Candidate, Group
from plans.unit_rules import Per, Pool, UnitRule

Kind = Organization.Kind
LENGTH = {Per.CITY: 6, Per.TOWN: 12}  # digits of the path of such a region
LEVEL = {Per.CITY: Region.Level.CITY, Per.TOWN: Region.Level.TOWNSHIP}


def reach(issuer: Organization) -> Q:
    """The units an issuer may send teams to.

    A 产业工会 reaches what hangs below it, two steps deep (各市医务工会 and their hospitals); all
    others what stands in their region.
    """
    if issuer.kind == Kind.INDUSTRIAL_UNION:
        return Q(parent=issuer.pk) | Q(parent__parent=issuer.pk)
    return path_range("region__path", issuer.region.path)


def units_of(plan: Plan, target: str) -> QuerySet[Organization]:
    """The open units of one kind of target within the issuer's reach, in order of their places."""
    is_open = Q(closed_on=None) | Q(closed_on__gt=timezone.localdate())
    units = Organization.objects.unscoped(reason=WHY).filter(is_open, reach(plan.issuer))
    units = units.filter(_kind(target, plan.issuer)).exclude(pk=plan.issuer_id)
    return units.order_by("region__path", "name_initials", "pk")


def _kind(target: str, issuer: Organization) -> Q:
    """What makes a unit one of this kind."""
    kinds: Mapping[str, Q] = {
        "medical_city": Q(kind=Kind.INDUSTRIAL_UNION, parent=issuer.pk),
        "medical_unit": Q(
            kind__in=[Kind.INSTITUTION, Kind.ENTERPRISE],
            industry=Organization.Industry.MEDICAL,
        ),
        "producer": Q(kind=Kind.ENTERPRISE),
        "town": Q(kind=Kind.REGULATOR, region__level=Region.Level.TOWNSHIP),
        "office": Q(kind=Kind.REGULATOR, parent=issuer.pk),
        "industry": Q(kind=Kind.ENTERPRISE),
    }
    return kinds[target]


def candidates_of(plan: Plan, rule: UnitRule) -> QuerySet[Organization]:
    """Who may be drawn: all in reach, or those for whom a 帮扶 visit stands."""
    units = units_of(plan, rule.target)
    if rule.pool == Pool.REACH:
        return units
    visits = Visit.objects.unscoped(reason=WHY).filter(
        plan=plan, phase__scorer=Phase.Scorer.HELPERS
    )
    helped = visits.exclude(status=Visit.Status.CANCELLED)
    return units.filter(pk__in=helped.values("target"))


def unit_groups(plan: Plan, rule: UnitRule) -> list[Group]:
    """One group over all, or one a city or town; a city without any candidate is still a group."""
    members: dict[str, list[Candidate]] = defaultdict(list)
    regions = {region.path: region for region in _regions(plan, rule)}
    for unit in candidates_of(plan, rule).select_related("region"):
        path = _path(plan, rule, unit)
        if path in regions:
            code = unit.credit_code or f"u{unit.pk:09}"
            members[path].append(Candidate(code, unit.name, False, unit.pk))
    return [
        Group(region_code(region), region.name, tuple(members[path]), id=region.pk)
        for path, region in regions.items()
        if members[path] or rule.per != Per.TOWN
    ]


def _path(plan: Plan, rule: UnitRule, unit: Organization) -> str:
    if rule.per == Per.ISSUER:
        return plan.issuer.region.path
    return unit.region.path[: LENGTH[rule.per]]


def _regions(plan: Plan, rule: UnitRule) -> QuerySet[Region]:
    regions = Region.objects.unscoped(reason=WHY).order_by("path")
    if rule.per == Per.ISSUER:
        return regions.filter(pk=plan.issuer.region_id)
    below = path_range("path", plan.issuer.region.path)
    return regions.filter(below, level=LEVEL[rule.per], valid_to=None)


def group_count(plan: Plan, rule: UnitRule) -> int:
    """How many groups there would be."""
    if rule.per != Per.TOWN:
        return _regions(plan, rule).count()
    paths = candidates_of(plan, rule).order_by().values_list("region__path", flat=True)
    return len({path[: LENGTH[rule.per]] for path in paths if len(path) == LENGTH[rule.per]})
