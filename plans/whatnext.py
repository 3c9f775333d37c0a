"""What comes next for a plan, for those who run it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import NoReverseMatch, reverse

from chabaocu.lists import Keyset, told
from chabaocu.prepared import Select, Slot
from plans.completeness import gaps
from plans.models import Draw, Phase, Pick, Plan, Team, Visit
from plans.recusal import standing_conflicts
from plans.self_check_phase import SELF, unasked
from plans.steps import step_url
from plans.supplements import awaiting_supplement
from plans.unit_rules import Pool, UnitsRule, stored_rule

# Asked of every round on the desk's first page; the caller leads the plan in hand.
STAGES = Select(
    lambda: (
        Draw.objects.filter(plan=Slot("plan"), status=Draw.Status.DRAWN)
        .order_by()
        .values_list("stage")
        .distinct()
    )
)
TEAMS = Select(lambda: Team.objects.filter(plan=Slot("plan")).order_by().values_list("pk")[:1])
SELF_PHASES = Select(
    lambda: Phase.objects.filter(plan=Slot("plan"), scorer=SELF).order_by().values_list("pk")[:1]
)
WANTING = Select(
    lambda: (
        Pick.objects.filter(draw__plan=Slot("plan"), visit=None)
        .standing()
        .order_by()
        .values("draw__plan")
        .annotate(number=Count("pk"))
        .values_list("number")
    )
)


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
    teamless, waiting = _unfinished(plan.pk).counts()
    moves = (
        *_name_units(plan),
        *_draw(plan),
        *_ask_checks(plan),
        *_prepare(plan, teamless),
        *_finish(waiting),
    )
    return [move for move in moves if move.url]


def _finish_draft(plan: Plan) -> Move:
    if missing := gaps(plan):
        why = f"还差 {len(missing)} 项：" + "；".join(gap.text for gap in missing)
        return Move("继续填写方案", why, step_url(plan, missing[0].step))
    return Move("核对并发布", "内容已填齐。", step_url(plan, "check"))


def _draw(plan: Plan) -> list[Move]:
    drawn = {stage for (stage,) in STAGES.rows(plan=plan.pk)}
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


def standing_picks(plan: Plan) -> QuerySet[Pick]:
    """Who is to be visited by the draws that stand."""
    return Pick.objects.filter(draw__plan=plan).standing()


@lru_cache(maxsize=512)
def _unfinished(plan: int) -> Keyset:
    """The visits of a plan that have no team, and those that wait for review.

    Of all visits few have no team: those are looked up first, and then whose they are.
    """
    visits = Visit.objects.unscoped(reason="visits of the plan in hand").by_teams()
    teamless = visits.filter(team=None, status=Visit.Status.PLANNED)
    whose = visits.filter(plan=plan)
    waiting = whose.filter(status=Visit.Status.SUBMITTED)
    return Keyset([whose.filter(pk__in=teamless.values("pk")), waiting])


def _name_units(plan: Plan) -> list[Move]:
    """Where units are named by hand and none is yet."""
    rule = stored_rule(plan.sampling)
    if not isinstance(rule, UnitsRule) or not (rule.listed or _helped(rule)):
        return []
    if plan.visits.by_teams().filter(pick=None).exists():
        return []
    return [Move("添加督导单位", "不抽取的单位还没有确定。", address("plans:visit_add", plan.pk))]


def _helped(rule: UnitsRule) -> bool:
    return any(one.pool == Pool.HELPED for one in rule.drawn)


def _ask_checks(plan: Plan) -> list[Move]:
    """Where the plan has 自查自纠 and units of it were not asked yet."""
    if not SELF_PHASES.first(plan=plan.pk):
        return []
    if not (waiting := unasked(plan).filter(status=Visit.Status.PLANNED).count()):
        return []
    why = f"{told(waiting)} 次督导的单位还没有打开自查。"
    return [Move("打开自查自纠", why, address("plans:self_check_open", plan.pk))]


def _prepare(plan: Plan, teamless: int) -> list[Move]:
    moves = []
    if wanting := WANTING.first(plan=plan.pk):
        why = f"抽中的单位里有 {wanting[0]} 个还没有督导。"
        moves.append(Move("生成督导", why, address("plans:visit_create", plan.pk), post=True))
    if not TEAMS.first(plan=plan.pk):
        moves.append(Move("组建督导组", "还没有督导组。", step_url(plan, "teams")))
    if conflicts := standing_conflicts(plan):
        why = f"{len(conflicts)} 处安排须回避：{conflicts[0]}" + ("等" if conflicts[1:] else "")
        moves.append(Move("改派须回避的督导", why, step_url(plan, "teams")))
    if teamless:
        why = f"{told(teamless)} 次督导还没有督导组。"
        moves.append(Move("安排督导组和日期", why, address("plans:visit_schedule", plan.pk)))
    return moves


def _finish(waiting: int) -> list[Move]:
    if not waiting:
        return []
    return [Move("审核", f"{told(waiting)} 份材料已提交，等审核。", address("scoring:review_list"))]
