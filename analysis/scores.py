"""总得分 and 得分率 by place, industry and size: counted in the database, ranked here.

The mean of a group is the mean of its units' stored 得分率: every unit counts the same. Groups of
equal mean share a rank, and the next rank is skipped (并列); ranks use the unrounded values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Max, Min, Sum
from django.db.models.functions import Left
from django.http import QueryDict

from analysis.choice import LEVELS, Choice
from analysis.drawing import bar
from analysis.shares import CENT, RATE, exact, mean, percent, signed
from orgs.models import Organization
from scoring.ranking import Rank, ranks

UNKNOWN = "未登记"
NONE = "none"  # in an address: industry or size is not registered
INDUSTRIES = dict(Organization.Industry.choices)
SIZES = dict(Organization.Size.choices)
SUMS = {
    "sheets": Count("pk"),
    "rates": Sum("rate"),
    "totals": Sum("total"),
    "low": Min("rate"),
    "high": Max("rate"),
}


@dataclass(frozen=True)
class Sums:
    """So many sheets, and what their results add up to."""

    sheets: int
    rates: Fraction
    totals: Fraction

    @property
    def rate(self) -> Fraction | None:
        """Their mean 得分率."""
        return self.rates / self.sheets if self.sheets else None

    @property
    def total(self) -> Fraction | None:
        """Their mean 总得分."""
        return self.totals / self.sheets if self.sheets else None

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


@dataclass(frozen=True)
class Group:
    """One row of a ranking."""

    key: str
    name: str
    sums: Sums
    low: Decimal
    high: Decimal
    rank: Rank
    query: str  # of its sheets
    before: Fraction | None = None  # its mean 得分率 in the round before

    @property
    def change(self) -> Fraction | None:
        """By how much its mean 得分率 grew since the round before."""
        return None if self.before is None else self.sums.rate - self.before

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
    if below := LEVELS.get(choice.level + 3):
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
    rows = summed(choice, by)
    earlier = {key: sums.rate for key, (sums, *_) in summed(before, by).items()} if before else {}
    names = names_of(choice, by, list(rows))
    scores = {key: (sums.rate, sums.total) for key, (sums, *_) in rows.items()}
    found = ranks(_counts(scores.values()))
    groups = [
        Group(
            key,
            names.get(key, key or UNKNOWN),
            *row,
            rank=found[scores[key]],
            query=choice.sheets(**{name_of(by): key or NONE}),
            before=earlier.get(key),
        )
        for key, row in rows.items()
    ]
    order = {key: n for n, key in enumerate(names)}
    return sorted(groups, key=lambda g: (g.rank.place, order.get(g.key, len(order)), g.key))


def summed(choice: Choice, by: str) -> dict[str, tuple[Sums, Decimal, Decimal]]:
    """By key: what the sheets add up to, the lowest and the highest 得分率."""
    rows = choice.visits.annotate(key=key_of(choice, by)).values("key").annotate(**SUMS)
    return {
        key: (Sums(n, exact(rates, RATE), exact(totals, CENT)), low, high)
        for key, n, rates, totals, low, high in rows.values_list("key", *SUMS)
    }


def altogether(groups: Sequence[Group]) -> Sums:
    """What all groups come to; each sheet is in one of them."""
    return Sums(
        sum(group.sums.sheets for group in groups),
        sum((group.sums.rates for group in groups), Fraction(0)),
        sum((group.sums.totals for group in groups), Fraction(0)),
    )


def key_of(choice: Choice, by: str) -> Any:
    """What a way to tell results apart reads of a visit."""
    if by == "industry":
        return F("target__industry")
    if by == "size":
        return F("target__size")
    return Left("place", choice.level + (3 if by == "below" else 0))


def name_of(by: str) -> str:
    """The condition of analysis.sheets that a way stands for."""
    return "place" if by == "below" else by


def names_of(choice: Choice, by: str, keys: list[str]) -> Mapping[str, str]:
    """In the order in which equal ones stand."""
    if by == "industry":
        return INDUSTRIES
    if by == "size":
        return SIZES
    return dict(sorted(choice.names(keys).items()))


def _counts(scores: Any) -> list[tuple[Any, int]]:
    found: dict[Any, int] = {}
    for score in scores:
        found[score] = found.get(score, 0) + 1
    return list(found.items())
