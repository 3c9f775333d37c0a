"""award: the inspector gives points from 0 to the point's full marks, in steps."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rubrics.kinds.outcome import Choice, InvalidInput, Outcome, only, spelled

NUMBER = re.compile(r"[0-9]{1,5}(\.[0-9]{1,2})?", re.ASCII)
STEP = "0.5"


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """The points as entered: ``{"points": "1.5"}``."""
    step = step_of(params)
    message = f"得分要填 0 到 {spelled(points)}，每格 {spelled(step)} 分。"
    given = _number(only(inputs, "points", message), message)
    if given > points or (given % step and given != points):
        raise InvalidInput(message)
    text = f"得 {spelled(given)} 分，满分 {spelled(points)} 分"
    return Outcome(given, text, {"points": spelled(given)})


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The two that take one tap: full marks and nothing."""
    return (
        Choice({"points": spelled(points)}, "满分", points),
        Choice({"points": "0"}, "0 分", Decimal(0)),
    )


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    return [] if step_of(params) > 0 else ["给分的步长须大于 0"]


def step_of(params: Mapping[str, Any]) -> Decimal:
    """The step in which points are given."""
    return Decimal(params.get("step", STEP))


def _number(value: object, message: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InvalidInput(message)
    if not NUMBER.fullmatch(str(value)):
        raise InvalidInput(message)
    return Decimal(value)
