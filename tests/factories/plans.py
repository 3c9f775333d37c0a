"""A plan that is being made, or published with one phase, teams, and visits."""

from datetime import date

from orgs.models import Organization, User
from orgs.roles import TeamRole
from plans import actions
from plans.models import Phase, Plan, PlanRubric, Team, TeamMember, Visit
from rubrics.models import Rubric, Version

FIRST, DAY, LAST = date(2017, 12, 1), date(2017, 12, 5), date(2017, 12, 8)


def drafted(issuer: Organization, by: User) -> Plan:
    """The third round of 2017, being made from the template of source 1."""
    return actions.create(
        issuer,
        by=by,
        year=2017,
        round_number=3,
        starts_on=FIRST,
        visits_end_on=LAST,
        template="shandong",
    )


def plan(issuer: Organization, by: User, *, version: Version, **fields) -> Plan:
    """A published plan of the issuer that scores county unions and enterprises with ``version``."""
    made = Plan.objects.create(
        issuer=issuer,
        created_by=by,
        **{
            "title": "2017年“查保促”工作第二次督导",
            "year": 2017,
            "round_number": 2,
            "starts_on": FIRST,
            "visits_end_on": LAST,
            "status": Plan.Status.PUBLISHED,
            "published_by": by,
            "published_at": "2017-11-20T09:00:00+08:00",
        }
        | fields,
    )
    Phase.objects.create(
        plan=made, order=1, name="督导", starts_on=made.starts_on, ends_on=made.visits_end_on
    )
    PlanRubric.objects.bulk_create(
        PlanRubric(plan=made, target=target, version=version) for target in Rubric.Target.values
    )
    return made


def team(in_plan: Plan, leader: User, recorder: User, *members: User, order: int = 1) -> Team:
    """A team with 组长, 记录人 and members."""
    made = Team.objects.create(plan=in_plan, order=order, name=f"第{order}督导组")
    TeamMember.objects.create(team=made, user=leader, role=TeamRole.LEADER)
    TeamMember.objects.create(team=made, user=recorder, role=TeamRole.RECORDER)
    for user in members:
        TeamMember.objects.create(team=made, user=user, role=TeamRole.MEMBER)
    return made


def visit(in_plan: Plan, by_team: Team | None, target: Organization, **fields) -> Visit:
    """A planned visit of the team at the target on 5 December 2017."""
    kind = Rubric.Target.ENTERPRISE_UNION if target.is_enterprise else Rubric.Target.COUNTY_UNION
    return Visit.objects.create(
        plan=in_plan,
        phase=in_plan.phases.get(scorer=Phase.Scorer.TEAM),
        team=by_team,
        target=target,
        target_kind=kind,
        region=target.region,
        visit_on=DAY,
        version=in_plan.rubrics.get(target=kind).version,
        **fields,
    )


def help_visit(visit: Visit) -> Visit:
    """A 帮扶 at the unit of a visit, by the same team in the same round."""
    plan = visit.plan
    order = plan.phases.count() + 1
    days = {"starts_on": plan.starts_on, "ends_on": plan.visits_end_on}
    phase = plan.phases.create(order=order, name="帮扶", scorer=Phase.Scorer.HELPERS, **days)
    kept = ("team", "target", "target_kind", "region", "version", "visit_on")
    same = {name: getattr(visit, name) for name in kept}
    return Visit.objects.create(plan=plan, phase=phase, **same)
