"""Is one team stricter than the others? Pure: no database, no clock, the same answer every time.

What is compared. Where units checked themselves, a team's mark less the unit's own: a poor unit
lowers both. Else the mark itself, and only between teams that were at units of one kind in one
city: teams that went to different cities cannot be told from their cities, and that is said.

How. y = team + stratum + rest is fitted by least squares; a stratum is a kind of unit in a city,
or, for differences whose teams share no city, the kind alone. A team's effect is its distance
from the mean of all teams. Its interval is as wide as the largest of all teams' deviations would
be by chance in 19 of 20 rounds, so that all intervals hold together: chance is what is left when
marks are dealt anew among the teams within each stratum (a permutation test of the largest
studentized deviation). With very many sheets the normal law takes the place of dealing, and it
is enough to know how many sheets a team has in a stratum, what they add up to, and their squares.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analysis.fitting import Cell, Effect, Finding, Fit, Hand, Key, Sheet, mean_of

FEWEST = 8  # sheets below which nothing is concluded about a team
DEALS = 999
MANY = 1_500  # sheets from which on the normal law is as good as dealing
SEED = 20171205
Value = Callable[[Sheet], float]


class Basis(StrEnum):
    """What is compared."""

    CHECKS = "checks"
    MARKS = "marks"


class Doubt(StrEnum):
    """Why nothing can be said."""

    NONE = ""
    FEW = "few"
    APART = "apart"


@dataclass(frozen=True)
class Verdict:
    """All teams, by what they were compared, or why they cannot be."""

    effects: tuple[Effect, ...]
    basis: Basis
    doubt: Doubt = Doubt.NONE
    by_city: bool = True  # whether only teams within one city were compared
    dealt: int = 0  # how often marks were dealt anew; 0 by the normal law

    def of(self, *findings: Finding) -> list[Effect]:
        """The teams of which that is said."""
        return [one for one in self.effects if one.finding in findings]

    @property
    def smallest(self) -> float | None:
        """The smallest difference that could have been seen of a team."""
        widths = [one.half for one in self.effects if one.half is not None]
        return max(widths, default=None)


@lru_cache(maxsize=64)
def compare(sheets: tuple[Sheet, ...], *, deals: int = DEALS, seed: int = SEED) -> Verdict:
    """The teams of a round. Equal sheets in equal order give the equal verdict."""
    checked = [sheet for sheet in sheets if sheet.check is not None]
    cells = _gathered(sheets, _rate), _gathered(checked, _above)
    return _compared(*cells, sheets, deals, seed)


@lru_cache(maxsize=64)
def compare_many(
    marks: tuple[Cell, ...], checks: tuple[Cell, ...], *, deals: int = DEALS, seed: int = SEED
) -> Verdict | None:
    """The same from the marks, and the differences to the units' own, of many sheets added up.

    None where so few can be compared that they must be dealt anew one by one.
    """
    return _compared(marks, checks, None, deals, seed)


def _compared(
    marks: Sequence[Cell],
    checks: Sequence[Cell],
    sheets: Sequence[Sheet] | None,
    deals: int,
    seed: int,
) -> Verdict | None:
    basis, used = _comparable(marks, checks)
    teams = sorted({cell.team for cell in marks})
    enough = _enough(used)
    if len(enough) < 2:
        return _nothing(used, teams, basis, Doubt.FEW)
    judged = [cell for cell in used if cell.team in enough]
    strata = _strata(judged, basis)
    if strata is None:
        return _nothing(used, teams, basis, Doubt.APART)
    name, key = strata
    is_large = sum(cell.sheets for cell in judged) > MANY
    if not is_large and sheets is None:
        return None
    hands = None if is_large else _hands(sheets, enough, basis)
    effects = _stepwise(judged, key, hands, deals, seed)
    if not effects:
        return _nothing(used, teams, basis, Doubt.FEW)
    return Verdict(
        tuple(effects.get(team) or _bare(used, team, basis) for team in teams),
        basis,
        by_city=name == "city",
        dealt=0 if is_large else deals,
    )


def _stepwise(
    cells: Sequence[Cell], key: Key, hands: Sequence[Hand] | None, deals: int, seed: int
) -> dict[int, Effect]:
    """The effects of all teams; whoever stands out most is set aside before the rest is judged.

    Else one strict team would make all others look lenient beside a mean that it lowers.
    """
    settled: dict[int, Effect] = {}
    while True:
        fit = Fit(cells, key)
        if fit.freedom < FEWEST:
            return settled
        chance = fit.by_law(deals, seed) if hands is None else fit.by_dealing(hands, deals, seed)
        effects = fit.effects(sorted(chance))
        most = max(effects.values(), key=lambda one: (abs(one.effect) / one.half, -one.team))
        rest = [cell for cell in cells if cell.team != most.team]
        stands_out = most.finding != Finding.SAME
        if not stands_out or len(effects) < 3 or not _hangs_together(rest, key):
            return effects | settled
        settled[most.team], cells = most, rest


def _hands(sheets: Sequence[Sheet], teams: set[int], basis: Basis) -> list[Hand]:
    """The single sheets of these teams and their values, to be dealt anew."""
    if basis == Basis.CHECKS:
        return [(s, _above(s)) for s in sheets if s.team in teams and s.check is not None]
    return [(s, _rate(s)) for s in sheets if s.team in teams]


def _gathered(sheets: Iterable[Sheet], value: Value) -> list[Cell]:
    """Single sheets added up."""
    found: defaultdict[tuple[int, str, str], list[float]] = defaultdict(list)
    for sheet in sheets:
        found[sheet.team, sheet.kind, sheet.city].append(value(sheet))
    return [
        Cell(*key, len(values), sum(values), sum(y * y for y in values))
        for key, values in found.items()
    ]


def _comparable(marks: Sequence[Cell], checks: Sequence[Cell]) -> tuple[Basis, Sequence[Cell]]:
    """Differences where at least half of the teams that could be judged have enough of them."""
    able = len(_enough(checks))
    if able >= 2 and 2 * able >= len(_enough(marks)):
        return Basis.CHECKS, checks
    return Basis.MARKS, marks


def _enough(cells: Iterable[Cell]) -> set[int]:
    counts: Counter[int] = Counter()
    for cell in cells:
        counts[cell.team] += cell.sheets
    return {team for team, count in counts.items() if count >= FEWEST}


def _rate(sheet: Sheet) -> float:
    return sheet.rate


def _above(sheet: Sheet) -> float:
    return sheet.above


def _strata(cells: Sequence[Cell], basis: Basis) -> tuple[str, Key] | None:
    """The finest way to set apart in which all teams still hang together."""
    ways: list[tuple[str, Key]] = [("city", lambda one: (one.city, one.kind))]
    if basis == Basis.CHECKS:
        ways.append(("kind", lambda one: one.kind))
    return next((way for way in ways if _hangs_together(cells, way[1])), None)


def _hangs_together(cells: Sequence[Cell], key: Key) -> bool:
    """Whether every team can be compared with every other, over teams that share a stratum."""
    shared: defaultdict[Hashable, set[int]] = defaultdict(set)
    for cell in cells:
        shared[key(cell)].add(cell.team)
    reached, waiting = set(), {min(cell.team for cell in cells)}
    while waiting:
        team = waiting.pop()
        reached.add(team)
        for teams in shared.values():
            if team in teams:
                waiting |= teams - reached
    return reached == {cell.team for cell in cells}


def _nothing(cells: Sequence[Cell], teams: Sequence[int], basis: Basis, doubt: Doubt) -> Verdict:
    return Verdict(tuple(_bare(cells, team, basis) for team in teams), basis, doubt)


def _bare(cells: Sequence[Cell], team: int, basis: Basis) -> Effect:
    sheets, mean = mean_of([cell for cell in cells if cell.team == team])
    return Effect(team, sheets, mean)
