"""Rules a move must meet beside state and permission; each says in Chinese what forbids it."""

from collections.abc import Callable
from typing import Any

from plans.models import Visit
from scoring.completeness import missing


def outside_team(visit: Visit, by: Any) -> str:
    """Four eyes: who filled a sheet does not confirm it."""
    if visit.team_id and visit.team.members.filter(user=by).exists():
        return "您是这个督导组的成员，须由其他人员确认。"
    return ""


def complete(visit: Visit, by: Any) -> str:
    """Nothing may be open, unsettled or unsigned (《域》4：Complete)."""
    gaps = missing(visit.sheets.get(revision=visit.revision))
    return f"还差 {len(gaps)} 项，补齐后才能提交：{gaps[0].label}。" if gaps else ""


GUARDS: dict[str, Callable[[Visit, Any], str]] = {
    "outside_team": outside_team,
    "complete": complete,
}
