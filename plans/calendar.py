"""The visits of a plan as a calendar: a row a team, a column a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from plans.models import Team, Visit


@dataclass(frozen=True)
class Place:
    """The visits of one county on one day."""

    region: str
    visits: list[Visit]


@dataclass(frozen=True)
class Row:
    """One team, its places day by day."""

    team: Team
    cells: list[list[Place]]
    count: int


def days_of(visits: Iterable[Visit]) -> list[date]:
    """The days on which somebody is visited."""
    return sorted({visit.visit_on for visit in visits if visit.visit_on})


def rows_of(teams: Iterable[Team], visits: list[Visit], days: list[date]) -> list[Row]:
    """Every team's row; ``visits`` come in the order in which a cell shows them."""
    rows = []
    for team in teams:
        own = [visit for visit in visits if visit.team_id == team.pk]
        cells = [_places([visit for visit in own if visit.visit_on == day]) for day in days]
        rows.append(Row(team, cells, len(own)))
    return rows


def _places(visits: list[Visit]) -> list[Place]:
    groups = groupby(visits, key=lambda visit: visit.region)
    return [Place(region.name, list(group)) for region, group in groups]
