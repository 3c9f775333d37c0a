"""延期与调整: other dates for a published plan, with a reason; nothing that the draw rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from audit.canonical import sha256
from audit.models import AuditEvent
from audit.record import record
from chabaocu import edits
from chabaocu.errors import Refused, StaleState
from orgs.models import User
from plans.completeness import phase_gaps
from plans.models import Plan, Visit

Window = tuple[date, date]
CHANGED = "plan.dates"


@dataclass(frozen=True)
class DateChange:
    """One change of a published plan's dates, as its page tells it."""

    event: AuditEvent
    lines: tuple[str, ...]  # 督导完成日期：2017年12月8日 → 2017年12月15日


@transaction.atomic
def change_dates(
    plan: Plan,
    *,
    by: User,
    reason: str,
    visits_end_on: date,
    phases: Mapping[int, Window],
    seen: str | None = None,
) -> None:
    """Move the end of the plan and the windows of its phases, given by their ids.

    Raises Refused when dates are out of order, or when a visit that has its day would fall
    outside; ChangedError when the dates are no longer those the page showed (``seen``).
    """
    held = Plan.objects.filter(pk=plan.pk, status=Plan.Status.PUBLISHED)
    if not held.update(status=Plan.Status.PUBLISHED):
        raise StaleState
    plan.refresh_from_db()
    edits.check(seen, fingerprint(plan))
    before, visits = _dates(plan), _dated(plan)
    allowed = {visit.pk: _window(visit) for visit in visits}
    Plan.objects.filter(pk=plan.pk).update(visits_end_on=visits_end_on)
    for pk, (first, last) in phases.items():
        plan.phases.filter(pk=pk).update(starts_on=first, ends_on=last)
    plan.refresh_from_db()
    _check_order(plan, reason)
    _check_visits([v for v in _dated(plan) if _inside(v, allowed[v.pk])])
    if (after := _dates(plan)) == before:
        raise Refused("日期没有变动，没有保存。")
    record(CHANGED, plan, by=by, stream=plan.stream, before=before, after=after, reason=reason)


def fingerprint(plan: Plan) -> str:
    """What the page of the dates carries along."""
    return sha256(_dates(plan))


def date_changes(plan: Plan) -> list[DateChange]:
    """Every change of the dates since the plan was published, the newest first."""
    events = AuditEvent.objects.filter(stream__name=plan.stream, action=CHANGED)
    rows = list(events.order_by("-seq"))
    names = list(_dates(plan)) if rows else []
    return [DateChange(event, tuple(_lines(event, names))) for event in rows]


def _lines(event: AuditEvent, names: list[str]) -> list[str]:
    pairs = ((name, event.before.get(name), event.after.get(name)) for name in names)
    return [f"{name}：{was} → {now}" for name, was, now in pairs if was != now]


def _dates(plan: Plan) -> dict[str, Any]:
    """The dates in the words of the page."""
    phases = {
        f"第{phase.order}阶段“{phase.name}”": f"{_words(phase.starts_on)}至{_words(phase.ends_on)}"
        for phase in plan.phases.all()
    }
    return {"督导完成日期": _words(plan.visits_end_on)} | phases


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _dated(plan: Plan) -> list[Visit]:
    visits = plan.visits.exclude(status=Visit.Status.CANCELLED).exclude(visit_on=None)
    return list(visits.select_related("plan", "phase", "target").order_by("visit_on", "pk"))


def _window(visit: Visit) -> Window:
    """The days a visit may have: those of the plan that are in its phase."""
    plan, phase = visit.plan, visit.phase
    return max(plan.starts_on, phase.starts_on), min(plan.visits_end_on, phase.ends_on)


def _inside(visit: Visit, window: Window) -> bool:
    return window[0] <= visit.visit_on <= window[1]


def _check_order(plan: Plan, reason: str) -> None:
    if not reason.strip():
        raise Refused("请写明调整的理由。")
    if plan.visits_end_on < plan.starts_on:
        raise Refused("督导完成日期不能早于方案的开始日期。")
    if backward := [p.name for p in plan.phases.all() if p.ends_on < p.starts_on]:
        raise Refused(f"阶段“{'、'.join(backward)}”的结束日期不能早于开始日期。")
    if found := phase_gaps(plan):
        raise Refused("；".join(gap.text for gap in found) + "。")


def _check_visits(visits: list[Visit]) -> None:
    """Refuse when one that had its day inside the old dates is outside the new ones."""
    fallen = [visit for visit in visits if not _inside(visit, _window(visit))]
    if fallen:
        named = "、".join(f"{v.target.name}（{_words(v.visit_on)}）" for v in fallen[:3])
        more = f"等 {len(fallen)} 次督导" if len(fallen) > 3 else ""
        raise Refused(f"{named}{more}已排的日期落在新的日期之外，请先在日程里改期。")
