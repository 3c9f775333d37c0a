"""What the teams of a round owe, until when and by which rule, and whom to ask for it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from clocks.due import calendar_due
from orgs.roles import TeamRole
from plans.models import Plan, Visit

S = Visit.Status
SOON_DAYS = 2
WEEK = 7
WITH_TEAM = {S.FILLING, S.SIGNING, S.RETURNED}
# What is left to do with a visit in a state, and whom to ask for it.
TASKS: dict[str, tuple[str, TeamRole]] = {
    S.PLANNED: ("{n} 家未走访", TeamRole.LEADER),
    S.FILLING: ("{n} 份评分表未提交", TeamRole.RECORDER),
    S.SIGNING: ("{n} 份待签字提交", TeamRole.LEADER),
    S.RETURNED: ("退回件重新提交（{n} 份）", TeamRole.RECORDER),
}
PIECES = ("资料 {n} 件", TeamRole.RECORDER)


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


class Pieces(NamedTuple):
    """What a city or a county hands in beside the papers of its visits, and until when."""

    place: str
    wanted: int
    missing: int
    due_on: date


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
        return self.papers_due(calendar_due(last, self.plan.materials_days))

    def papers_due(self, on: date) -> Due:
        """A day by which papers and pieces are in."""
        return Due(on, _papers_rule(self.plan))

    def late_days(self, due: Due | None) -> int:
        return max((self.today - due.on).days, 0) if due else 0


@dataclass(frozen=True)
class Step:
    """A thing to do at a place: what, how much of it, by which rule, how urgent, who is asked."""

    words: str  # {n} is how much
    count: int
    due: Due
    days_left: int
    who: Person | None
    role: str

    @property
    def text(self) -> str:
        return self.words.format(n=self.count)

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
class Item:
    """What is to be done by one day, at how many places."""

    step: Step  # of the first of them, with the count of all
    places: Sequence[str]  # by name


def steps_of(
    visits: Iterable[Alike], pieces: Iterable[Pieces], terms: Terms, crews: Mapping[int, Crew]
) -> list[Step]:
    """All that is owed at a place, the most urgent first; like things are counted together."""
    visits = list(visits)
    found = [*_of_visits(visits, terms, crews), *_of_pieces(visits, pieces, terms, crews)]
    return sorted(found, key=lambda step: step.due.on)


def agenda(owed: Iterable[tuple[str, Sequence[Step]]]) -> list[Item]:
    """What is next across places, given by name: one item for a day, a rule and a task."""
    alike: dict[tuple[Due, str], list[tuple[str, Step]]] = defaultdict(list)
    for name, steps in owed:
        for step in steps:
            alike[step.due, step.words].append((name, step))
    items = [
        Item(replace(found[0][1], count=sum(step.count for _, step in found)), [*dict(found)])
        for found in alike.values()
    ]
    return sorted(items, key=lambda item: item.step.due.on)


def _of_visits(visits: Iterable[Alike], terms: Terms, crews: Mapping[int, Crew]) -> Iterator[Step]:
    owed: dict[tuple[Due, str], list[Alike]] = defaultdict(list)
    for visit in visits:
        if visit.status in TASKS and (due := terms.due(visit)):
            owed[due, visit.status].append(visit)
    for (due, status), alike in sorted(owed.items(), key=lambda one: one[0][1]):
        first = min(alike, key=lambda visit: visit.first)
        count = sum(visit.count for visit in alike)
        yield _step(TASKS[status], count, due, terms, crews.get(first.team or 0))


def _of_pieces(
    visits: Sequence[Alike], pieces: Iterable[Pieces], terms: Terms, crews: Mapping[int, Crew]
) -> Iterator[Step]:
    """The team that comes first is asked for what is not in."""
    team = next((visit.team for visit in visits if visit.team), 0)
    missing: dict[date, int] = defaultdict(int)
    for one in pieces:
        missing[one.due_on] += one.missing
    for on, count in missing.items():
        if count:
            yield _step(PIECES, count, terms.papers_due(on), terms, crews.get(team))


def _step(
    task: tuple[str, TeamRole], count: int, due: Due, terms: Terms, crew: Crew | None
) -> Step:
    words, role = task
    return Step(
        words=words,
        count=count,
        due=due,
        days_left=(due.on - terms.today).days,
        who=crew.people.get(role) if crew else None,
        role=role.label,
    )


def _papers_rule(plan: Plan) -> str:
    after = "1周" if plan.materials_days == WEEK else f"{plan.materials_days}天"
    return f"方案四（四）：督导结束后{after}内"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
