"""The effects of teams by least squares, and what chance makes of them. Pure.

What is compared and what is concluded is in analysis.strictness.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

LEVEL = 0.95
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


class Cell(NamedTuple):
    """The sheets of one team at units of one kind in one city, added up in percent."""

    team: int
    kind: str
    city: str
    sheets: int
    total: float
    squares: float


Key = Callable[[Sheet | Cell], Hashable]
Hand = tuple[Sheet, float]  # a sheet, and what is compared of it


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


def mean_of(cells: Sequence[Cell]) -> tuple[int, float | None]:
    """How many sheets, and their mean."""
    sheets = sum(cell.sheets for cell in cells)
    return sheets, sum(cell.total for cell in cells) / sheets if sheets else None


class Stratum:
    """The sheets that may be compared: how many each team has, and what they add up to."""

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()
        self.totals: defaultdict[int, float] = defaultdict(float)
        self.squares = 0.0

    def add(self, team: int, cell: Cell) -> None:
        self.counts[team] += cell.sheets
        self.totals[team] += cell.total
        self.squares += cell.squares

    @property
    def mean(self) -> float:
        return sum(self.totals.values()) / self.counts.total()

    @property
    def spread(self) -> float:
        """The squared distances from the mean."""
        return self.squares - self.mean * sum(self.totals.values())


class Fit:
    """y = team + stratum + rest, by least squares, and what chance makes of it."""

    def __init__(self, cells: Sequence[Cell], key: Key) -> None:
        self.cells, self.key = cells, key
        self.teams = sorted({cell.team for cell in cells})
        self.at = {team: n for n, team in enumerate(self.teams)}
        strata: defaultdict[Hashable, Stratum] = defaultdict(Stratum)
        for cell in cells:
            strata[key(cell)].add(self.at[cell.team], cell)
        self.strata = [stratum for _, stratum in sorted(strata.items())]
        self.spread = sum(stratum.spread for stratum in self.strata)
        count = sum(cell.sheets for cell in cells)
        self.freedom = count - len(self.strata) - len(self.teams) + 1
        self.inverse = _inverse(self._normal())
        self.weights = [self.inverse[n][n] - 1 / len(self.teams) for n in range(len(self.teams))]

    def _normal(self) -> Matrix:
        """The normal equations of the teams once the strata are eliminated, made regular."""
        size = len(self.teams)
        made = [[1 / size] * size for _ in range(size)]
        for stratum in self.strata:
            every = stratum.counts.total()
            for one, n in stratum.counts.items():
                made[one][one] += n
                for other, m in stratum.counts.items():
                    made[one][other] -= n * m / every
        return made

    def effects(self, chance: Sequence[float]) -> dict[int, Effect]:
        """Each team's effect, its interval, and how often chance goes as far."""
        found, error = self._solved(self._sums())
        bound = chance[math.ceil(LEVEL * (len(chance) + 1)) - 1]
        made = {}
        for n, team in enumerate(self.teams):
            step = error * math.sqrt(self.weights[n])
            reached = abs(found[n]) / max(step, TINY)
            further = sum(one >= reached for one in chance)
            p = (1 + further) / (len(chance) + 1)
            sheets, mean = mean_of([cell for cell in self.cells if cell.team == team])
            made[team] = Effect(team, sheets, mean, found[n], max(bound * step, TINY), p)
        return made

    def _sums(self) -> list[float]:
        """By team: what its sheets are above the means of their strata."""
        sums = [0.0] * len(self.teams)
        for stratum in self.strata:
            mean = stratum.mean
            for team, n in stratum.counts.items():
                sums[team] += stratum.totals[team] - n * mean
        return sums

    def by_dealing(self, hands: Iterable[Hand], deals: int, seed: int) -> list[float]:
        """The largest deviation of each of so many rounds whose marks were dealt anew."""
        chance, found = random.Random(seed), []
        packs: defaultdict[Hashable, list[tuple[int, float]]] = defaultdict(list)
        for sheet, value in hands:
            if sheet.team in self.at:
                packs[self.key(sheet)].append((self.at[sheet.team], value))
        dealt = [_pack(sorted(pack)) for _, pack in sorted(packs.items())]
        for _ in range(deals):
            sums = [0.0] * len(self.teams)
            for rests, slices in dealt:
                chance.shuffle(rests)
                for team, start, end in slices:
                    sums[team] += sum(rests[start:end])
            found.append(self._largest(*self._solved(sums)))
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

    def _solved(self, sums: Sequence[float]) -> tuple[list[float], float]:
        """The effects of the teams, and the standard error of one sheet."""
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


def _pack(cards: Sequence[tuple[int, float]]) -> tuple[list[float], list[tuple[int, int, int]]]:
    """What the marks of a stratum are above their mean, and where in it each team's stand; the
    cards are in the order of teams."""
    counts = Counter(team for team, _ in cards)
    slices, start = [], 0
    for team in sorted(counts):
        slices.append((team, start, start + counts[team]))
        start += counts[team]
    return _centred([value for _, value in cards]), slices


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
