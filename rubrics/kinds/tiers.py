"""tiers: the highest level reached gives its points; none reached gives none."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rubrics.kinds.ladder import listed
from rubrics.kinds.outcome import Choice, InvalidInput, Outcome, only, spelled, whole_or_text

INPUT = "level"
NONE = "none"  # the field's value for 都没有达到


def score(points: Decimal, params: Mapping[str, Any], inputs: object) -> Outcome:
    """That level's points: ``{"level": 0}`` counts into ``levels``, ``None`` is none reached."""
    level = only(inputs, INPUT, _asked)
    if level is None:
        return Outcome(Decimal(0), f"{none_label(params)}，得 0 分", {INPUT: None})
    levels = params["levels"]
    if type(level) is not int or not 0 <= level < len(levels):
        raise InvalidInput(_asked())
    gained = Decimal(levels[level]["points"])
    text = f"{levels[level]['label']}，得 {spelled(gained)} 分"
    return Outcome(gained, text, {INPUT: level})


def read(value: str) -> Any:
    """The input that a form's field stands for."""
    return None if value == NONE else whole_or_text(value)


def shown(value: Any) -> str:
    """What the field shows for this input."""
    return NONE if value is None else str(value)


def choices(points: Decimal, params: Mapping[str, Any]) -> tuple[Choice, ...]:
    """One row a level, the highest first, and none reached last."""
    rows = [
        Choice({INPUT: index}, level["label"], Decimal(level["points"]))
        for index, level in enumerate(params["levels"])
    ]
    return (*rows, Choice({INPUT: None}, none_label(params), Decimal(0)))


def words(points: Decimal, params: Mapping[str, Any]) -> str:
    """How the point is scored, in one line."""
    return listed(choices(points, params))


def faults(points: Decimal, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with the parameters, before the table may be published."""
    steps = [Decimal(level["points"]) for level in params.get("levels", ())]
    if not steps:
        return ["没有列出级别"]
    found = []
    if steps[0] != points:
        found.append(f"最高一级 {spelled(steps[0])} 分，与本点 {spelled(points)} 分不符")
    if steps != sorted(set(steps), reverse=True) or steps[-1] < 0:
        found.append("各级分值须从高到低")
    return found


def none_label(params: Mapping[str, Any]) -> str:
    """What no level reached is called."""
    return params.get("none_label", "都没有达到")


def _asked() -> str:
    return "请从所列级别中选一个，都没有达到的选最后一项。"
