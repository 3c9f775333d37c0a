"""What stands beside each mark for its reviewer: 自查, and the last round's result. Pure.

The columns are the desk's own and are not printed. Differences are present less other, with a sign.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rubrics.kinds.outcome import spelled
from scoring.comparison import NONE, Said
from scoring.self_comparison import Compared, Lean, signed

Frozen = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """What another paper says of a point, and how the present mark differs from it."""

    said: str
    change: str = ""
    tone: str = ""  # ok where the present mark is higher, warn where it is lower
    about: str = ""  # what ``said`` speaks of, where it is not the same point

    @classmethod
    def of(cls, other: Said, present: Said | None) -> "Side":
        """One point of both; no difference is told while the present one is open."""
        said = other.words if other.points is None else spelled(other.points)
        if present is None or present.words == NONE:
            return cls(said)
        pair = Compared("", 0, other, present)
        if pair.lean == Lean.SAME:
            return cls(said)
        change = pair.change
        tone = "" if change is None else "ok" if change > 0 else "warn"
        return cls(said, "不同" if change is None else signed(change), tone)


@dataclass(frozen=True)
class Paper:
    """Another paper of the same unit: its sums, and what it says point by point."""

    name: str
    about: str
    total: Decimal | None
    rate: Decimal | None
    change: str  # of the totals; nothing where they are not of one table
    points: Mapping[str, Side]


def paper(name: str, about: str, other: Frozen, present: Frozen, same: Iterable[str]) -> Paper:
    """``other`` beside ``present``, both frozen; ``same`` holds the codes of points in both.

    Of a point that the other has not, the rate of its item is told where that item is there.
    """
    said, wanted = {p["code"]: Said.of(p) for p in other["points"]}, frozenset(same)
    rates = _rates(other)
    found = {}
    for point in present["points"]:
        code = point["code"]
        if code in wanted and code in said:
            found[code] = Side.of(said[code], Said.of(point))
        elif point["item"] in rates:
            found[code] = Side(rates[point["item"]], about="该项得分率")
    judged = not Decimal(other["version"]["total"])
    total = None if judged else Decimal(other["total"])
    rate = None if judged or other["rate"] is None else Decimal(other["rate"])
    return Paper(name, about, total, rate, _change(other, present), found)


def _rates(other: Frozen) -> dict[int, str]:
    """得分率 of each item that has points."""
    return {
        item["number"]: f"{spelled(_percent(item))}%"
        for item in other["items"]
        if item["points"] is not None and item["max"] is not None and Decimal(item["max"])
    }


def _percent(item: Frozen) -> Decimal:
    return (Decimal(item["points"]) * 100 / Decimal(item["max"])).quantize(Decimal(1))


def _change(other: Frozen, present: Frozen) -> str:
    """Totals of one table can be compared, others by their rates only."""
    tables = {frozen["version"]["content_hash"] for frozen in (other, present)}
    full = Decimal(present["version"]["total"])
    if len(tables) > 1 or not full:
        return ""
    return signed(Decimal(present["total"]) - Decimal(other["total"]))
