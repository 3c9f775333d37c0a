"""The pools of a plan's draw, read from the database: who is a candidate, who is not and why."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from orgs.models import Organization, Region
from orgs.scope import path_range
from plans.models import Draw, Pick, Plan
from plans.sampling import (
    County,
    CountyRule,
    Enterprise,
    EnterpriseRule,
    Group,
    county_group,
    enterprise_group,
)

COUNTY_PATH = 9  # digits of a county's path; an enterprise may be registered in a township below
WHY = "the pool is the issuer's whole subtree, whoever asks"


def county_groups(plan: Plan, rule: CountyRule, *, released: bool) -> list[Group]:
    """One group a city below the issuer; ``released``: see plans.sampling.county_group."""
    regions = _valid_regions().filter(path_range("path", plan.issuer.region.path))
    drawn = drawn_this_year(plan)
    counties: dict[str, list[County]] = defaultdict(list)
    for region in regions.filter(level=Region.Level.COUNTY):
        counties[region.city_path].append(_county(region, drawn.get(region.pk, "")))
    return [
        county_group(
            region_code(city), city.name, counties[city.path], rule, released=released, id=city.pk
        )
        for city in regions.filter(level=Region.Level.CITY).order_by("path")
    ]


def enterprise_groups(counties: Iterable[Region], rule: EnterpriseRule) -> list[Group]:
    """One group a county."""
    counties = sorted(counties, key=lambda county: county.path)
    units: dict[str, list[Enterprise]] = defaultdict(list)
    ranges = Q(pk__in=())
    for county in counties:
        ranges |= path_range("region__path", county.path)
    for unit in open_enterprises().filter(ranges).select_related("region"):
        units[unit.region.path[:COUNTY_PATH]].append(_enterprise(unit))
    return [
        enterprise_group(region_code(county), county.name, units[county.path], rule, id=county.pk)
        for county in counties
    ]


def drawn_counties(plan: Plan) -> list[Region]:
    """The counties that stand after the plan's first stage, replacements done."""
    picks = county_picks().filter(draw__plan=plan)
    return [pick.region for pick in picks.select_related("region").order_by("region__path")]


def drawn_this_year(plan: Plan) -> dict[int, str]:
    """Counties that other plans of the issuer drew this year and kept, and by which plan."""
    picks = county_picks().filter(draw__plan__issuer=plan.issuer_id, draw__plan__year=plan.year)
    picks = picks.exclude(draw__plan=plan.pk).exclude(draw__plan__status=Plan.Status.CANCELLED)
    return dict(picks.values_list("region_id", "draw__plan__title"))


def region_code(region: Region) -> str:
    """The stable code of a region; one that has no official code goes by its path."""
    return region.code or f"p{region.path}"


def county_picks():
    """The counties that stand in any plan, by draws that stand."""
    picks = Pick.objects.unscoped(reason=WHY).standing()
    return picks.filter(draw__stage=Draw.Stage.COUNTIES)


def _valid_regions():
    today = timezone.localdate()
    valid = Q(valid_to=None) | Q(valid_to__gt=today)
    return Region.objects.unscoped(reason=WHY).filter(valid).order_by("path")


def open_enterprises():
    """Enterprises that work today, anywhere."""
    is_open = Q(closed_on=None) | Q(closed_on__gt=timezone.localdate())
    units = Organization.objects.unscoped(reason=WHY).filter(is_open)
    return units.filter(kind=Organization.Kind.ENTERPRISE)


def _county(region: Region, drawn_by: str) -> County:
    return County(
        code=region_code(region),
        name=region.name,
        is_key=region.is_key_chemical,
        id=region.pk,
        is_zone=region.is_development_zone,
        drawn_this_year=drawn_by,
    )


def _enterprise(unit: Organization) -> Enterprise:
    return Enterprise(
        code=unit.credit_code or f"u{unit.pk:09}",
        name=unit.name,
        industry=unit.industry,
        is_high_risk=unit.is_high_risk,
        is_private=unit.is_private,
        is_small_or_medium=unit.is_small_or_medium,
        id=unit.pk,
    )
