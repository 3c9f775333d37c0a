"""The round at a glance: a row per city or county, how its visits stand, what is late, who to call.

Pure: the visits, counted together where they are alike, the teams and today are arguments. Of a
round that can be overlooked each visit is a square as well; of a larger one there are numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from clocks.due import calendar_due
from orgs.roles import TeamRole
from plans.cells import CELLS
from plans.models import Phase, Plan, Visit
from rubrics.models import Rubric

S = Visit.Status
CITY, COUNTY = 6, 9  # digits of their region paths
SOON_DAYS = 2
WEEK = 7


@dataclass(frozen=True)
class Look:
    """How a state is drawn: one character, its class, its words, and what it waits for."""

    letter: str
    css: str
    words: str
    waits: str


def _look(status: str, words: str, waits: str) -> Look:
    css, letter = CELLS[status]
    return Look(letter, css, words, waits)


CONFIRMED = _look(S.CONFIRMED, "已确认", "可下发")
LOOKS: dict[str, Look] = {
    S.PLANNED: _look(S.PLANNED, "已抽取，未走访", "未开始"),
    S.FILLING: _look(S.FILLING, "已走访", "填写中"),
    S.SIGNING: _look(S.SIGNING, "已填满", "待签字"),
    S.SUBMITTED: _look(S.SUBMITTED, "已提交", "待审核"),
    S.RETURNED: _look(S.RETURNED, "已退回", "待重新提交"),
    S.CONFIRMED: CONFIRMED,
    S.ARCHIVED: CONFIRMED,
}
WITH_TEAM = {S.FILLING, S.SIGNING, S.RETURNED}
# What is left to do with a visit in a state, and whom to ask for it.
TASKS: dict[str, tuple[str, TeamRole]] = {
    S.PLANNED: ("{n} 家未走访", TeamRole.LEADER),
    S.FILLING: ("{n} 份评分表未提交", TeamRole.RECORDER),
    S.SIGNING: ("{n} 份待签字提交", TeamRole.LEADER),
    S.RETURNED: ("退回件重新提交（{n} 份）", TeamRole.RECORDER),
}


class Alike(NamedTuple):
    """So many visits of one place, team, kind and state; of those not begun, of one day."""

    scorer: str
    place: str
    team: int | None
    kind: str
    status: str
    day: date | None  # while nobody has been there
    count: int
    first: int  # the first of their keys
    last_day: date | None


class Single(NamedTuple):
    """One visit, for its square."""

    pk: int
    name: str
    place: str
    team: int | None
    kind: str
    status: str
    day: date | None


@dataclass(frozen=True)
class Person:
    """Whom to call."""

    name: str
    phone: str


@dataclass(frozen=True, eq=False)
class Crew:
    """A team, and who has which role in it."""

    pk: int
    name: str
    order: int
    people: Mapping[str, Person]

    @property
    def leader(self) -> Person | None:
        return self.people.get(TeamRole.LEADER)


@dataclass(frozen=True)
class Due:
    """Until when something is to be done, and by which rule."""

    on: date
    basis: str


@dataclass(frozen=True)
class Terms:
    """Until when the teams of a round owe what, as of today."""

    plan: Plan
    today: date
    ended: Mapping[int | None, date]  # when each team's visits end

    def due(self, visit: Alike | Single) -> Due | None:
        """The visit itself by its schedule (or 方案一), its papers within a week after the team's
        visits end (方案四（四）); nothing once they are submitted."""
        if visit.status == S.PLANNED:
            if visit.day:
                return Due(visit.day, f"本组日程：{_day(visit.day)}")
            return Due(self.plan.visits_end_on, f"方案一：{_day(self.plan.visits_end_on)}前")
        if visit.status not in WITH_TEAM:
            return None
        last = self.ended.get(visit.team, self.plan.visits_end_on)
        return Due(calendar_due(last, self.plan.materials_days), _papers_rule(self.plan))

    def late_days(self, due: Due | None) -> int:
        return max((self.today - due.on).days, 0) if due else 0


@dataclass(frozen=True)
class Cell:
    """One visit on the board."""

    pk: int
    name: str
    look: Look
    is_county: bool
    due: Due | None
    late_days: int

    @property
    def title(self) -> str:
        late = f"（逾期 {self.late_days} 天）" if self.late_days else ""
        return f"{self.name}：{self.look.words}{late}"


@dataclass(frozen=True)
class Step:
    """The next thing to do in a row: what, by which rule, how urgent, and who is asked."""

    text: str
    due: Due
    days_left: int
    who: Person | None
    role: str

    @property
    def is_late(self) -> bool:
        return self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return 0 <= self.days_left <= SOON_DAYS

    @property
    def days_over(self) -> int:
        return -self.days_left


@dataclass(frozen=True)
class Tally:
    """How many visits are in one state."""

    status: str
    look: Look
    count: int


@dataclass(frozen=True)
class Row:
    """A city or county: its cells in groups by county, its counts, its next step."""

    path: str
    name: str
    city: str
    teams: Sequence[Crew]
    groups: Sequence[Sequence[Cell]]
    tallies: Sequence[Tally]
    late: int
    confirmed: int
    submitted: int
    total: int
    next: Step | None


@dataclass(frozen=True)
class Board:
    """The whole page."""

    rows: Sequence[Row]
    tallies: Sequence[Tally]
    counts: Mapping[str, int]  # cities, visits, teams
    kinds: Sequence[tuple[str, int]]  # how many units of each kind
    deadlines: Sequence[Step]  # the most urgent step of each row that has one

    @property
    def late(self) -> int:
        """How many visits, or their papers, are past their day."""
        return sum(row.late for row in self.rows)

    @property
    def has_unions(self) -> bool:
        """Whether squares of county unions, which are round, are among them."""
        return Rubric.Target.COUNTY_UNION.label in dict(self.kinds)


@dataclass(frozen=True)
class Deed:
    """What is done at the units of a round, 督导 or 帮扶, and how often."""

    scorer: str
    label: str
    count: int


def deeds(visits: Iterable[Alike]) -> list[Deed]:
    """What a round consists of, 督导 first: each has a board of its own."""
    counts: Counter[str] = Counter()
    for visit in visits:
        counts[visit.scorer] += visit.count
    return [Deed(one, word, counts[one]) for one, word in Phase.DEEDS.items() if counts[one]]


def build(
    visits: Sequence[Alike],
    squares: Sequence[Single] = (),
    *,
    plan: Plan,
    crews: Mapping[int, Crew],
    names: Mapping[str, str],
    today: date,
) -> Board:
    """The board of one plan's visits; ``names`` are regions' names by path.

    The places of ``visits`` are the rows, those of ``squares`` lie in them.
    """
    terms = Terms(plan, today, _last_days(visits))
    level = max((len(visit.place) for visit in visits), default=CITY)
    cells = _cells(squares, level, terms)
    by_place: dict[str, list[Alike]] = defaultdict(list)
    for visit in visits:
        by_place[visit.place].append(visit)
    rows = [
        _row(path, alike, cells.get(path, []), terms, crews, names)
        for path, alike in sorted(by_place.items())
    ]
    steps = [row.next for row in rows if row.next]
    steps.sort(key=lambda step: step.days_left)
    return Board(rows, [*_tallies(visits)], _counts(visits), _kinds(visits), steps)


def urgent_first(rows: Iterable[Row]) -> list[Row]:
    """By what runs out first; rows that wait for nobody outside come last."""
    return sorted(rows, key=lambda r: (r.next is None, r.next.days_left if r.next else 0, r.path))


def by_team(rows: Iterable[Row]) -> list[Row]:
    """By the order of the team that goes there first."""
    return sorted(rows, key=lambda r: (min((t.order for t in r.teams), default=99), r.path))


def _papers_rule(plan: Plan) -> str:
    after = "1周" if plan.materials_days == WEEK else f"{plan.materials_days}天"
    return f"方案四（四）：督导结束后{after}内"


def _last_days(visits: Iterable[Alike]) -> dict[int | None, date]:
    """When each team's visits end."""
    ends: dict[int | None, date] = {}
    for visit in visits:
        if visit.last_day and visit.team:
            ends[visit.team] = max(visit.last_day, ends.get(visit.team, visit.last_day))
    return ends


