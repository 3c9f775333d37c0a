"""Two results of the same unit, point by point: where they differ. Pure.

《石狮市开展重点镇安全生产标准化提质增效督导帮扶行动实施方案》四（二）2: 督导核实, 核实结果不一致的,
重新组织专家开展帮扶. Points are matched by their codes; what has no counterpart is a difference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NONE = "—"


@dataclass(frozen=True)
class Said:
    """What one result says of one point."""

    points: Decimal | None
    words: str
    reason: str = ""
    not_applicable: bool = False
    verdict: str = ""  # good, partly or bad where the point is judged and not scored

    @classmethod
    def of(cls, point: Mapping[str, Any]) -> "Said":
        """A point as frozen papers keep it."""
        verdict = point.get("verdict", "")
        scored = point["points"] is not None and not verdict
        points = Decimal(point["points"]) if scored else None
        not_applicable = bool(point["not_applicable"])
        return cls(points, _words(point, points), point["reason"], not_applicable, verdict)

    @property
    def mark(self) -> tuple[Decimal | None, str, bool]:
        """What counts when two are compared: never the reason's wording."""
        return self.points, "" if self.points is not None else self.words, self.not_applicable


def _words(point: Mapping[str, Any], points: Decimal | None) -> str:
    if point["not_applicable"]:
        return "不适用"
    if points is not None:
        return f"{points.normalize():f}分"
    return point["explanation"] or NONE


@dataclass(frozen=True)
class Difference:
    """One point on which the results do not agree; None where it is missing."""

    code: str
    helped: Said | None
    supervised: Said | None

    @property
    def change(self) -> Decimal | None:
        """How many points 督导 gave more than 帮扶; None where one gave no points."""
        if None in (self.helped, self.supervised):
            return None
        one, other = self.helped.points, self.supervised.points
        return None if None in (one, other) else other - one


def differences(
    helped: Iterable[Mapping[str, Any]], supervised: Iterable[Mapping[str, Any]]
) -> list[Difference]:
    """Where the frozen points of 帮扶 and 督导 differ, in the order of the 督导's table."""
    first = {point["code"]: Said.of(point) for point in helped}
    second = {point["code"]: Said.of(point) for point in supervised}
    codes = [*second, *(code for code in first if code not in second)]
    pairs = (Difference(code, first.get(code), second.get(code)) for code in codes)
    return [pair for pair in pairs if _mark(pair.helped) != _mark(pair.supervised)]


def _mark(said: Said | None) -> tuple | None:
    return said.mark if said else None
