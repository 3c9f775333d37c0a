"""award: the inspector gives points from 0 to the point's full marks, in steps."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from rubrics.kinds.outcome import Choice, InvalidInput, Outcome, decimal_of, only, spelled

INPUT = "points"
STEP = "0.5"


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """The points as entered: ``{"points": "1.5"}``."""
    step = step_of(params)
    asked = partial(_asked, points, step)
    given = decimal_of(only(inputs, INPUT, asked), asked)
    if given > points or (given % step and given != points):
        raise InvalidInput(asked())
    said = spelled(given)
    return Outcome(given, f"得 {said} 分，满分 {spelled(points)} 分", {INPUT: said})


def read(value: str) -> Any:
    """The input that a form's field stands for."""
    return value


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The two that take one tap: full marks and nothing."""
    return (
        Choice({INPUT: spelled(points)}, "满分", points),
        Choice({INPUT: "0"}, "0 分", Decimal(0)),
    )


def words(points: Decimal, params: Mapping[str, Any]) -> str:
    """How the point is scored, in one line."""
    return f"0 到 {spelled(points)} 分，每格 {spelled(step_of(params))} 分"


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    return [] if step_of(params) > 0 else ["给分的步长须大于 0"]


def step_of(params: Mapping[str, Any]) -> Decimal:
    """The step in which points are given."""
    return Decimal(params.get("step", STEP))


def _asked(points: Decimal, step: Decimal) -> str:
    return f"得分要填 0 到 {spelled(points)}，每格 {spelled(step)} 分。"
