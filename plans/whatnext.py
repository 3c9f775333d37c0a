"""What comes next for a plan, for those who run it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from chabaocu.lists import bounded_counts, told
from plans.completeness import gaps
from plans.models import Draw, Pick, Plan, Visit
from plans.recusal import standing_conflicts
from plans.steps import step_url
from plans.supplements import awaiting_supplement
from plans.unit_rules import Pool, UnitsRule, stored_rule


@dataclass(frozen=True)
class Move:
    """One thing to do, why, and where; ``post`` when the address takes a POST."""

    label: str
    why: str
    url: str
    post: bool = False


def address(name: str, *args: Any) -> str:
    """The page of that name, or nothing where it is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def what_next(plan: Plan, user: Any) -> list[Move]:
    """The moves that wait, the first of them first."""
    if plan.status == Plan.Status.DRAFT:
        return [_finish_draft(plan)]
    if plan.status != Plan.Status.PUBLISHED:
        return []
    return [
        move
        for move in (*_name_units(plan), *_draw(plan), *_prepare(plan), *_finish(plan))
        if move.url
    ]


def _finish_draft(plan: Plan) -> Move:
    if missing := gaps(plan):
        why = f"还差 {len(missing)} 项：" + "；".join(gap.text for gap in missing)
        return Move("继续填写方案", why, step_url(plan, missing[0].step))
    return Move("核对并发布", "内容已填齐。", step_url(plan, "check"))


def _draw(plan: Plan) -> list[Move]:
    drawn = set(
        plan.draws.filter(status=Draw.Status.DRAWN).values_list("stage", flat=True).distinct()
    )
    page = address("plans:draw_detail", plan.pk)
    rule = stored_rule(plan.sampling)
    if isinstance(rule, UnitsRule):
        return _draw_units(rule, drawn, page)
    if Draw.Stage.COUNTIES not in drawn:
        return [Move("抽取县（市、区）", "先冻结名单，再由两人录入种子。", page)]
    if Draw.Stage.ENTERPRISES not in drawn:
        return [Move("抽取企业", "县（市、区）已抽定，接着抽企业。", page)]
    if waiting := awaiting_supplement(plan):
        names = "、".join(map(str, waiting))
        return [Move("补充抽取企业", f"{names}是替换进来的，企业还没有抽。", page)]
    return []


def _draw_units(rule: UnitsRule, drawn: set[str], page: str) -> list[Move]:
    """One move for all kinds that wait: they are independent of each other."""
    waiting = "、".join(one.label for one in rule.drawn if one.target not in drawn)
    if not waiting:
        return []
    return [Move("抽取督导单位", f"{waiting}还没有抽：先冻结名单，再由两人录入种子。", page)]


def _bounded(visits: QuerySet[Visit]) -> str:
    """How many there are, in words; nothing where there is none."""
    (count,) = bounded_counts([visits])
    return told(count) if count else ""


def standing_picks(plan: Plan) -> QuerySet[Pick]:
    """Who is to be visited by the draws that stand."""
    return Pick.objects.filter(draw__plan=plan).standing()


def _without_team(plan: Plan) -> QuerySet[Visit]:
    """Of all visits few have no team: those are looked up first, and then whose they are."""
    waiting = Visit.objects.unscoped(reason="visits of the plan in hand").filter(team=None)
    return plan.visits.filter(pk__in=waiting.filter(status=Visit.Status.PLANNED).values("pk"))


def _name_units(plan: Plan) -> list[Move]:
    """Where units are named by hand and none is yet."""
    rule = stored_rule(plan.sampling)
    if not isinstance(rule, UnitsRule) or not (rule.listed or _helped(rule)):
        return []
    if plan.visits.filter(pick=None).exists():
        return []
    return [Move("添加督导单位", "不抽取的单位还没有确定。", address("plans:visit_add", plan.pk))]


def _helped(rule: UnitsRule) -> bool:
    return any(one.pool == Pool.HELPED for one in rule.drawn)


def _prepare(plan: Plan) -> list[Move]:
    moves = []
    if wanting := standing_picks(plan).filter(visit=None).count():
        why = f"抽中的单位里有 {wanting} 个还没有督导。"
        moves.append(Move("生成督导", why, address("plans:visit_create", plan.pk), post=True))
    if not plan.teams.exists():
        moves.append(Move("组建督导组", "还没有督导组。", step_url(plan, "teams")))
    if conflicts := standing_conflicts(plan):
        why = f"{len(conflicts)} 处安排须回避：{conflicts[0]}" + ("等" if conflicts[1:] else "")
        moves.append(Move("改派须回避的督导", why, step_url(plan, "teams")))
    if waiting := _bounded(_without_team(plan)):
        why = f"{waiting} 次督导还没有督导组。"
        moves.append(Move("安排督导组和日期", why, address("plans:visit_schedule", plan.pk)))
    return moves


def _finish(plan: Plan) -> list[Move]:
    if not (review := _bounded(plan.visits.filter(status=Visit.Status.SUBMITTED))):
        return []
    return [Move("审核", f"{review} 份材料已提交，等审核。", address("scoring:review_list"))]
