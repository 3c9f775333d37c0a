"""A unit of the cast checks itself before the team comes."""

from datetime import date

from orgs.models import Organization, User
from plans.models import Phase, Visit
from scoring import actions
from scoring.models import Scoresheet
from tests.cast import World
from tests.factories import papers

# what the unit says; the team finds 1-2 two points lower, 3 higher, the rest the same
OWN = {"1-1": {"points": "2"}, "1-2": {"points": "3"}, "2": {"level": 0}, "3": {"count": 0}}
FOUND = {"1-1": {"points": "2"}, "1-2": {"points": "1"}, "2": {"level": 0}, "3": {"count": 2}}


def phase(world: World) -> Phase:
    """自查自纠, in the days before the team's."""
    days = {"starts_on": date(2017, 11, 20), "ends_on": date(2017, 11, 30)}
    found = world.plan.phases.filter(scorer=Phase.Scorer.SELF).first()
    fields = {"order": 9, "name": "自查自纠", "scorer": Phase.Scorer.SELF}
    return found or Phase.objects.create(plan=world.plan, **fields, **days)


def asked(world: World, unit: Organization | None = None) -> Visit:
    """The 自查 asked of a unit; else of 甲一县总工会."""
    team_visit = Visit.objects.get(
        plan=world.plan, target=unit or world.visit.target, scorer=Phase.Scorer.TEAM
    )
    return Visit.objects.create(
        plan=world.plan,
        phase=phase(world),
        target=team_visit.target,
        target_kind=team_visit.target_kind,
        region=team_visit.region,
        version=team_visit.version,
    )


def signed(check: Visit, by: User, given: dict | None = None) -> Scoresheet:
    """Filled by one of the unit's people and signed for it."""
    sheet = papers.started(check, by)
    papers.fill(sheet, by, given or OWN)
    actions.follow(check, by=by)
    papers.sign(sheet, "unit", by)
    check.refresh_from_db()
    return sheet


def filed(world: World, by: User | None = None, given: dict | None = None) -> Visit:
    """Filed by the people of 甲一县总工会, or of another person's unit."""
    by = by or world.county_a1
    check = asked(world, by.organization)
    signed(check, by, given)
    actions.file_check(check, by=by)
    return check


def supervised(world: World, given: dict | None = None) -> Visit:
    """The team at 甲一县总工会 has found what it found, and submitted it."""
    visit = world.visit
    sheet = papers.started(visit, world.leader)
    papers.fill(sheet, world.member, given or FOUND)
    actions.follow(visit, by=world.member)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    visit.refresh_from_db()
    actions.submit(visit, by=world.leader)
    return visit
