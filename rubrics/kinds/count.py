"""count: a number of times is scored by thresholds."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rubrics.kinds.ladder import falls, listed
from rubrics.kinds.outcome import Choice, Outcome, spelled, times_of, whole_or_text

INPUT = "count"


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """The points of the first step reached: ``{"count": 2}``."""
    count = times_of(inputs, INPUT, params["unit"])
    step = next((s for s in params["steps"] if count >= s["at_least"]), None)
    gained = Decimal(step["points"]) if step else Decimal(0)
    label = step["label"] if step else "未达到"
    text = f"{count}{params['unit']}：{label}，得 {spelled(gained)} 分"
    return Outcome(gained, text, {INPUT: count})


def read(value: str) -> Any:
    """The input that a form's field stands for."""
    return whole_or_text(value)


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The ladder: one step each, the highest first, with the count from which it is reached."""
    return tuple(
        Choice({INPUT: step["at_least"]}, step["label"], Decimal(step["points"]))
        for step in params["steps"]
    )


def words(points: Decimal, params: Mapping[str, Any]) -> str:
    """How the point is scored, in one line."""
    return listed(choices(points, params))


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    steps = params.get("steps", ())
    if not steps:
        return ["没有列出次数的档"]
    found = []
    gained = [Decimal(step["points"]) for step in steps]
    bounds = [step["at_least"] for step in steps]
    if gained[0] != points:
        found.append(f"最高一档 {spelled(gained[0])} 分，与本点 {spelled(points)} 分不符")
    if not falls(bounds) or not falls(gained) or bounds[-1] != 0 or gained[-1] < 0:
        found.append("各档须从多到少，最后一档从 0 起")
    return found
