"""总得分 and 得分率 by place, industry and size: counted in the database, ranked here.

The mean of a group is the mean of its units' stored 得分率: every unit counts the same. Groups of
equal mean share a rank, and the next rank is skipped (并列); ranks use the unrounded values.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import BigIntegerField, Count, F, Max, Min, QuerySet, Sum
from django.db.models.functions import Cast, Left, Round
from django.http import QueryDict

from analysis.choice import LEVELS, Choice
from analysis.drawing import bar
from analysis.shares import mean, percent, signed
from chabaocu.prepared import Slot
from orgs.models import Organization
from orgs.scope import WIDTH
from scoring.ranking import Rank, ranks

MILLION, HUNDRED, FINE = 10**6, 100, 10**12
UNKNOWN = "未登记"
NONE = "none"  # in an address: industry or size is not registered
INDUSTRIES = dict(Organization.Industry.choices)
SIZES = dict(Organization.Size.choices)


def units(value: Any, of: int) -> Cast:
    """An amount as a whole number of its smallest parts, so many to one; SQLite adds in binary."""
    return Cast(Round(value * of), BigIntegerField())


def millionths(rate: Any) -> Cast:
    """The same of a 得分率, which has six places."""
    return units(rate, MILLION)


SUMS = {
    "sheets": Count("pk"),
    "rates": millionths(Sum("rate")),
    "totals": units(Sum("total"), HUNDRED),
    "low": millionths(Min("rate")),
    "high": millionths(Max("rate")),
}


@dataclass(frozen=True)
class Sums:
    """So many sheets, and what their results add up to."""

    sheets: int
    rates: int  # in millionths
    totals: int  # in hundredths

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.sheets + other.sheets, self.rates + other.rates, self.totals + other.totals
        )

    @property
    def rate(self) -> Fraction | None:
        """Their mean 得分率."""
        return Fraction(self.rates, self.sheets * MILLION) if self.sheets else None

    @property
    def total(self) -> Fraction | None:
        """Their mean 总得分."""
        return Fraction(self.totals, self.sheets * HUNDRED) if self.sheets else None

    @property
    def score(self) -> tuple[int, int]:
        """Both means so finely divided that only equal ones are equal: means of less than a
        million sheets are either the same or further apart than 10⁻¹²."""
        return self.rates * FINE // self.sheets, self.totals * FINE // self.sheets

    @property
    def percent(self) -> str:
        return percent(self.rate)

    @property
    def mean(self) -> str:
        return mean(self.total)

    @property
    def bar(self) -> str:
        """How long its bar is."""
        return bar(self.rate)


Summed = tuple[Sums, Decimal, Decimal]


@dataclass(frozen=True)
class Group:
    """One row of a ranking."""

    key: str
    name: str
    sums: Sums
    low: Decimal
    high: Decimal
    rank: Rank
    choice: Choice
    by: str
    earlier: Sums | None = None  # of the round before

    @property
    def query(self) -> str:
        """Of its sheets."""
        return self.choice.sheets(**behind(self.choice, self.by, self.key))

    @property
    def before(self) -> Fraction | None:
        """Its mean 得分率 in the round before."""
        return self.earlier.rate if self.earlier else None

    @property
    def change(self) -> Fraction | None:
        """By how much its mean 得分率 grew since the round before."""
        return self.sums.rate - self.before if self.earlier else None

    @property
    def told(self) -> str:
        """``change`` with its sign."""
        return signed(self.change)

    @property
    def ends(self) -> str:
        """The lowest and the highest 得分率."""
        return f"{percent(self.low)}～{percent(self.high)}"


def ways(choice: Choice) -> dict[str, str]:
    """By what the results of this page can be told apart, in words."""
    found = {"place": LEVELS[choice.level]}
    if below := LEVELS.get(choice.level + WIDTH):
        found["below"] = below
    if choice.firms:
        found |= {"industry": "行业", "size": "规模"}
    return found


def way_of(choice: Choice, data: QueryDict) -> str:
    """The way an address asks for; by place where it asks for none that there is."""
    by = data.get("by", "place")
    return by if by in ways(choice) else "place"


def grouped(choice: Choice, by: str, before: Choice | None = None) -> list[Group]:
    """The groups of a page by rank, then in the order of divisions or of the register."""
    rows, earlier = summed(choice, by, before)
    names = names_of(choice, by, list(rows))
    scores = {key: sums.score for key, (sums, *_) in rows.items()}
    found = ranks(Counter(scores.values()).items())
    groups = [
        Group(
            key,
            names.get(key, key or UNKNOWN),
            *row,
            rank=found[scores[key]],
            choice=choice,
            by=by,
            earlier=earlier[key][0] if key in earlier else None,
        )
        for key, row in rows.items()
    ]
    order = {key: n for n, key in enumerate(names)}
    return sorted(groups, key=lambda g: (g.rank.place, order.get(g.key, len(order)), g.key))


def summed(
    choice: Choice, by: str, before: Choice | None
) -> tuple[dict[str, Summed], dict[str, Summed]]:
    """What the sheets add up to, by key, and their lowest and highest 得分率; of both rounds."""
    plan = choice.narrowing.plan
    other = before.narrowing.plan if before else plan
    found: dict[int | None, dict[str, Summed]] = {plan: {}, None: {}}
    for of, key, n, rates, totals, low, high in choice.summed(_by_key, by, other=other):
        row = Sums(n, rates, totals), _rate(low), _rate(high)
        found[of if of == plan else None][key] = row
    return found[plan], found[None]


def _by_key(choice: Choice, by: str) -> QuerySet:
    """Of the chosen round and of another."""
    anywhen = replace(choice, narrowing=replace(choice.narrowing, plan=None))
    rows = anywhen.visits.filter(plan__id__in=[choice.narrowing.plan, Slot("other")])
    rows = rows.annotate(key=key_of(choice, by)).values("plan", "key").annotate(**SUMS)
    return rows.values_list("plan", "key", *SUMS)


def _rate(millionths: int) -> Decimal:
    return Decimal(millionths).scaleb(-6)


def altogether(groups: Sequence[Group]) -> Sums:
    """What all groups come to; each sheet is in one of them."""
    return sum((group.sums for group in groups), Sums(0, 0, 0))


def key_of(choice: Choice, by: str) -> Any:
    """What a way to tell results apart reads of a visit."""
    if by == "industry":
        return F("target__industry")
    if by == "size":
        return F("target__size")
    return Left("place", _level(choice, by))


def behind(choice: Choice, by: str, key: str) -> dict[str, str]:
    """The condition of analysis.sheets that a group stands for."""
    if by in ("industry", "size"):
        return {by: key or NONE}
    return choice.spot(key, _level(choice, by))


def _level(choice: Choice, by: str) -> int:
    return choice.level + (WIDTH if by == "below" else 0)


def names_of(choice: Choice, by: str, keys: list[str]) -> Mapping[str, str]:
    """In the order in which equal ones stand."""
    if by == "industry":
        return INDUSTRIES
    if by == "size":
        return SIZES
    return dict(sorted(choice.names(keys, _level(choice, by)).items()))
