"""deduct: each occurrence costs the same, up to the cap (每发现一家扣1分，扣满5分为止)."""

from collections.abc import Mapping
from decimal import Decimal
from math import ceil
from typing import Any

from rubrics.kinds.outcome import Choice, Outcome, spelled, times_of, whole_or_text

INPUT = "times"


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """Full marks less what the occurrences cost: ``{"times": 2}``, not below 0."""
    times = times_of(inputs, INPUT, params["unit"])
    cost = Decimal(params["each"]) * times
    lost = min(cost, cap_of(points, params))
    over = max(cost - points, Decimal(0)) if params.get("spills") else Decimal(0)
    return Outcome(points - lost, _said(times, cost, lost, over, params), {INPUT: times}, over)


def read(value: str) -> Any:
    """The input that a form's field stands for."""
    return whole_or_text(value)


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The ladder: nothing found, then one more each, down to the cap."""
    each, cap = Decimal(params["each"]), cap_of(points, params)
    rungs = range(ceil(cap / each) + 1)
    return tuple(
        Choice({INPUT: n}, f"{n}{params['unit']}", points - min(each * n, cap)) for n in rungs
    )


def words(points: Decimal, params: Mapping[str, Any]) -> str:
    """How the point is scored, in one line."""
    text = f"满分 {spelled(points)} 分，每{params['unit']}扣 {spelled(Decimal(params['each']))} 分"
    if params.get("spills"):
        return f"{text}，扣完后在本类目内扣"
    return f"{text}，扣满 {spelled(cap_of(points, params))} 分为止"


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    found = []
    if Decimal(params.get("each", 0)) <= 0:
        found.append("每次扣分须大于 0")
    if not params.get("unit"):
        found.append("没有写明扣分的单位（家、处、年……）")
    if not 0 < cap_of(points, params) <= points:
        found.append(f"扣分上限须大于 0，不超过本点 {spelled(points)} 分")
    return found


def cap_of(points: Decimal, params: Mapping[str, Any]) -> Decimal:
    """The most this point itself can lose; where nothing is said, all of it."""
    return Decimal(params.get("cap", points))


def _said(
    times: int, cost: Decimal, lost: Decimal, over: Decimal, params: Mapping[str, Any]
) -> str:
    text = f"{times}{params['unit']}，扣 {spelled(lost)} 分"
    if over:
        return f"{text}，另在本类目内扣 {spelled(over)} 分"
    return f"{text}（扣满为止）" if cost > lost else text
