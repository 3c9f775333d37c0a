"""Is one team stricter than the others? Pure: no database, no clock, the same answer every time.

What is compared. Where units checked themselves, a team's mark less the unit's own: a poor unit
lowers both. Else the mark itself, and only between teams that were at units of one kind in one
city: teams that went to different cities cannot be told from their cities, and that is said.

How. y = team + stratum + rest is fitted by least squares; a stratum is a kind of unit in a city,
or, for differences whose teams share no city, the kind alone. A team's effect is its distance
from the mean of all teams. Its interval is as wide as the largest of all teams' deviations would
be by chance in 19 of 20 rounds, so that all intervals hold together: chance is what is left when
marks are dealt anew among the teams within each stratum (a permutation test of the largest
studentized deviation). With very many sheets the normal law takes the place of dealing.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

FEWEST = 8  # sheets below which nothing is concluded about a team
LEVEL = 0.95
DEALS = 999
MANY = 1_500  # sheets from which on the normal law is as good as dealing
SEED = 20171205
TINY = 1e-9
Matrix = list[list[float]]


@dataclass(frozen=True)
class Sheet:
    """One confirmed sheet: who marked it, of what it is, and what it came to, in percent."""

    team: int
    kind: str
    city: str
    rate: float
    check: float | None = None  # what the unit said of itself

    @property
    def above(self) -> float:
        """The team's mark less the unit's own."""
        return self.rate - (self.check or 0.0)


Key = Callable[[Sheet], Hashable]
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


class Finding(StrEnum):
    """What is said of one team."""

    STRICT = "strict"
    LENIENT = "lenient"
    SAME = "same"
    FEW = "few"


@dataclass(frozen=True)
class Effect:
    """One team: how far from the mean of all teams, in percentage points, and how sure."""

    team: int
    sheets: int
    mean: float | None  # of what is compared, nothing adjusted
    effect: float | None = None
    half: float | None = None  # half the width of the interval
    p: float | None = None

    @property
    def finding(self) -> Finding:
        if self.effect is None or self.half is None:
            return Finding.FEW
        if abs(self.effect) <= self.half:
            return Finding.SAME
        return Finding.STRICT if self.effect < 0 else Finding.LENIENT

    @property
    def low(self) -> float:
        return (self.effect or 0.0) - (self.half or 0.0)

    @property
    def high(self) -> float:
        return (self.effect or 0.0) + (self.half or 0.0)


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
    basis, used = _comparable(sheets)
    teams = sorted({sheet.team for sheet in sheets})
    enough = _enough(used)
    if len(enough) < 2:
        return _nothing(used, teams, basis, Doubt.FEW)
    judged = [sheet for sheet in used if sheet.team in enough]
    strata = _strata(judged, basis)
    if strata is None:
        return _nothing(used, teams, basis, Doubt.APART)
    name, key = strata
    is_large = len(judged) > MANY
    effects = _stepwise(judged, key, _value(basis), 0 if is_large else deals, deals, seed)
    if not effects:
        return _nothing(used, teams, basis, Doubt.FEW)
    return Verdict(
        tuple(effects.get(team) or _bare(used, team, basis) for team in teams),
        basis,
        by_city=name == "city",
        dealt=0 if is_large else deals,
    )


def _stepwise(
    sheets: Sequence[Sheet], key: Key, value: Value, dealt: int, deals: int, seed: int
) -> dict[int, Effect]:
    """The effects of all teams; whoever stands out most is set aside before the rest is judged.

    Else one strict team would make all others look lenient beside a mean that it lowers.
    """
    settled: dict[int, Effect] = {}
    while True:
        fit = _Fit(sheets, key, value)
        if fit.freedom < FEWEST:
            return settled
        chance = fit.by_dealing(dealt, seed) if dealt else fit.by_law(deals, seed)
        effects = fit.effects(sorted(chance))
        most = max(effects.values(), key=lambda one: (abs(one.effect) / one.half, -one.team))
        rest = [sheet for sheet in sheets if sheet.team != most.team]
        stands_out = most.finding != Finding.SAME
        if not stands_out or len(effects) < 3 or not _hangs_together(rest, key):
            return effects | settled
        settled[most.team], sheets = most, rest


def _comparable(sheets: Sequence[Sheet]) -> tuple[Basis, list[Sheet]]:
    """Differences where at least half of the teams that could be judged have enough of them."""
    checked = [sheet for sheet in sheets if sheet.check is not None]
    able = len(_enough(checked))
    if able >= 2 and 2 * able >= len(_enough(sheets)):
        return Basis.CHECKS, checked
    return Basis.MARKS, list(sheets)


def _enough(sheets: Iterable[Sheet]) -> set[int]:
    counts = Counter(sheet.team for sheet in sheets)
    return {team for team, count in counts.items() if count >= FEWEST}


def _value(basis: Basis) -> Value:
    return (lambda sheet: sheet.above) if basis == Basis.CHECKS else (lambda sheet: sheet.rate)


def _strata(sheets: Sequence[Sheet], basis: Basis) -> tuple[str, Key] | None:
    """The finest way to set apart in which all teams still hang together."""
    ways: list[tuple[str, Key]] = [("city", lambda sheet: (sheet.city, sheet.kind))]
    if basis == Basis.CHECKS:
        ways.append(("kind", lambda sheet: sheet.kind))
    return next((way for way in ways if _hangs_together(sheets, way[1])), None)


def _hangs_together(sheets: Sequence[Sheet], key: Key) -> bool:
    """Whether every team can be compared with every other, over teams that share a stratum."""
    shared: defaultdict[Hashable, set[int]] = defaultdict(set)
    for sheet in sheets:
        shared[key(sheet)].add(sheet.team)
    reached, waiting = set(), {min(sheet.team for sheet in sheets)}
    while waiting:
        team = waiting.pop()
        reached.add(team)
        for teams in shared.values():
            if team in teams:
                waiting |= teams - reached
    return reached == {sheet.team for sheet in sheets}


def _nothing(sheets: Sequence[Sheet], teams: Sequence[int], basis: Basis, doubt: Doubt) -> Verdict:
    return Verdict(tuple(_bare(sheets, team, basis) for team in teams), basis, doubt)


def _bare(sheets: Sequence[Sheet], team: int, basis: Basis) -> Effect:
    values = [_value(basis)(sheet) for sheet in sheets if sheet.team == team]
    return Effect(team, len(values), sum(values) / len(values) if values else None)


class _Fit:
    """y = team + stratum + rest, by least squares, and what chance makes of it."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        key: Key,
        value: Value,
    ) -> None:
        teams = sorted({sheet.team for sheet in sheets})
        self.sheets, self.teams, self.value = sheets, teams, value
        at = {team: n for n, team in enumerate(teams)}
        cells: defaultdict[Hashable, list[tuple[int, float]]] = defaultdict(list)
        for sheet in sheets:
            cells[key(sheet)].append((at[sheet.team], value(sheet)))
        self.strata = [sorted(cell) for _, cell in sorted(cells.items())]
        self.rests = [_centred([y for _, y in cell]) for cell in self.strata]
        self.slices = [_slices([team for team, _ in cell]) for cell in self.strata]
        self.spread = sum(rest * rest for rests in self.rests for rest in rests)
        self.freedom = len(sheets) - len(self.strata) - len(teams) + 1
        self.inverse = _inverse(self._normal())
        self.weights = [self.inverse[n][n] - 1 / len(teams) for n in range(len(teams))]

    def _normal(self) -> Matrix:
        """The normal equations of the teams once the strata are eliminated, made regular."""
        size = len(self.teams)
        made = [[1 / size] * size for _ in range(size)]
        for cell in self.strata:
            counts = Counter(team for team, _ in cell)
            for one, n in counts.items():
                made[one][one] += n
                for other, m in counts.items():
                    made[one][other] -= n * m / len(cell)
        return made

    def effects(self, chance: Sequence[float]) -> dict[int, Effect]:
        """Each team's effect, its interval, and how often chance goes as far."""
        found, error = self._solved(self.rests)
        bound = chance[math.ceil(LEVEL * (len(chance) + 1)) - 1]
        made = {}
        for n, team in enumerate(self.teams):
            step = error * math.sqrt(self.weights[n])
            reached = abs(found[n]) / max(step, TINY)
            further = sum(one >= reached for one in chance)
            p = (1 + further) / (len(chance) + 1)
            values = [self.value(sheet) for sheet in self.sheets if sheet.team == team]
            mean = sum(values) / len(values)
            made[team] = Effect(team, len(values), mean, found[n], max(bound * step, TINY), p)
        return made

    def by_dealing(self, deals: int, seed: int) -> list[float]:
        """The largest deviation of each of so many rounds whose marks were dealt anew."""
        chance = random.Random(seed)
        rests = [list(rest) for rest in self.rests]
        found = []
        for _ in range(deals):
            for rest in rests:
                chance.shuffle(rest)
            found.append(self._largest(*self._solved(rests)))
        return found

    def by_law(self, deals: int, seed: int) -> list[float]:
        """The same by the normal law, whatever the number of sheets."""
        chance, root, size = random.Random(seed), _root(self.inverse), len(self.teams)
        found = []
        for _ in range(deals):
            steps = [chance.gauss(0, 1) for _ in range(size)]
            effects = [sum(map(_times, row, steps)) for row in root]
            found.append(self._largest(_centred(effects), 1.0))
        return found

    def _solved(self, rests: Sequence[Sequence[float]]) -> tuple[list[float], float]:
        """The effects of the teams, and the standard error of one sheet."""
        sums = [0.0] * len(self.teams)
        for rest, slices in zip(rests, self.slices, strict=True):
            for team, start, end in slices:
                sums[team] += sum(rest[start:end])
        effects = [sum(map(_times, row, sums)) for row in self.inverse]
        left = self.spread - sum(map(_times, effects, sums))
        return effects, math.sqrt(max(left, 0.0) / self.freedom)

    def _largest(self, effects: Sequence[float], error: float) -> float:
        steps = (error * math.sqrt(weight) for weight in self.weights)
        return max(
            abs(effect) / max(step, TINY) for effect, step in zip(effects, steps, strict=True)
        )


