"""Replace what was drawn and cannot be visited: an enterprise, or a county with its enterprises."""

import json

from django.db import transaction
from django.utils import timezone

from chabaocu.errors import Refused, StaleState
from orgs.models import User
from plans import draw as algorithm
from plans.draws import end_visit, hold, note
from plans.models import Draw, Pick, Visit
from plans.sampling import Candidate, Group, Quota
from plans.supplements import frozen_counties

UNTOUCHED = [Visit.Status.PLANNED, Visit.Status.CANCELLED]


@transaction.atomic
def replace(pick: Pick, *, by: User, reason: str) -> Pick | None:
    """Put the next in rank that keeps the quota in the place of one that cannot be visited.

    None when there is none: recorded as 无可替换, with the reason. With a county its drawn
    enterprises end; the one that comes in gets a supplementary draw (plans.supplements).
    """
    draw = pick.draw
    hold(draw.plan)
    is_county = draw.stage == Draw.Stage.COUNTIES
    if is_county:
        _check_county(pick)
    _take_out(pick, reason)
    pick.refresh_from_db(fields=["status", "reason"])
    end_visit(pick, by, f"被替换：{reason}")
    if is_county:
        _end_enterprises(pick, by, f"{pick.region}被替换：{reason}")
    chosen = _substitute(pick)
    _note_replacement(draw, pick, chosen, by, reason)
    return chosen


def _take_out(pick: Pick, reason: str) -> None:
    standing = Pick.objects.filter(pk=pick.pk).standing()
    if not standing.update(status=Pick.Status.REPLACED, reason=reason):
        raise StaleState


def _check_county(pick: Pick) -> None:
    """Refuse while its enterprises are half drawn, or papers of its visits exist."""
    draws = pick.draw.plan.draws.filter(stage=Draw.Stage.ENTERPRISES, status=Draw.Status.FROZEN)
    if any(pick.region_id in frozen_counties(draw) for draw in draws):
        raise Refused(
            f"{pick.region}的企业名单已冻结、还没有抽取。请先抽完，或先作废企业抽取，再替换县。"
        )
    begun = [visit for visit in _held_visits(pick) if visit.status not in UNTOUCHED]
    if late := [visit.target.name for visit in begun if not visit.is_editable]:
        raise Refused(f"{'、'.join(late)}的督导材料已提交，{pick.region}不能再替换。")
    if begun:
        names = "、".join(visit.target.name for visit in begun)
        raise Refused(
            f"{pick.region}有 {len(begun)} 次督导已开始填写：{names}。"
            "请先在日程里逐次写明理由取消，再替换这个县（市、区）。"
        )


def _held_visits(county: Pick) -> list[Visit]:
    """All visits of the county, held so that none is begun before they are cancelled."""
    visits = Visit.objects.unscoped(reason="the visits of a county one may replace")
    picks = [county.pk, *_enterprise_picks(county).values_list("pk", flat=True)]
    held = visits.filter(pick__in=picks).select_for_update(of=("self",))
    return list(held.select_related("target").order_by("pk"))


def _enterprise_picks(county: Pick):
    """What was drawn among the enterprises of a county, replaced ones and reserves too."""
    picks = Pick.objects.unscoped(reason="the enterprises of a county one may replace")
    drawn = county.draw.plan.draws.filter(stage=Draw.Stage.ENTERPRISES, status=Draw.Status.DRAWN)
    return picks.filter(draw__in=drawn, group=county.region_id)


def _end_enterprises(county: Pick, by: User, reason: str) -> None:
    """End the drawn enterprises of a county that was replaced, and their visits."""
    first = _enterprise_picks(county).select_related("draw__plan").first()
    if first is None:
        return
    draw, ended = first.draw, list(_enterprise_picks(county).standing())
    Pick.objects.filter(pk__in=[pick.pk for pick in ended]).update(
        status=Pick.Status.ENDED, reason=reason
    )
    for pick in ended:
        end_visit(pick, by, reason)
    code = _group_of(first)[0].code
    steps = [step for step in draw.result["replacements"] if step["group"] == code]
    end = {"group": code, "steps": len(steps), "reason": reason, "at": _now()}
    draw.result["ended"] = [*draw.result.get("ended", []), end]
    draw.save(update_fields=["result"])
    note("draw.end", draw, by, reason=reason, after={"ended": [str(pick) for pick in ended]})


def _substitute(pick: Pick) -> Pick | None:
    """Find and mark the first unused reserve of the group that keeps the quota."""
    group, quota = _group_of(pick)
    units = {unit.id: unit for unit in group.candidates}
    picks = list(pick.draw.picks.filter(group=pick.group_id).order_by("rank"))
    lost = {one.replaces_id for one in picks}
    standing = [one for one in picks if one.status != Pick.Status.RESERVE and one.pk not in lost]
    reserves = {_unit(one, units).code: one for one in picks if one.status == Pick.Status.RESERVE}
    found = algorithm.replacement(
        [_unit(one, units) for one in standing],
        _unit(pick, units).code,
        [_unit(one, units) for one in reserves.values()],
        quota,
    )
    if found is None:
        return None
    chosen = reserves[found.code]
    chosen.status, chosen.replaces = Pick.Status.SUBSTITUTE, pick
    chosen.save(update_fields=["status", "replaces"])
    return chosen


def _group_of(pick: Pick) -> tuple[Group, Quota]:
    groups, quota = algorithm.read_groups(json.loads(pick.draw.frozen_list))
    return next(group for group in groups if group.id == pick.group_id), quota


def _unit(pick: Pick, units: dict[int, Candidate]) -> Candidate:
    return units[pick.region_id or pick.organization_id]


def _note_replacement(draw: Draw, pick: Pick, chosen: Pick | None, by: User, reason: str) -> None:
    """Keep the step in the result, so that the proof can be recomputed to the end."""
    group, _ = _group_of(pick)
    units = {unit.id: unit for unit in group.candidates}
    draw.refresh_from_db(fields=["result"])
    step = {
        "group": group.code,
        "out": _unit(pick, units).code,
        "in": _unit(chosen, units).code if chosen else None,
        "reason": reason,
        "at": _now(),
    }
    draw.result["replacements"].append(step)
    draw.save(update_fields=["result"])
    after = {"replaced": str(pick), "by": str(chosen) if chosen else "无可替换"}
    note("draw.replace", draw, by, after=after, reason=reason)


def _now() -> str:
    return timezone.now().isoformat(timespec="seconds")