def _cells(
    squares: Iterable[Single], level: int, terms: Terms
) -> Mapping[str, Sequence[Sequence[Cell]]]:
    """The squares of each row, county by county, the county's union first."""
    counties: dict[str, list[Cell]] = defaultdict(list)
    for visit in sorted(squares, key=lambda visit: visit.pk):
        due = terms.due(visit)
        is_county = visit.kind == Rubric.Target.COUNTY_UNION
        cell = Cell(visit.pk, visit.name, LOOKS[visit.status], is_county, due, terms.late_days(due))
        counties[visit.place[:COUNTY]].append(cell)
    rows: dict[str, list[list[Cell]]] = defaultdict(list)
    for county, cells in sorted(counties.items()):
        rows[county[:level]].append(sorted(cells, key=lambda cell: not cell.is_county))
    return rows


def _row(
    path: str,
    visits: Sequence[Alike],
    groups: Sequence[Sequence[Cell]],
    terms: Terms,
    crews: Mapping[int, Crew],
    names: Mapping[str, str],
) -> Row:
    teams = {crews[visit.team] for visit in visits if visit.team}
    tallies = [*_tallies(visits)]
    counts = {tally.status: tally.count for tally in tallies}
    return Row(
        path=path,
        name=names.get(path, ""),
        city=names.get(path[:CITY], "") if len(path) > CITY else "",
        teams=sorted(teams, key=lambda crew: crew.order),
        groups=groups,
        tallies=[tally for tally in tallies if tally.count],
        late=sum(visit.count for visit in visits if terms.late_days(terms.due(visit))),
        confirmed=counts[S.CONFIRMED],
        submitted=counts[S.SUBMITTED],
        total=sum(visit.count for visit in visits),
        next=_next(visits, terms, crews),
    )


