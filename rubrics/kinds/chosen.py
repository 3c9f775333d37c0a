"""chosen: a deduction the inspector chooses within a range (扣5～10分)."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from rubrics.kinds.outcome import Choice, InvalidInput, Outcome, decimal_of, only, spelled

INPUT = "minus"
STEP = "0.5"


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """Full marks less the deduction: ``{"minus": "7"}``; 0 where there is nothing to deduct."""
    low, high, step = _range(params)
    asked = partial(_asked, low, high, step)
    minus = decimal_of(only(inputs, INPUT, asked), asked)
    if minus and (not low <= minus <= high or (minus - low) % step):
        raise InvalidInput(asked())
    lost = min(minus, points)
    text = f"扣 {spelled(minus)} 分" if minus else "不扣分"
    over = minus - lost if params.get("spills") else Decimal(0)
    return Outcome(points - lost, text, {INPUT: spelled(minus)}, over)


def read(value: str) -> Any:
    """The input that a form's field stands for."""
    return value


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The three that take one tap: nothing, the least and the most."""
    low, high, _ = _range(params)
    return tuple(
        Choice(
            {INPUT: spelled(m)}, f"扣{spelled(m)}分" if m else "不扣", max(points - m, Decimal(0))
        )
        for m in dict.fromkeys((Decimal(0), low, high))
    )


def words(points: Decimal, params: Mapping[str, Any]) -> str:
    """How the point is scored, in one line."""
    low, high, step = _range(params)
    found = f"扣 {spelled(low)} 到 {spelled(high)} 分，每格 {spelled(step)} 分"
    return f"满分 {spelled(points)} 分，{found}"


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    if not {"low", "high"} <= params.keys():
        return ["没有写明扣分的范围"]
    low, high, step = _range(params)
    if not 0 < low <= high or step <= 0:
        return ["扣分的范围须从低到高，大于 0"]
    if high > points and not params.get("spills"):
        return [f"扣分最多 {spelled(high)} 分，超过本点 {spelled(points)} 分"]
    return []


def _range(params: Mapping[str, Any]) -> tuple[Decimal, Decimal, Decimal]:
    low, high, step = params["low"], params["high"], params.get("step", STEP)
    return Decimal(low), Decimal(high), Decimal(step)


def _asked(low: Decimal, high: Decimal, step: Decimal) -> str:
    return f"扣分要填 0，或 {spelled(low)} 到 {spelled(high)}，每格 {spelled(step)} 分。"
