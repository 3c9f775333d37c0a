"""Visits: made from the draw, assigned to teams and days, cancelled with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.db import transaction
from django.db.models import Count

from audit.record import record
from chabaocu import edits
from chabaocu.errors import Refused, StaleState
from orgs.models import Organization, User
from plans import replacing
from plans.actions.team import hold_plan
from plans.cancelling import cancel_visit
from plans.models import Draw, Phase, Pick, Plan, Team, Visit
from plans.models.visit import EDITABLE
from plans.recusal import Conflict, conflicts, members_of
from plans.spread import spread
from rubrics.models import Rubric, Version

S = Visit.Status
STANDING = [Pick.Status.DRAWN, Pick.Status.SUBSTITUTE]
# the kind of target a stage draws; where units are drawn as such, the stage is called as the kind
KINDS = {
    Draw.Stage.COUNTIES: Rubric.Target.COUNTY_UNION,
    Draw.Stage.ENTERPRISES: Rubric.Target.ENTERPRISE_UNION,
}


@dataclass
class Outcome:
    """What a bulk deed did, and what it left, with why."""

    made: int = 0
    cancelled: int = 0
    left: list[str] = field(default_factory=list)


@transaction.atomic
def create_visits(plan: Plan, *, by: User) -> Outcome:
    """One visit for each standing pick: a drawn county's union, each drawn enterprise.

    Doing it again adds nothing. A pick that was replaced, or whose draw was voided, has its visit
    cancelled with the reason; the substitute's visit takes over its team and day where nobody
    there has an interest in it.
    """
    hold_plan(plan)
    if plan.status != Plan.Status.PUBLISHED:
        raise Refused("方案发布后才能生成督导。")
    outcome = Outcome()
    outcome.cancelled = _cancel_fallen(plan, by)
    picks = _picks_without_visit(plan)
    makers = _Makers.of(plan)
    for pick in picks:
        makers.make(pick, outcome)
    if outcome.made or outcome.cancelled:
        after = {"made": outcome.made, "cancelled": outcome.cancelled}
        record("plan.visits", plan, by=by, stream=plan.stream, after=after)
    return outcome


@transaction.atomic
def replace_visit(pick: Pick, *, by: User, reason: str) -> Pick | None:
    """Replace a pick by the next in rank, and its visit, where visits are already made."""
    plan = pick.draw.plan
    had_visits = plan.visits.by_teams().exists()
    chosen = replacing.replace(pick, by=by, reason=reason)
    if had_visits and chosen:
        create_visits(plan, by=by)
    return chosen


def _picks_without_visit(plan: Plan) -> list[Pick]:
    standing = Pick.objects.filter(draw__plan=plan, visit=None).standing()
    related = ("draw", "region", "organization__region", "replaces__visit__team")
    return list(standing.select_related(*related).order_by("draw__stage", "group__path", "rank"))


def _cancel_fallen(plan: Plan, by: User) -> int:
    """Cancel the visits whose pick no longer stands; refused where papers were handed in."""
    fallen = [
        visit
        for visit in plan.visits.exclude(status=S.CANCELLED)
        .exclude(pick=None)
        .select_related("pick__draw", "target")
        if visit.pick.status not in STANDING or visit.pick.draw.status == Draw.Status.VOID
    ]
    if late := [v.target.name for v in fallen if v.status not in EDITABLE]:
        raise Refused(f"{'、'.join(late)}的材料已提交，不能再替换。")
    for visit in fallen:
        pick = visit.pick
        reason = pick.reason or f"抽取作废：{pick.draw.void_reason}"
        cancel_visit(visit, by=by, reason=reason)
        _cancel_check(visit, by, reason)
    return len(fallen)


def _cancel_check(visit: Visit, by: User, reason: str) -> None:
    """A unit that falls out need not check itself either, unless it has filed already."""
    checks = visit.plan.visits.filter(target=visit.target_id, scorer=Phase.Scorer.SELF)
    others = visit.plan.visits.by_teams().filter(target=visit.target_id)
    if not others.exclude(status=S.CANCELLED).exists():
        for check in checks.filter(status__in=EDITABLE):
            cancel_visit(check, by=by, reason=reason)


@dataclass
class _Makers:
    """What every new visit of the plan is bound to."""

    plan: Plan
    phase: Phase
    versions: dict[str, Version]
    questions: dict[int, int]
    unions: dict[int, Organization]
    taken: set[int]  # units that have a visit in this phase

    @classmethod
    def of(cls, plan: Plan) -> "_Makers":
        phase = plan.phases.filter(scorer=Phase.Scorer.TEAM).order_by("order").first()
        if phase is None:
            raise Refused("方案没有由督导组评分的阶段。")
        versions = {r.target: r.version for r in plan.rubrics.select_related("version")}
        counted = Version.objects.unscoped(reason="the plan's own tables").filter(
            pk__in=[version.pk for version in versions.values()]
        )
        rows = counted.annotate(questions=Count("sections__items__criteria"))
        questions = {version.pk: version.questions for version in rows}
        standing = plan.visits.filter(phase=phase).exclude(status=S.CANCELLED)
        taken = set(standing.values_list("target_id", flat=True))
        return cls(plan, phase, versions, questions, _county_unions(plan), taken)

    def make(self, pick: Pick, outcome: Outcome) -> None:
        """Make the pick's visit, or say why not."""
        target = pick.organization or self.unions.get(pick.region_id)
        if target is None:
            outcome.left.append(f"{pick.region.name}没有登记县级总工会")
            return
        if target.pk in self.taken:
            outcome.left.append(f"{target.name}在本阶段已有督导")
            return
        kind = KINDS.get(pick.draw.stage, pick.draw.stage)
        version = self.versions[kind]
        visit = Visit(
            plan=self.plan,
            phase=self.phase,
            target=target,
            target_kind=kind,
            region=pick.region or target.region,
            version=version,
            questions=self.questions[version.pk],
            pick=pick,
        )
        _inherit(visit, pick)
        visit.save()
        self.taken.add(target.pk)
        outcome.made += 1