def _next(visits: Sequence[Alike], terms: Terms, crews: Mapping[int, Crew]) -> Step | None:
    """The most urgent thing the teams owe here; like things are counted together."""
    owed = [(due, visit) for visit in visits if (due := terms.due(visit))]
    if not owed:
        return None
    due, first = min(owed, key=lambda one: (one[0].on, one[1].status, one[1].first))
    alike = [visit.count for at, visit in owed if visit.status == first.status and at == due]
    text, role = TASKS[first.status]
    return Step(
        text=text.format(n=sum(alike)),
        due=due,
        days_left=(due.on - terms.today).days,
        who=crews[first.team].people.get(role) if first.team else None,
        role=role.label,
    )


def _tallies(visits: Iterable[Alike]) -> Iterator[Tally]:
    counts: Counter[str] = Counter()
    for visit in visits:
        counts[LOOKS[visit.status].letter] += visit.count
    for status in (S.PLANNED, S.FILLING, S.SIGNING, S.SUBMITTED, S.RETURNED, S.CONFIRMED):
        yield Tally(status, LOOKS[status], counts[LOOKS[status].letter])


def _counts(visits: Sequence[Alike]) -> dict[str, int]:
    return {
        "cities": len({visit.place[:CITY] for visit in visits}),
        "visits": sum(visit.count for visit in visits),
        "teams": len({visit.team for visit in visits if visit.team}),
    }


def _kinds(visits: Iterable[Alike]) -> list[tuple[str, int]]:
    """县级以上工会 16, 企业 144; of 省医务工会 各市医务工会 2, 医疗卫生单位 16."""
    found: Counter[str] = Counter()
    for visit in visits:
        found[visit.kind] += visit.count
    named = dict(Rubric.Target.choices) | {Rubric.Target.ENTERPRISE_UNION: "企业"}
    return [(named[kind], found[kind]) for kind in named if found[kind]]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
