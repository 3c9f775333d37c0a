"""能不能抽: whether a plan's rule can be met, city by city, before anything is frozen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from orgs.models import Organization, Region
from orgs.scope import path_range
from plans.models import Plan
from plans.pools import COUNTY_PATH, WHY, county_groups, drawn_this_year, open_enterprises
from plans.sampling import EnterpriseRule, Group, SamplingRule, Verdict, feasible_sets, verdict
from plans.unit_pools import unit_groups
from plans.unit_rules import UnitRule, UnitsRule, stored_rule


@dataclass(frozen=True)
class Feasibility:
    """One line of 能不能抽: the city's verdict, and whether its counties have enterprises."""

    verdict: Verdict
    total: int
    repeats: tuple[str, ...]
    enterprises: int
    short: tuple[str, ...]  # 鄄城县：符合条件的企业 3 家，其中化工企业 1 家

    @property
    def tone(self) -> str:
        if not self.verdict.ok:
            return "danger"
        return "warn" if self.short or not self.verdict.has_reserve else "ok"

    @property
    def label(self) -> str:
        if self.verdict.ok and self.verdict.has_reserve and self.short:
            return "可抽，企业偏少"
        return self.verdict.label


def plan_feasibility(plan: Plan) -> list[Feasibility]:
    """能不能抽 under the rule the plan has stored; nothing while it has none."""
    rule = stored_rule(plan.sampling)
    return feasibility(plan, rule) if isinstance(rule, SamplingRule) else []


def unit_feasibility(plan: Plan) -> list[tuple[UnitRule, list[Verdict]]]:
    """The same for a rule that draws units as such, kind by kind."""
    rule = stored_rule(plan.sampling)
    drawn = rule.drawn if isinstance(rule, UnitsRule) else ()
    return [(one, [verdict(g, one.quota) for g in unit_groups(plan, one)]) for one in drawn]


def feasibility(plan: Plan, rule: SamplingRule) -> list[Feasibility]:
    """能不能抽 for each city, under ``rule``: the plan's own, or one that is being tried."""
    released = bool(plan.relaxed_reason)
    groups = county_groups(plan, rule.counties, released=released)
    repeats = drawn_this_year(plan)
    counts = _enterprise_counts(plan, rule.enterprises)
    ids = {one.id for group in groups for one in group.candidates}
    paths = dict(Region.objects.unscoped(reason=WHY).filter(pk__in=ids).values_list("pk", "path"))
    drawn_names = _names_by_city(repeats)
    return [_feasibility(group, rule, counts, paths, drawn_names) for group in groups]


def _feasibility(
    group: Group, rule: SamplingRule, counts: Mapping, paths: Mapping, drawn_names: Mapping
) -> Feasibility:
    quota = rule.enterprises.quota
    number, short = 0, []
    for one in group.candidates:
        total, counted = counts[paths[one.id]]
        number += total
        if not feasible_sets(total, counted, quota):
            short.append(f"{one.name}：符合条件的企业 {total} 家，其中{quota.counted} {counted} 家")
    return Feasibility(
        verdict(group, rule.counties.quota),
        len(group.candidates) + len(group.excluded),
        tuple(drawn_names.get(group.id, ())),
        number,
        tuple(short),
    )


def _names_by_city(repeats: Iterable[int]) -> dict[int, list[str]]:
    regions = Region.objects.unscoped(reason=WHY).filter(pk__in=list(repeats)).order_by("path")
    names: dict[int, list[str]] = defaultdict(list)
    for region in regions:
        names[region.parent_id].append(region.name)
    return names


def _enterprise_counts(plan: Plan, rule: EnterpriseRule) -> dict[str, tuple[int, int]]:
    """(eligible, counted) by county path, counted in the database."""
    units = open_enterprises().filter(path_range("region__path", plan.issuer.region.path))
    if rule.high_risk:
        units = units.filter(is_high_risk=True)
    if rule.private:
        units = units.filter(is_private=True)
    if rule.small_or_medium:
        units = units.filter(size__in=Organization.SMALL_OR_MEDIUM)
    total: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    rows = units.order_by().values_list("region__path", "industry").annotate(Count("pk"))
    for path, industry, number in rows:
        total[path[:COUNTY_PATH]] += number
        counted[path[:COUNTY_PATH]] += number if industry == rule.industry else 0
    return defaultdict(lambda: (0, 0), {path: (total[path], counted[path]) for path in total})
