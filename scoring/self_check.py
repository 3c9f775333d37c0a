"""自查自纠: what a unit said of itself, and who may know of it when.

A team sees what the unit said of a point only once the member has marked that point: before, it is
in nothing that the server sends them. 《石狮市开展重点镇安全生产标准化提质增效督导帮扶行动实施
方案》四（一）, 《高青县工业和信息化局安全生产大检查工作实施方案》四（二）.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from orgs.roles import SELF_PERMISSIONS, Permission
from plans.models import Phase, Visit
from rubrics.evaluate import score_point
from scoring.comparison import Said
from scoring.models import Mark, Scoresheet, SelfComparison
from scoring.self_comparison import beside, compare, tally

S = Visit.Status
Points = Mapping[str, Mapping[str, Any]]


def asked_of(visit: Visit) -> Visit | None:
    """The 自查 asked of the unit in the same round, the latest where there were several."""
    checks = Visit.objects.unscoped(reason="what the same unit said of itself")
    checks = checks.filter(plan=visit.plan_id, target=visit.target_id, scorer=Phase.Scorer.SELF)
    return checks.exclude(status=S.CANCELLED).order_by("-phase__order", "-pk").first()


def grants_of(visit: Visit, user: Any) -> frozenset[Permission]:
    """What this person may do with a 自查: all, if it is their unit's."""
    own = visit.is_self and visit.target_id == user.scope.organization_id
    return SELF_PERMISSIONS if own and user.may(Permission.SELF_CHECK) else frozenset()


def sheet_of(check_id: int | None) -> Scoresheet | None:
    """The papers of a 自查 as filed; None where it was not asked for or not filed."""
    sheets = Scoresheet.objects.unscoped(reason="the papers of a visit in hand")
    filed = sheets.filter(visit=check_id, visit__status=S.FILED)
    return filed.filter(revision=F("visit__revision")).first() if check_id else None


def points_of(check_id: int | None) -> Points:
    """The frozen points of a 自查 by their codes."""
    sheet = sheet_of(check_id)
    return {point["code"]: point for point in sheet.frozen["points"]} if sheet else {}


def told(points: Points, code: str, mine: Said | None) -> str:
    """What a member is told of the unit's own mark: nothing before their own, ``mine``."""
    if mine is None or code not in points:
        return ""
    return beside(Said.of(points[code]), mine)


def told_to(sheet: Scoresheet, user: Any) -> dict[str, str]:
    """What this person may know of the 自查 now, by point; ``sheet`` comes with its visit."""
    points = points_of(sheet.visit.self_check_id)
    if not points or not _is_member(sheet.visit, user):
        return {}
    marks = Mark.objects.filter(sheet=sheet, user=user).select_related("criterion")
    said = {mark.criterion.code: _said(mark) for mark in marks}
    return {code: told(points, code, mine) for code, mine in said.items() if mine}


def _is_member(visit: Visit, user: Any) -> bool:
    return visit.team_id is not None and visit.team.members.filter(user=user).exists()


def _said(mark: Mark) -> Said | None:
    """A mark as it is compared; None where it says nothing."""
    if not mark.inputs and not mark.not_applicable:
        return None
    point, outcome = mark.criterion, None
    if mark.inputs:
        outcome = score_point(point.kind, point.points, point.params, mark.inputs)
    return said_of(mark.points, outcome, not_applicable=mark.not_applicable)


def said_of(points: Any, outcome: Any, *, not_applicable: bool) -> Said:
    """A member's mark in the terms of a comparison."""
    verdict = outcome.verdict if outcome else ""
    given = None if verdict or not_applicable else points
    words = "不适用" if not_applicable else outcome.explanation if outcome else ""
    return Said(given, words, "", not_applicable, verdict)


def keep_comparison(sheet: Scoresheet) -> SelfComparison | None:
    """Count the unit's 自查 against papers just frozen; the caller holds them."""
    check = sheet_of(sheet.visit.self_check_id)
    if check is None:
        return None
    counted = tally(compare(check.frozen["points"], sheet.frozen["points"]))
    return SelfComparison.objects.create(sheet=sheet, check_sheet=check, **vars(counted))


def compared(found: SelfComparison) -> list:
    """Every point of both papers."""
    return compare(found.check_sheet.frozen["points"], found.sheet.frozen["points"])
