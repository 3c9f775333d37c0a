"""Visits that no draw leads to: units named by hand, for a phase of the plan."""

from collections.abc import Iterable

from django.db import transaction

from audit.record import record
from chabaocu.errors import Refused
from orgs.models import Organization, User
from plans.actions.team import hold_plan
from plans.models import Phase, Plan, Visit
from plans.targets import targets_of
from plans.unit_pools import units_of
from plans.unit_rules import UnitsRule, stored_rule
from rubrics.models import Criterion, Rubric, Version

S = Visit.Status


def named_in(plan: Plan, phase: Phase) -> list[tuple[str, str]]:
    """The kinds (with labels) whose units are named by hand in this phase.

    Where the teams score, what the rule draws comes from the draw alone (源2 七：全部随机抽取);
    the units to be helped are chosen by the towns (源4 四（一）：选取本辖区内100家).
    """
    rule = stored_rule(plan.sampling)
    if not isinstance(rule, UnitsRule) or phase.scorer == Phase.Scorer.NOBODY:
        return []
    of_draw = rule.stages if phase.scorer == Phase.Scorer.TEAM else ()
    return [one for one in targets_of(plan) if one[0] not in of_draw]


def free_units(plan: Plan, phase: Phase, target: str):
    """The units of a kind within the issuer's reach that have no visit in this phase."""
    standing = plan.visits.filter(phase=phase).exclude(status=S.CANCELLED)
    return units_of(plan, target).exclude(pk__in=standing.values("target"))


@transaction.atomic
def add_visits(
    plan: Plan, *, by: User, phase: Phase, target: str, units: Iterable[Organization]
) -> int:
    """One visit for each of the units in the phase; how many were made.

    A unit that has a visit there already is left as it is. Refused for a kind that is drawn.
    """
    hold_plan(plan)
    if plan.status != Plan.Status.PUBLISHED:
        raise Refused("方案发布后才能添加督导。")
    if phase.plan_id != plan.pk or target not in dict(named_in(plan, phase)):
        raise Refused(f"“{phase.name}”阶段不逐个确定这类对象。")
    version = plan.rubrics.select_related("version").get(target=target).version
    wanted = [unit.pk for unit in units]
    chosen = list(free_units(plan, phase, target).filter(pk__in=wanted).select_related("region"))
    if not chosen:
        raise Refused("没有新的单位可以添加：请勾选还没有安排的单位。")
    questions = questions_of(version)
    for unit in chosen:
        visit = Visit.objects.create(
            plan=plan,
            phase=phase,
            target=unit,
            target_kind=target,
            region=unit.region,
            version=version,
            questions=questions,
        )
        record("visit.add", visit, by=by, stream=visit.stream, after={"phase": phase.name})
    names = [unit.name for unit in chosen]
    after = {"phase": phase.name, "kind": Rubric.Target(target).label, "units": names}
    record("plan.visits", plan, by=by, stream=plan.stream, after=after)
    return len(chosen)


def questions_of(version: Version) -> int:
    """How many scoring points a table has."""
    return Criterion.objects.filter(item__section__version=version).count()