def _times(one: float, other: float) -> float:
    return one * other


def _centred(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def _slices(teams: Sequence[int]) -> list[tuple[int, int, int]]:
    """Where each team's sheets stand in a stratum whose sheets are in the order of teams."""
    counts = Counter(teams)
    made, start = [], 0
    for team in sorted(counts):
        made.append((team, start, start + counts[team]))
        start += counts[team]
    return made


def _inverse(matrix: Matrix) -> Matrix:
    """By elimination; the matrix is symmetric and positive."""
    size = len(matrix)
    rows = [[*row, *(1.0 if n == m else 0.0 for m in range(size))] for n, row in enumerate(matrix)]
    for n in range(size):
        pivot = rows[n][n]
        rows[n] = [value / pivot for value in rows[n]]
        for m in range(size):
            if m != n and (factor := rows[m][n]):
                rows[m] = [a - factor * b for a, b in zip(rows[m], rows[n], strict=True)]
    return [row[size:] for row in rows]


def _root(matrix: Matrix) -> Matrix:
    """The lower triangle whose square is the matrix (Cholesky)."""
    size = len(matrix)
    made = [[0.0] * size for _ in range(size)]
    for n in range(size):
        for m in range(n + 1):
            rest = matrix[n][m] - sum(map(_times, made[n][:m], made[m][:m]))
            made[n][m] = math.sqrt(max(rest, 0.0)) if n == m else rest / made[m][m]
    return made
