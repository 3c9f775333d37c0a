"""What a plan's rule comes to, in numbers: cities, counties, enterprises, visits, teams."""

from dataclasses import dataclass

from django.db.models import Count

from orgs.models import Region
from orgs.scope import path_range
from plans.models import Plan
from plans.unit_pools import group_count
from plans.unit_rules import Rule, UnitsRule, stored_rule


@dataclass(frozen=True)
class Outlook:
    """The size of a round."""

    cities: int
    counties: int
    enterprises: int
    teams: int
    people: int
    units: tuple[tuple[str, int], ...] = ()  # of a rule that draws units as such: kind, number
    named: bool = False  # nothing is drawn

    @property
    def visits(self) -> int:
        return self.counties + self.enterprises + sum(number for _, number in self.units)

    @property
    def words(self) -> str:
        """32 个县、128 家企业; for a rule of units each kind by name."""
        if self.counties or not self.units:
            return f"{self.counties} 个县、{self.enterprises} 家企业"
        return "、".join(f"{label} {number}" for label, number in self.units)

    @property
    def visits_a_team(self) -> int:
        """How many visits each team has, rounded up; nothing without teams."""
        return -(-self.visits // self.teams) if self.teams else 0


def cities_of(plan: Plan):
    """The cities in the issuer's region, in order of their paths."""
    below = path_range("path", plan.issuer.region.path)
    cities = Region.objects.unscoped(reason="the cities a plan draws from are its issuer's")
    return cities.filter(below, level=Region.Level.CITY, valid_to=None).order_by("path")


def rule_sentence(plan: Plan) -> str:
    """The rule of the draw in the words of the plan; nothing while there is none."""
    rule = stored_rule(plan.sampling)
    return rule.sentence if rule else ""


def outlook(plan: Plan) -> Outlook:
    """Count what the plan as it stands would lead to."""
    counties, enterprises = plan.sampling.get("counties"), plan.sampling.get("enterprises")
    cities = cities_of(plan).count()
    n_counties = cities * counties["per_city"] if counties else 0
    n_enterprises = n_counties * enterprises["per_county"] if enterprises else 0
    teams = plan.teams.aggregate(
        teams=Count("pk", distinct=True), people=Count("members__user", distinct=True)
    )
    rule = stored_rule(plan.sampling)
    units, named = _units(plan, rule), bool(rule and not rule.stages)
    people = teams["people"]
    return Outlook(cities, n_counties, n_enterprises, teams["teams"], people, units, named)


def _units(plan: Plan, rule: Rule | None) -> tuple[tuple[str, int], ...]:
    """How many of each kind a rule for units draws."""
    if not isinstance(rule, UnitsRule):
        return ()
    return tuple((one.label, one.choose * group_count(plan, one)) for one in rule.drawn)
