"""What a plan's rule comes to, in numbers: cities, counties, enterprises, visits, teams."""

from dataclasses import dataclass

from django.db.models import Count

from orgs.models import Region
from orgs.scope import path_range
from plans.models import Plan
from plans.sampling import SamplingRule


@dataclass(frozen=True)
class Outlook:
    """The size of a round."""

    cities: int
    counties: int
    enterprises: int
    teams: int
    people: int

    @property
    def visits(self) -> int:
        return self.counties + self.enterprises

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
    try:
        rule = SamplingRule.from_json(plan.sampling)
    except ValueError:
        return ""
    return rule.counties.sentence + rule.enterprises.sentence


def outlook(plan: Plan) -> Outlook:
    """Count what the plan as it stands would lead to."""
    counties, enterprises = plan.sampling.get("counties"), plan.sampling.get("enterprises")
    cities = cities_of(plan).count()
    n_counties = cities * counties["per_city"] if counties else 0
    n_enterprises = n_counties * enterprises["per_county"] if enterprises else 0
    teams = plan.teams.aggregate(
        teams=Count("pk", distinct=True), people=Count("members__user", distinct=True)
    )
    return Outlook(cities, n_counties, n_enterprises, teams["teams"], teams["people"])
