"""What a draft still lacks before it can be published, and where to add it."""

from dataclasses import dataclass

from orgs.models import User
from orgs.roles import Permission as P
from orgs.roles import holders_of
from plans.models import Phase, Plan
from plans.targets import targets_of
from plans.unit_rules import read_rule


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, named, with the step that mends it."""

    step: str
    text: str


TWO = 2
TEXTS = {
    "title": "方案名称",
    "basis": "督导依据",
    "tasks": "督导任务和时间安排",
    "contents": "督导内容",
    "methods": "督导方式",
    "requirements": "督导要求",
}


def gaps(plan: Plan) -> list[Gap]:
    """Everything that keeps this draft from being published, in the order of the steps."""
    empty = [label for name, label in TEXTS.items() if _empty(plan, name)]
    found = [Gap("basis", f"没有填写“{label}”") for label in empty]
    return found + _rubric_gaps(plan) + _rule_gaps(plan) + phase_gaps(plan)


def _empty(plan: Plan, name: str) -> bool:
    value = getattr(plan, name)
    return not (value.strip() if isinstance(value, str) else value)


def _rubric_gaps(plan: Plan) -> list[Gap]:
    chosen = {rubric.target for rubric in plan.rubrics.all()}
    return [
        Gap("rubrics", f"没有为“{label}”选择评分表")
        for target, label in targets_of(plan)
        if target not in chosen
    ]


def _rule_gaps(plan: Plan) -> list[Gap]:
    try:
        read_rule(plan.sampling)
    except ValueError as error:
        return [Gap("rule", str(error).rstrip("。"))]
    return []


def phase_gaps(plan: Plan) -> list[Gap]:
    """A phase scored by the teams must be there, within the plan's dates."""
    phases = list(plan.phases.all())
    team = [phase for phase in phases if phase.scorer == Phase.Scorer.TEAM]
    if not team:
        return [Gap("phases", "没有由督导组评分的阶段")]
    return [
        Gap("phases", f"阶段“{phase.name}”不在方案的起止日期之内")
        for phase in team
        if phase.starts_on < plan.starts_on or phase.ends_on > plan.visits_end_on
    ]


def notes(plan: Plan) -> list[Gap]:
    """What does not stop the publication but is worth a look."""
    found = []
    end = f"{plan.visits_end_on.month}月{plan.visits_end_on.day}日"
    for name in ("tasks", "requirements"):
        text = getattr(plan, name)
        if text and end not in text:
            found.append(Gap("basis", f"“{TEXTS[name]}”里没有写到督导完成日期{end}，请核对"))
    if f"{plan.year}年" not in plan.title:
        found.append(Gap("basis", f"方案名称里没有年度{plan.year}年，请核对"))
    if not plan.teams.exists():
        found.append(Gap("teams", "还没有督导组；可以先发布、抽取，再组建"))
    if plan.four_eyes and (count := _reviewers(plan)) < TWO:
        found.append(Gap("basis", f"审核须由两人，而本单位能审核的只有 {count} 人"))
    return found


def _reviewers(plan: Plan) -> int:
    """How many people of the issuer may review."""
    people = User.objects.unscoped(reason="the issuer's own people")
    roles = holders_of(P.VISIT_REVIEW)
    return people.filter(organization=plan.issuer_id, role__in=roles, is_active=True).count()
