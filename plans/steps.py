"""The steps of making a plan, in order."""

from dataclasses import dataclass

from django.urls import reverse

from plans.completeness import Gap
from plans.models import Plan

STEPS = {
    "basis": "依据与时间",
    "rubrics": "评分表与对象",
    "rule": "抽取规则",
    "teams": "督导组与回避",
    "phases": "阶段与期限",
    "check": "核对并发布",
}
# what a visitor of the page may do there is independent of the order
ORDER = list(STEPS)


@dataclass(frozen=True)
class Step:
    """One step as the head of each page shows it."""

    key: str
    label: str
    number: int
    url: str
    done: bool
    current: bool


def step_url(plan: Plan, key: str) -> str:
    """The page of a step."""
    return reverse(f"plans:plan_{key}", args=[plan.pk])


def steps(plan: Plan, current: str, missing: list[Gap]) -> list[Step]:
    """All steps; done are those behind this one, or complete, that lack nothing."""
    lacking = {gap.step for gap in missing} | {"check"}
    if not plan.teams.exists():
        lacking.add("teams")
    return [
        Step(
            key,
            label,
            n,
            step_url(plan, key),
            key not in lacking,
            key == current,
        )
        for n, (key, label) in enumerate(STEPS.items(), 1)
    ]


def following(key: str) -> str:
    """The step after this one; the last stays."""
    return ORDER[min(ORDER.index(key) + 1, len(ORDER) - 1)]


def preceding(key: str) -> str:
    """The step before this one; the first stays."""
    return ORDER[max(ORDER.index(key) - 1, 0)]
