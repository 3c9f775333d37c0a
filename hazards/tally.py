"""What is counted of hazards, and how counts of places add up. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

LEVEL = 3  # digits of one level of a path
LOWEST = 9  # digits of a county's path: below it there are units
DIRECT = "000"  # stands for what lies in a place itself and in none below


class Counts(NamedTuple):
    """Hazards of one kind: those not dismissed, and some of them."""

    found: int = 0
    open: int = 0
    overdue: int = 0
    closed: int = 0
    failed: int = 0  # an acceptance did not pass, once or more often
    workers: int = 0  # reported by workers, by account or by code

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def rate(self) -> Decimal | None:
        """整改率: how much of what was found is struck off."""
        return Decimal(self.closed) / self.found if self.found else None


Table = dict[str, Counts]


@dataclass
class Figures:
    """The figures of one place or unit."""

    total: Counts = Counts()
    grade: Table = field(default_factory=dict)
    kind: Table = field(default_factory=dict)
    industry: Table = field(default_factory=dict)
    found: Counter[str] = field(default_factory=Counter)  # Monday → found in that week
    closed: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)  # days to 销号 → how many took so long

    def add(self, grade: str, kind: str, industry: str, counts: Counts) -> None:
        """Count hazards that are alike."""
        self.total = self.total.plus(counts)
        for table, name in (
            (self.grade, grade),
            (self.kind, kind),
            (self.industry, industry),
        ):
            table[name] = table.get(name, Counts()).plus(counts)

    def include(self, other: "Figures") -> None:
        """Count all of another place too."""
        self.total = self.total.plus(other.total)
        for mine, theirs in (
            (self.grade, other.grade),
            (self.kind, other.kind),
            (self.industry, other.industry),
        ):
            for name, counts in theirs.items():
                mine[name] = mine.get(name, Counts()).plus(counts)
        self.found.update(other.found)
        self.closed.update(other.closed)
        self.days.update(other.days)

    @property
    def median(self) -> Decimal | None:
        """Half of what was struck off took no longer, in days; with a half between two days."""
        size = sum(self.days.values())
        if not size:
            return None
        middle = [self._nth((size - 1) // 2), self._nth(size // 2)]
        return (Decimal(sum(middle)) / 2).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def _nth(self, n: int) -> int:
        for days in sorted(self.days):
            n -= self.days[days]
            if n < 0:
                return days
        raise IndexError

    def to_json(self) -> dict[str, Any]:
        tables = {name: getattr(self, name) for name in ("grade", "kind", "industry")}
        return tables | {
            "total": self.total,
            "found": self.found,
            "closed": self.closed,
            "days": self.days,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Figures":
        tables = {
            name: {key: Counts(*counts) for key, counts in kept[name].items()}
            for name in ("grade", "kind", "industry")
        }
        days = Counter({int(day): count for day, count in kept["days"].items()})
        found, closed = Counter(kept["found"]), Counter(kept["closed"])
        return cls(Counts(*kept["total"]), **tables, found=found, closed=closed, days=days)


def upward(counted: Mapping[str, Figures]) -> dict[str, Figures]:
    """The figures of every place from those of the paths where hazards lie."""
    found: dict[str, Figures] = {}
    for path, figures in counted.items():
        for place in _places(path):
            found.setdefault(place, Figures()).include(figures)
    return found


def _places(path: str) -> Iterator[str]:
    """A path and all above it down to counties; what lies in a city itself also apart."""
    for end in range(LEVEL, min(len(path), LOWEST) + 1, LEVEL):
        yield path[:end]
    if len(path) < LOWEST:
        yield path + DIRECT
