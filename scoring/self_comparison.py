"""What a unit said of itself beside what was found there, point by point. Pure.

自查 and the papers of those who were sent are matched by the codes of their points.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rubrics.kinds.outcome import ZERO, spelled
from scoring.comparison import Said

RANKS = {"bad": 0, "partly": 1, "good": 2}


class Lean(StrEnum):
    """How the unit judged itself on one point."""

    SAME = "same"
    HIGH = "high"
    LOW = "low"
    APART = "apart"

    @property
    def label(self) -> str:
        return {"same": "一致", "high": "偏高", "low": "偏低", "apart": "无法比较"}[self]


@dataclass(frozen=True)
class Compared:
    """One point: what the unit said, what was found; None where the other table has it not."""

    code: str
    item: int
    check: Said | None
    found: Said | None

    @property
    def change(self) -> Decimal | None:
        """What was found less what the unit said; None where points cannot be compared."""
        if None in (self.check, self.found):
            return None
        said, found = self.check.points, self.found.points
        return None if None in (said, found) or self._excused else found - said

    @property
    def lean(self) -> Lean:
        """Whether the unit was too high, too low, or right."""
        if None in (self.check, self.found):
            return Lean.APART
        if self.check.mark == self.found.mark:
            return Lean.SAME
        below = self._below
        return Lean.APART if below is None else Lean.HIGH if below else Lean.LOW

    @property
    def told(self) -> str:
        """The difference with its sign, or the lean in words where there are no points."""
        return self.lean.label if self.change is None else signed(self.change)

    @property
    def _excused(self) -> bool:
        return self.check.not_applicable or self.found.not_applicable

    @property
    def _below(self) -> bool | None:
        """Whether less was found than the unit said; None where that is no question."""
        if self.change is not None:
            return self.change < 0
        ranks = [RANKS.get(one.verdict) for one in (self.check, self.found)]
        return None if None in ranks or self._excused else ranks[1] < ranks[0]


@dataclass(frozen=True)
class Tally:
    """The points of one pair of papers, counted."""

    same: int
    high: int
    low: int
    apart: int
    change: Decimal
    over: Mapping[str, str]  # by item: how many points the unit was above what was found


def compare(
    check: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]]
) -> list[Compared]:
    """Every frozen point of both, in the order of what was found."""
    said, seen = _by_code(check), _by_code(found)
    codes = [*seen, *(code for code in said if code not in seen)]
    return [
        Compared(
            code,
            (seen.get(code) or said[code])["item"],
            Said.of(said[code]) if code in said else None,
            Said.of(seen[code]) if code in seen else None,
        )
        for code in codes
    ]


def tally(points: Sequence[Compared]) -> Tally:
    """一致 n, 偏高 n, 偏低 n, and the sum of the differences."""
    counts = Counter(point.lean for point in points)
    over: dict[str, Decimal] = {}
    for point in points:
        if point.change:
            over[str(point.item)] = over.get(str(point.item), ZERO) - point.change
    return Tally(
        *(counts[lean] for lean in Lean),
        change=sum((point.change for point in points if point.change), ZERO),
        over={item: spelled(points) for item, points in over.items() if points},
    )


def signed(change: Decimal) -> str:
    """+1, −0.5; 0 where nothing differs."""
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{spelled(abs(change))}"


def beside(check: Said, mine: Said) -> str:
    """What a member who has marked a point is told of the unit's own: 自查 2 分（差 −1）."""
    point = Compared("", 0, check, mine)
    words = check.words.replace("分", " 分") if check.points is not None else check.words
    if point.lean == Lean.SAME:
        return f"自查 {words}（一致）"
    told = "不一致" if point.change is None else f"差 {point.told}"
    return f"自查 {words}（{told}）"


def _by_code(points: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {point["code"]: point for point in points}
