"""Ask the units of a round to check themselves before the teams come (自查自纠)."""

from datetime import date

from django.db import transaction
from django.db.models import F

from audit.record import record
from chabaocu.errors import Refused
from orgs.models import User
from plans.actions.team import hold_plan
from plans.actions.visit import Outcome
from plans.models import Phase, Plan, Visit
from plans.self_check_phase import phase_of, unasked

S = Visit.Status
NAME = "自查自纠"


@transaction.atomic
def open_self_check(
    plan: Plan, *, by: User, starts_on: date | None = None, ends_on: date | None = None
) -> Outcome:
    """One 自查 for each unit of the round, drawn or named, that was not asked yet.

    The days are asked for where the plan has no such phase. Doing it again adds nothing; a unit
    at which somebody has begun is left, named.
    """
    hold_plan(plan)
    if plan.status != Plan.Status.PUBLISHED:
        raise Refused("方案发布后才能打开自查自纠。")
    waiting = unasked(plan).select_related("target", "region", "version")
    visits = list(waiting.order_by("place", "target_kind", "pk"))
    if not visits and not plan.visits.filter(scorer=Phase.Scorer.SELF).exists():
        raise Refused("本轮还没有督导单位：先抽取并生成督导，或添加单位，再打开自查自纠。")
    phase, outcome = phase_of(plan) or _add_phase(plan, starts_on, ends_on), Outcome()
    begun = {visit.target_id for visit in visits if visit.status != S.PLANNED}
    for visit in {visit.target_id: visit for visit in reversed(visits)}.values():
        if visit.target_id in begun:
            outcome.left.append(f"{visit.target.name}：督导组已经开始填写")
        else:
            _ask(phase, visit, by)
            outcome.made += 1
    days = {"phase": phase.name, "starts_on": phase.starts_on, "ends_on": phase.ends_on}
    after = days | {"made": outcome.made}
    record("plan.self_check", plan, by=by, stream=plan.stream, after=after)
    return outcome


def _ask(phase: Phase, visit: Visit, by: User) -> None:
    """The unit fills the very table by which the team will judge it."""
    check = Visit.objects.create(
        plan_id=visit.plan_id,
        phase=phase,
        target=visit.target,
        target_kind=visit.target_kind,
        region=visit.region,
        version=visit.version,
        questions=visit.questions,
    )
    record("visit.add", check, by=by, stream=check.stream, after={"phase": phase.name})


def _add_phase(plan: Plan, starts_on: date | None, ends_on: date | None) -> Phase:
    """自查自纠 as the first phase of a plan that was issued without one."""
    if starts_on is None or ends_on is None:
        raise Refused("请写明自查自纠的开始和结束日期。")
    if ends_on < starts_on:
        raise Refused("自查自纠的结束日期不能早于开始日期。")
    for phase in plan.phases.order_by("-order"):
        Phase.objects.filter(pk=phase.pk).update(order=F("order") + 1)
    window = {"starts_on": starts_on, "ends_on": ends_on}
    return Phase.objects.create(plan=plan, order=1, name=NAME, scorer=Phase.Scorer.SELF, **window)