def _county_unions(plan: Plan) -> dict[int, Organization]:
    """The 总工会 of each drawn county; should there be several, the first registered."""
    unions = Organization.objects.unscoped(reason="the unions of the drawn counties")
    drawn = unions.active().filter(kind=Organization.Kind.UNION, region__picks__draw__plan=plan)
    found: dict[int, Organization] = {}
    for union in drawn.select_related("region").order_by("pk"):
        found.setdefault(union.region_id, union)
    return found


def _inherit(visit: Visit, pick: Pick) -> None:
    """A substitute is visited by the team and on the day of whom it replaces."""
    before = getattr(pick.replaces, "visit", None) if pick.replaces else None
    if before is None or before.team_id is None:
        return
    if not conflicts(members_of(before.team_id), [visit.target]):
        visit.team = before.team
        visit.visit_on, visit.starts_at = before.visit_on, before.starts_at
        visit.ends_at = before.ends_at


@transaction.atomic
def assign(
    visit: Visit,
    *,
    by: User,
    team: Team,
    visit_on: date | None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    seen: str | None = None,
) -> None:
    """Send a team to the unit on a day of the plan's window; another team only before filling.

    ``seen`` is the fingerprint the page showed: raises ChangedError if the visit is planned
    otherwise by now.
    """
    plan = visit.plan
    hold_plan(plan)
    if visit.is_self:
        raise Refused("自查由单位自己填，不派督导组。")
    edits.check(seen, fingerprint(plan.visits.get(pk=visit.pk)))
    sources = EDITABLE if team.pk == visit.team_id else {S.PLANNED}
    before = _as_data(visit)
    changes = {"team": team, "visit_on": visit_on, "starts_at": starts_at, "ends_at": ends_at}
    rows = Visit.objects.filter(pk=visit.pk, team=visit.team_id, status__in=sources)
    if not rows.update(**changes):
        raise StaleState
    _check_assignment(plan, team, visit_on, starts_at, ends_at)
    if found := conflicts(members_of(team.pk), [visit.target]):
        raise Refused(_recused(found))
    visit.refresh_from_db()
    record("visit.assign", visit, by=by, stream=visit.stream, before=before, after=_as_data(visit))


