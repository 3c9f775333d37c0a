"""名次: by 得分率, then 总得分; equal ones share a rank and the next rank is skipped. Pure.

The stored rate has six places, which tells any two rates apart whose denominators stay below
700 points; what a page shows is rounded, what is ranked is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

Score = tuple[Decimal, Decimal]  # 得分率, 总得分


@dataclass(frozen=True)
class Rank:
    """A place, and whether others share it (并列)."""

    place: int
    is_shared: bool

    def __str__(self) -> str:
        return f"{self.place}（并列）" if self.is_shared else f"{self.place}"


def ranks(counts: Iterable[tuple[Score, int]], *, above: int = 0) -> Mapping[Score, Rank]:
    """The rank of each score, from how many have it; ``above`` them are so many better ones."""
    place, found = above + 1, {}
    for score, count in sorted(counts, reverse=True):
        found[score] = Rank(place, is_shared=count > 1)
        place += count
    return found
