"""The visits of a plan as a calendar: a row a team, a column a day.

Of a round that can be overlooked each visit is a square; of a larger one the states are counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils.dateformat import format as worded

from plans.cells import CELLS, MARKS
from plans.models import Team, Visit


class Counted(NamedTuple):
    """So many visits of one team and day in one state."""

    team: int | None
    day: date | None
    status: str
    count: int


class Square(NamedTuple):
    """One visit, for its square."""

    team: int
    day: date
    region: str
    pk: int
    name: str
    is_unit: bool  # an enterprise, and no union of a county
    status: str

    @property
    def look(self) -> tuple[str, str]:
        """The class and the character of its state."""
        return CELLS[self.status]

    @property
    def title(self) -> str:
        return f"{self.name} {Visit.Status(self.status).label}"


@dataclass(frozen=True)
class Day:
    """A column."""

    label: str
    weekday: str
    is_today: bool


@dataclass(frozen=True)
class Cell:
    """The visits of a team on a day: its squares by county, or how many are in which state."""

    places: Sequence[tuple[str, Sequence[Square]]]
    tallies: Sequence[tuple[str, int]]  # the mark of a state, number


@dataclass(frozen=True)
class Row:
    """One team, its cells day by day."""

    team: Team
    cells: Sequence[Cell]
    count: int


@dataclass(frozen=True)
class Calendar:
    """The whole table; without days there is nothing to show."""

    days: Sequence[Day]
    rows: Sequence[Row]


def calendar(
    teams: Iterable[Team], counted: Iterable[Counted], squares: Iterable[Square], today: date
) -> Calendar:
    """The calendar of the visits that have a team and a day; squares come in their order."""
    numbers: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    for one in counted:
        if one.team and one.day:
            numbers[one.team, one.day][MARKS[one.status]] += one.count
    single: dict[tuple[int, date], list[Square]] = defaultdict(list)
    for square in squares:
        single[square.team, square.day].append(square)
    days = sorted({day for _, day in numbers})
    rows = []
    for team in teams:
        cells = [_cell(single[team.pk, day], numbers[team.pk, day]) for day in days]
        rows.append(Row(team, cells, sum(numbers[team.pk, day].total() for day in days)))
    return Calendar([_day(day, today) for day in days], rows)


def _cell(squares: list[Square], numbers: Counter[str]) -> Cell:
    places = [(name, [*some]) for name, some in groupby(squares, key=lambda one: one.region)]
    tallies = [] if squares else [(mark, numbers[mark]) for mark in _ORDER if mark in numbers]
    return Cell(places, tallies)


_ORDER = tuple(dict.fromkeys(MARKS.values()))  # each once, in the order of the states


def _day(day: date, today: date) -> Day:
    return Day(worded(day, "n月j日"), worded(day, "D"), day == today)
