"""How the 得分率 of single sheets are spread: bins of five points of a hundred, and the median."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, F, QuerySet

from analysis.choice import Choice
from analysis.scores import MILLION, millionths
from analysis.shares import percent
from chabaocu.prepared import Slot
from plans.models import Visit

STEP = 5  # percentage points of a bin
LAST = 100 - STEP
FEWEST = 4  # bins a picture needs to say something
RATE = Visit._meta.get_field("rate")
LOWEST = Decimal(-9)  # below what any rate is
MILLIONTHS = millionths(F("rate"))


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
    """Counted in the database by bins; one by one only where the median falls."""
    counts: dict[int, int] = {}
    for low, n in sorted(choice.summed(_by_bin)):
        counts[max(low, 0)] = counts.get(max(low, 0), 0) + n
    return Spread([*_bins(choice, counts)], _median(choice, counts))


def at(counts: Iterable[tuple[int, int]], position: int) -> int | None:
    """The value at a position, from 0, of values given in order with how many have them."""
    for value, n in counts:
        if position < n:
            return value
        position -= n
    return None


def _by_bin(choice: Choice) -> QuerySet:
    """How many sheets each bin has, by its lower end; above 100 % bins go on."""
    low = MILLIONTHS / (MILLION // 100 * STEP) * STEP
    rows = choice.visits.annotate(low=low).values("low")
    return rows.annotate(n=Count("pk")).values_list("low", "n")


def _by_rate(choice: Choice) -> QuerySet:
    """How many sheets each rate has, of those between two."""
    among = choice.visits.filter(rate__gte=Slot("from", RATE), rate__lt=Slot("below", RATE))
    rows = among.annotate(value=MILLIONTHS).values("value").annotate(n=Count("pk"))
    return rows.order_by("value").values_list("value", "n")


def _median(choice: Choice, counts: Mapping[int, int]) -> Fraction | None:
    """The middle, or the mean of the two in the middle; none where there is none (any more)."""
    total = sum(counts.values())
    if not total:
        return None
    two = ((total - 1) // 2, total // 2)
    first, last = (at(counts.items(), position) for position in two)
    passed = sum(n for low, n in counts.items() if low < first)
    start = Decimal(first) / 100 if first else LOWEST
    rates = choice.summed(_by_rate, **{"from": start, "below": Decimal(last + STEP) / 100})
    found = [at(rates, position - passed) for position in two]
    return None if None in found else Fraction(sum(found), 2 * MILLION)


def _bins(choice: Choice, counts: Mapping[int, int]) -> Iterator[Bin]:
    first = min([*counts, LAST - (FEWEST - 1) * STEP])
    for low in range(first, 100, STEP):
        high = low + STEP
        bounds = {"low": low if low else None, "high": high if low < LAST else None}
        sheets = sum(n for bin, n in counts.items() if min(bin, LAST) == low)
        yield Bin(low, high, sheets, choice.sheets(**bounds))
