"""The round at a glance: a row per city or county, a cell per visit, what is late, who to call.

Pure: visits with their team, members, region and plan already fetched, and today, are arguments.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clocks.due import calendar_due
from orgs.models import User
from orgs.roles import TeamRole
from plans.cells import CELLS
from plans.models import Plan, Team, Visit
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


@dataclass(frozen=True)
class Due:
    """Until when something is to be done, and by which rule."""

    on: date
    basis: str


@dataclass(frozen=True)
class Cell:
    """One visit on the board."""

    visit: Visit
    look: Look
    due: Due | None
    late_days: int

    @property
    def is_county(self) -> bool:
        return self.visit.target_kind == Rubric.Target.COUNTY_UNION

    @property
    def title(self) -> str:
        late = f"（逾期 {self.late_days} 天）" if self.late_days else ""
        return f"{self.visit.target.name}：{self.look.words}{late}"


@dataclass(frozen=True)
class Step:
    """The next thing to do in a row: what, by which rule, how urgent, and who is asked."""

    text: str
    due: Due
    days_left: int
    who: User | None
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
class Row:
    """A city or county: its cells in groups by county, its counts, its next step."""

    path: str
    name: str
    city: str
    teams: Sequence[Team]
    groups: Sequence[Sequence[Cell]]
    confirmed: int
    submitted: int
    total: int
    next: Step | None

    @property
    def leaders(self) -> list[tuple[Team, User | None]]:
        return [(team, member(team, TeamRole.LEADER)) for team in self.teams]

    @property
    def late(self) -> int:
        return sum(1 for group in self.groups for cell in group if cell.late_days)


@dataclass(frozen=True)
class Tally:
    """How many visits are in one state."""

    status: str
    look: Look
    count: int


@dataclass(frozen=True)
class Board:
    """The whole page."""

    rows: Sequence[Row]
    tallies: Sequence[Tally]
    counts: Mapping[str, int]  # cities, counties, enterprises, visits, teams
    deadlines: Sequence[Step]  # the most urgent step of each row that has one


def build(visits: Sequence[Visit], names: Mapping[str, str], *, today: date, level: int) -> Board:
    """The board of one plan's visits; ``names`` are regions' names by path, ``level`` the digits
    of the rows' paths (CITY or COUNTY)."""
    ended = _last_days(visits)
    cells = [_cell(visit, ended, today) for visit in visits]
    rows = [
        _row(path, [c for c in cells if c.visit.region.path[:level] == path], names, today)
        for path in sorted({c.visit.region.path[:level] for c in cells})
    ]
    steps = [row.next for row in rows if row.next]
    return Board(rows, _tallies(cells), _counts(visits), sorted(steps, key=lambda s: s.days_left))


def urgent_first(rows: Iterable[Row]) -> list[Row]:
    """By what runs out first; rows that wait for nobody outside come last."""
    return sorted(rows, key=lambda r: (r.next is None, r.next.days_left if r.next else 0, r.path))


def by_team(rows: Iterable[Row]) -> list[Row]:
    """By the order of the team that goes there first."""
    return sorted(rows, key=lambda r: (min((t.order for t in r.teams), default=99), r.path))


def member(team: Team, role: str) -> User | None:
    """Who has the role in the team."""
    return next((m.user for m in team.members.all() if m.role == role), None)


def due_of(visit: Visit, ended: Mapping[int | None, date]) -> Due | None:
    """What the team owes, until when: the visit itself by its schedule (or 方案一), its papers
    within a week after the team's visits end (方案四（四）); nothing once submitted."""
    plan = visit.plan
    if visit.status == S.PLANNED:
        if visit.visit_on:
            return Due(visit.visit_on, f"本组日程：{_day(visit.visit_on)}")
        return Due(plan.visits_end_on, f"方案一：{_day(plan.visits_end_on)}前")
    if visit.status not in WITH_TEAM:
        return None
    last = ended.get(visit.team_id, plan.visits_end_on)
    return Due(calendar_due(last, plan.materials_days), _papers_rule(plan))


def _papers_rule(plan: Plan) -> str:
    after = "1周" if plan.materials_days == WEEK else f"{plan.materials_days}天"
    return f"方案四（四）：督导结束后{after}内"


def _last_days(visits: Iterable[Visit]) -> dict[int | None, date]:
    """When each team's visits end."""
    ends: dict[int | None, date] = {}
    for visit in visits:
        if visit.visit_on and visit.team_id:
            ends[visit.team_id] = max(visit.visit_on, ends.get(visit.team_id, visit.visit_on))
    return ends


def _cell(visit: Visit, ended: Mapping[int | None, date], today: date) -> Cell:
    due = due_of(visit, ended)
    late = max((today - due.on).days, 0) if due else 0
    return Cell(visit, LOOKS[visit.status], due, late)


def _row(path: str, cells: list[Cell], names: Mapping[str, str], today: date) -> Row:
    counties = sorted({c.visit.region.path[:COUNTY] for c in cells})
    groups = [[c for c in cells if c.visit.region.path[:COUNTY] == county] for county in counties]
    teams = {c.visit.team_id: c.visit.team for c in cells if c.visit.team}
    states = Counter(c.visit.status for c in cells)
    return Row(
        path=path,
        name=names.get(path, cells[0].visit.region.name),
        city=names.get(path[:CITY], "") if len(path) > CITY else "",
        teams=sorted(teams.values(), key=lambda team: team.order),
        groups=[sorted(g, key=lambda c: (not c.is_county, c.visit.pk)) for g in groups],
        confirmed=states[S.CONFIRMED] + states[S.ARCHIVED],
        submitted=states[S.SUBMITTED],
        total=len(cells),
        next=_next(cells, today),
    )


def _next(cells: Sequence[Cell], today: date) -> Step | None:
    """The most urgent thing the teams owe here; like things are counted together."""
    owed = [c for c in cells if c.due]
    if not owed:
        return None
    first = min(owed, key=lambda c: (c.due.on, c.visit.status, c.visit.pk))
    alike = [c for c in owed if c.visit.status == first.visit.status and c.due == first.due]
    text, role = TASKS[first.visit.status]
    team = first.visit.team
    return Step(
        text=text.format(n=len(alike)),
        due=first.due,
        days_left=(first.due.on - today).days,
        who=member(team, role) if team else None,
        role=role.label,
    )


def _tallies(cells: Sequence[Cell]) -> list[Tally]:
    counts = Counter(c.look.letter for c in cells)
    order = [S.PLANNED, S.FILLING, S.SIGNING, S.SUBMITTED, S.RETURNED, S.CONFIRMED]
    return [Tally(status, LOOKS[status], counts[LOOKS[status].letter]) for status in order]


def _counts(visits: Sequence[Visit]) -> dict[str, int]:
    kinds = Counter(v.target_kind for v in visits)
    return {
        "cities": len({v.region.path[:CITY] for v in visits}),
        "counties": kinds[Rubric.Target.COUNTY_UNION],
        "enterprises": kinds[Rubric.Target.ENTERPRISE_UNION],
        "visits": len(visits),
        "teams": len({v.team_id for v in visits if v.team_id}),
    }


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
