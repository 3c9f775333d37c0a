"""How the 得分率 of single sheets are spread: bins of five points of a hundred, and the median."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count

from analysis.choice import Choice
from analysis.shares import percent

STEP = 5  # percentage points of a bin
LAST = 100 - STEP
FEWEST = 4  # bins a picture needs to say something


@dataclass(frozen=True)
class Bin:
    """From ``low`` up to, not with, ``high`` percent; the last one takes 100 % and more too."""

    low: int
    high: int
    sheets: int
    query: str

    @property
    def label(self) -> str:
        return f"{self.low}–{self.high}"


@dataclass(frozen=True)
class Spread:
    """All bins from the lowest that has a sheet."""

    bins: Sequence[Bin]
    median: Fraction | None

    @property
    def middle(self) -> str:
        """The median as a percentage."""
        return percent(self.median)


def spread(choice: Choice) -> Spread:
    """Counted in the database by 得分率."""
    rows = choice.visits.values("rate").annotate(n=Count("pk")).order_by("rate")
    counts = list(rows.values_list("rate", "n"))
    return Spread([*_bins(choice, counts)], median(counts))


def median(counts: Sequence[tuple[Decimal, int]]) -> Fraction | None:
    """The middle of values given with how many have them, in order; of two, their mean."""
    total = sum(n for _, n in counts)
    if not total:
        return None
    wanted = {(total - 1) // 2, total // 2}
    found, passed = [], 0
    for value, n in counts:
        found += [Fraction(value) for at in sorted(wanted) if passed <= at < passed + n]
        passed += n
    return sum(found, Fraction(0)) / len(found)


def place_of(rate: Decimal) -> int:
    """The lower end of the bin in which a rate falls."""
    return max(0, min(int(rate * 100) // STEP * STEP, LAST))


def _bins(choice: Choice, counts: Sequence[tuple[Decimal, int]]):
    found: dict[int, int] = {}
    for rate, n in counts:
        found[place_of(rate)] = found.get(place_of(rate), 0) + n
    first = min([*found, LAST - (FEWEST - 1) * STEP])
    for low in range(first, 100, STEP):
        high = low + STEP
        bounds = {"low": low if low else None, "high": high if low < LAST else None}
        yield Bin(low, high, found.get(low, 0), choice.sheets(**bounds))
