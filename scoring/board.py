"""The round at a glance: a row per city or county, how its visits stand, what is late, who to call.

Pure: the visits, counted together where they are alike, the teams and today are arguments. Of a
round that can be overlooked each visit is a square as well; of a larger one there are numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plans.cells import CELLS
from plans.models import Phase, Plan, Visit
from rubrics.models import Rubric
from scoring.filters import OWN
from scoring.owed import (
    TASKS,
    Alike,
    Crew,
    Due,
    Item,
    Pieces,
    Single,
    Step,
    Terms,
    agenda,
    steps_of,
)

S = Visit.Status
CITY, COUNTY = 6, 9  # digits of their region paths


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
class Tally:
    """How many visits are in one state."""

    status: str
    look: Look
    count: int


@dataclass(frozen=True)
class Row:
    """A city or county: its cells in groups by county, its counts, its steps by urgency."""

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
    pieces: int  # 督导资料 that are asked for, and of them not in
    pieces_missing: int
    steps: Sequence[Step]

    @property
    def next(self) -> Step | None:
        return self.steps[0] if self.steps else None

    @property
    def pieces_in(self) -> int:
        return self.pieces - self.pieces_missing


@dataclass(frozen=True)
class Board:
    """The whole page."""

    rows: Sequence[Row]
    tallies: Sequence[Tally]
    counts: Mapping[str, int]  # cities, visits, teams
    kinds: Sequence[tuple[str, int]]  # how many units of each kind
    agenda: Sequence[Item]  # what is next in all rows

    @property
    def late(self) -> int:
        """How many visits, their papers, or pieces beside them are past their day."""
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
    pieces: Iterable[Pieces] = (),
    *,
    plan: Plan,
    crews: Mapping[int, Crew],
    names: Mapping[str, str],
    today: date,
) -> Board:
    """The board of one plan's visits; ``names`` are regions' names by path.

    The places of ``visits`` are the rows, those of ``squares`` and ``pieces`` lie in them.
    """
    terms = Terms(plan, today, _last_days(visits))
    by_place: dict[str, list[Alike]] = defaultdict(list)
    for visit in visits:
        by_place[visit.place].append(visit)
    level = max(map(len, by_place), default=CITY)
    cells = _cells(squares, level, terms)
    asked: dict[str, list[Pieces]] = defaultdict(list)
    for piece in pieces:
        asked[piece.place[:level]].append(piece)
    rows = []
    for path, alike in sorted(by_place.items()):
        called, here = _called(path, level, names), (cells.get(path, []), asked.get(path, []))
        rows.append(_row(path, called, alike, *here, terms, crews))
    items = agenda((row.name, row.steps) for row in rows)
    return Board(rows, [*_tallies(visits)], _counts(visits), _kinds(visits), items)


def urgent_first(rows: Iterable[Row]) -> list[Row]:
    """By what runs out first; rows that wait for nobody outside come last."""
    return sorted(rows, key=lambda r: (r.next is None, r.next.days_left if r.next else 0, r.path))


def by_team(rows: Iterable[Row]) -> list[Row]:
    """By the order of the team that goes there first."""
    return sorted(rows, key=lambda r: (min((t.order for t in r.teams), default=99), r.path))


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


def _called(path: str, level: int, names: Mapping[str, str]) -> tuple[str, str]:
    """The name of a row, and of the city it lies in where there are rows below cities."""
    name, city = names.get(path, ""), names.get(path[:CITY], "")
    if len(path) < level:
        return f"{name}{OWN}", city
    return name, city if level > CITY else ""


def _row(
    path: str,
    called: tuple[str, str],
    visits: Sequence[Alike],
    groups: Sequence[Sequence[Cell]],
    pieces: Sequence[Pieces],
    terms: Terms,
    crews: Mapping[int, Crew],
) -> Row:
    teams = {crews[visit.team] for visit in visits if visit.team}
    tallies = [*_tallies(visits)]
    counts = {tally.status: tally.count for tally in tallies}
    owed = [visit for visit in visits if visit.status in TASKS]
    late = [visit.count for visit in owed if terms.late_days(terms.due(visit))]
    late += [one.missing for one in pieces if one.due_on < terms.today]
    return Row(
        path=path,
        name=called[0],
        city=called[1],
        teams=sorted(teams, key=lambda crew: crew.order),
        groups=groups,
        tallies=[tally for tally in tallies if tally.count],
        late=sum(late),
        confirmed=counts[S.CONFIRMED],
        submitted=counts[S.SUBMITTED],
        total=sum(visit.count for visit in visits),
        pieces=sum(one.wanted for one in pieces),
        pieces_missing=sum(one.missing for one in pieces),
        steps=steps_of(visits, pieces, terms, crews),
    )


def _tallies(visits: Iterable[Alike]) -> Iterator[Tally]:
    states: Counter[str] = Counter()
    for visit in visits:
        states[visit.status] += visit.count
    counts: Counter[str] = Counter()  # what is archived was confirmed
    for status, count in states.items():
        counts[LOOKS[status].letter] += count
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