def fingerprint(visit: Visit) -> str:
    """What an edit form of the visit's team, day and hours carries along."""
    return edits.fingerprint(visit, "team", "visit_on", "starts_at", "ends_at")


def _recused(found: Iterable[Conflict]) -> str:
    return "；".join(map(str, found)) + "。请改派别的督导组，或先换组员。"


def _check_assignment(
    plan: Plan, team: Team, visit_on: date | None, starts_at: time | None, ends_at: time | None
) -> None:
    if team.plan_id != plan.pk:
        raise Refused("这个督导组不属于本方案。")
    if visit_on:
        _check_day(plan, visit_on)
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refused("结束时间须晚于开始时间。")


def _check_day(plan: Plan, day: date) -> None:
    """《2017年“查保促”工作第二次督导方案》四（一）: visits end by the plan's date."""
    if not plan.starts_on <= day <= plan.visits_end_on:
        first, last = (
            f"{d.year}年{d.month}月{d.day}日" for d in (plan.starts_on, plan.visits_end_on)
        )
        raise Refused(f"督导日期须在方案的起止日期之内：{first}至{last}。")


def _as_data(visit: Visit) -> dict[str, object]:
    return {
        "team": str(visit.team) if visit.team_id else "",
        "visit_on": visit.visit_on,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
    }


@transaction.atomic
def schedule(plan: Plan, *, by: User, days: Iterable[date]) -> Outcome:
    """Give every visit without a team to the team of its city, spread over ``days``.

    What somebody has set by hand stays. A visit from which a member is recused is left, named.
    """
    hold_plan(plan)
    outcome, days = Outcome(), list(days)
    if not days:
        raise Refused("方案的起止日期之内没有工作日，请逐次填写日期。")
    for day in days:
        _check_day(plan, day)
    teams = plan.teams.prefetch_related("cities")
    homes = {city.path: team for team in teams for city in team.cities.all()}
    waiting: dict[Team, list[Visit]] = {}
    for visit in _unassigned(plan):
        team = homes.get(visit.region.city_path)
        if team is None:
            outcome.left.append(f"{visit.target.name}：所在的市没有督导组")
        else:
            waiting.setdefault(team, []).append(visit)
    for team, visits in waiting.items():
        _schedule_team(team, visits, days, outcome, by)
    record("plan.schedule", plan, by=by, stream=plan.stream, after=vars(outcome))
    return outcome


def _unassigned(plan: Plan) -> Iterable[Visit]:
    """County by county, the county union before its enterprises."""
    rows = plan.visits.by_teams().filter(status=S.PLANNED, team=None)
    rows = rows.select_related("target", "region")
    return rows.order_by("region__path", "target_kind", "pk")


def _schedule_team(
    team: Team, visits: list[Visit], days: list[date], outcome: Outcome, by: User
) -> None:
    found = conflicts(members_of(team.pk), [visit.target for visit in visits])
    recused = {conflict.target.pk for conflict in found}
    outcome.left += [str(conflict) for conflict in found]
    free = [visit for visit in visits if visit.target_id not in recused]
    for visit, slot in spread(free, days):
        place = {"team": team, "visit_on": slot.day}
        place |= {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
        rows = Visit.objects.filter(pk=visit.pk, status=S.PLANNED, team=None)
        if rows.update(**place):
            _record_schedule(visit, place, by)
            outcome.made += 1


def _record_schedule(visit: Visit, place: dict[str, object], by: User) -> None:
    """Tell in the visit's own stream what the bulk deed changed of it."""
    before = _as_data(visit)
    for name, value in place.items():
        setattr(visit, name, value)
    record("visit.assign", visit, by=by, stream=visit.stream, before=before, after=_as_data(visit))
