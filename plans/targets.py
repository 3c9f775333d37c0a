"""The kinds of targets of a plan: they follow from its sampling rule."""

from django.db.models import QuerySet

from plans.models import Plan, PlanRubric
from plans.sampling import SOURCE_1
from plans.unit_rules import stored_rule
from rubrics.models import Rubric


def targets_of(plan: Plan) -> list[tuple[str, str]]:
    """(kind, label) of everything the plan visits; before it has a rule, as source 1."""
    rule = stored_rule(plan.sampling) or SOURCE_1
    return [(target, Rubric.Target(target).label) for target in rule.targets]


def rubrics_of(plan: Plan) -> QuerySet[PlanRubric]:
    """The tables of these kinds; one chosen under an earlier rule is not of the plan."""
    targets = [target for target, _ in targets_of(plan)]
    chosen = plan.rubrics.filter(target__in=targets)
    return chosen.select_related("version").order_by("target")
