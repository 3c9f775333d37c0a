"""The round of the year before, at units that the present round visits again.

Its units are taken over as from paper, not drawn, so that 上轮 has something to say whatever the
draws give; its papers go the road of all others.
"""

from datetime import date, timedelta

from audit.record import record
from chabaocu.demo.cast import Cast
from chabaocu.demo.clock import clock
from chabaocu.demo.papers import finish
from chabaocu.demo.people import TEAMS
from plans.actions import plan as plans
from plans.actions.team import save_team
from plans.actions.visit import assign
from plans.models import Plan, Visit
from plans.workdays import workdays
from scoring import actions as papers

A_YEAR, LASTS = timedelta(weeks=52), timedelta(days=11)
PLANNED, SENT = timedelta(days=14), timedelta(days=7)  # before it begins
REVIEWED = timedelta(days=7)  # after its last day
BESIDE = ("team", "target", "region", "version")
UNIONS_OF = 3  # of so many teams also the first unit, which is a county's union


def load_earlier(present: Plan, cast: Cast) -> None:
    """Confirmed and released a year ago; of each team, one unit that waits for review now."""
    first = present.starts_on - A_YEAR
    plan = _published(cast, first - timedelta(days=first.weekday()))
    again = _again(present)
    with clock(plan.starts_on - SENT, "09:00"):
        _sent(plan, again, cast)
    for visit in plan.visits.select_related("team", "target", "plan").order_by("visit_on", "pk"):
        finish(visit)
        with clock(visit.visit_on + timedelta(days=1), "10:00"):
            papers.confirm(visit, by=cast.staff)
        with clock(plan.visits_end_on + REVIEWED, "15:00"):
            papers.release(visit, by=cast.staff)
    with clock(plan.visits_end_on + REVIEWED, "17:00"):
        plans.close(plan, by=cast.staff)


def _published(cast: Cast, first: date) -> Plan:
    last = first + LASTS
    with clock(first - PLANNED, "09:00"):
        plan = plans.create(
            cast.staff.organization,
            by=cast.staff,
            year=first.year,
            round_number=2,
            starts_on=first,
            visits_end_on=last,
            template="shandong",
        )
        plans.publish(plan, by=cast.staff)
    plan.refresh_from_db()
    return plan


def _again(present: Plan) -> list[Visit]:
    """Visits of the present round: what waits for review, and some county unions."""
    visits = present.visits.by_teams().exclude(team=None).select_related(*BESIDE)
    visits = visits.order_by("visit_on", "starts_at", "pk")
    found = []
    for number in range(1, TEAMS + 1):
        own = [visit for visit in visits if visit.team.order == number]
        found += [visit for visit in own if visit.status == Visit.Status.SUBMITTED][-1:]
        found += own[:1] if number <= UNIONS_OF else []
    return found


def _sent(plan: Plan, again: list[Visit], cast: Cast) -> None:
    """The teams that go there now went there then, each to its units day by day."""
    days = workdays(plan.starts_on, plan.visits_end_on)
    for number in range(1, TEAMS + 1):
        roles, name = cast.team(number), f"第{number}督导组"
        team = save_team(plan, by=cast.staff, name=name, roles=roles, cities=[])
        own = [visit for visit in again if visit.team.order == number]
        for day, visit in zip(days, own, strict=False):
            assign(_taken_over(plan, visit, cast), by=cast.staff, team=team, visit_on=day)


def _taken_over(plan: Plan, now: Visit, cast: Cast) -> Visit:
    """A visit of that round to the unit of this one."""
    visit = Visit.objects.create(
        plan=plan,
        phase=plan.phases.filter(scorer="team").first(),
        target=now.target,
        target_kind=now.target_kind,
        region=now.region,
        version=now.version,
        questions=now.questions,
    )
    record(
        "visit.add", visit, by=cast.staff, stream=visit.stream, after={"phase": visit.phase.name}
    )
    return visit
