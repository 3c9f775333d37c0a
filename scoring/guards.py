"""Rules a move must meet beside state and permission; each says in Chinese what forbids it."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from plans.models import Visit
from scoring.completeness import missing
from scoring.workflow import Move

S = Visit.Status
SAME_HAND = "这一稿是您初审的，须由另一人确认。"
TOO_LATE = "督导组已经开始填写，自查不能再填报或更正。"


def begun(visit: Visit) -> bool:
    """Whether somebody who was sent has begun at the unit of a 自查."""
    return visit.is_self and _of_teams(visit).exclude(status=S.PLANNED).exists()


def outside_team(visit: Visit, by: Any) -> str:
    """Four eyes: who filled a sheet does not confirm it."""
    members = visit.team.members.all() if visit.team_id else ()
    if any(member.user_id == by.pk for member in members):
        return "您是这个督导组的成员，须由其他人员确认。"
    return ""


def may_vet(visit: Visit, by: Any) -> str:
    """初审 is asked for by the plan, and is a reviewer's as the confirmation is."""
    return outside_team(visit, by) if visit.plan.four_eyes else "本方案不要求初审，可以直接确认。"


def confirmable(visit: Visit, by: Any) -> str:
    """Outside the team; where the plan asks for two reviewers, after 初审 by another."""
    if visit.plan.four_eyes and visit.vetted_at is None:
        return "本方案要求两人审核：先由一人初审，再由另一人确认。"
    if visit.vetted_by_id == by.pk:
        return SAME_HAND
    return outside_team(visit, by)


def complete(visit: Visit, by: Any) -> str:
    """Nothing may be open, unsettled or unsigned (《域》4：Complete)."""
    gaps = missing(visit.sheets.get(revision=visit.revision))
    return f"还差 {len(gaps)} 项，补齐后才能提交：{gaps[0].label}。" if gaps else ""


def in_time(visit: Visit, by: Any) -> str:
    """自查 comes before the team: once somebody who was sent fills, it stays as it is.

    Holds the visits of the teams, so that none begins while a 自查 is filed or taken back.
    """
    if not visit.is_self:
        return ""
    begun = [one for one in _of_teams(visit).select_for_update() if one.status != S.PLANNED]
    return TOO_LATE if begun else ""


def _of_teams(visit: Visit) -> QuerySet[Visit]:
    visits = Visit.objects.unscoped(reason="whoever else comes to the same unit")
    same = visits.filter(plan=visit.plan_id, target=visit.target_id).by_teams()
    return same.exclude(status=S.CANCELLED).order_by("pk")


def complete_in_time(visit: Visit, by: Any) -> str:
    """Complete, and before the team."""
    return complete(visit, by) or in_time(visit, by)


GUARDS: dict[str, Callable[[Visit, Any], str]] = {
    "may_vet": may_vet,
    "confirmable": confirmable,
    "complete": complete,
    "in_time": in_time,
    "complete_in_time": complete_in_time,
}


def refusal(visit: Visit, move: Move, by: Any) -> str:
    """What the move's guard says against it; nothing where it may be made."""
    return GUARDS[move.guard](visit, by) if move.guard else ""
