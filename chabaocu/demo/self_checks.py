"""Units of the running round check themselves first: some file, one half fills, some do not."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from chabaocu.demo import PASSWORD
from chabaocu.demo.clock import clock
from chabaocu.demo.papers import REASONS, criteria_of, dice, full_inputs, least_inputs, save_id
from orgs.models import Organization, User
from orgs.roles import Role
from plans.actions.self_check import open_self_check
from plans.models import Phase, Plan, Visit
from rubrics.models import Criterion
from scoring import actions, findings, signing
from scoring.answers import save_point
from scoring.entries import Entry
from scoring.freeze import content_hash
from scoring.models import Scoresheet

OPENED, FILED = timedelta(days=6), timedelta(days=1)  # before the round begins
DAYS_LEFT = timedelta(days=3)
# of the first team's visits, in their order: whether the unit files, fills a half, or nothing
DEEDS = ("file", "file", "nothing", "file", "file", "half", "file", "nothing", "file")
DEEDS += ("half", "nothing", "file")  # here the team has not been yet
SURNAMES = "秦尤许何吕施张孔曹严华金"
PREFIX = "zicha"
SELF_PRAISE = 9  # of ten points how many a unit gives itself in full
MEASURES = "示例：安全科一个月内补齐，工会小组长每周看一次。"


def check_themselves(plan: Plan, visits: list[Visit], staff: User, *, today: date) -> None:
    """Ask every unit of the round; the people of those the first team visits answer."""
    begins = plan.starts_on
    with clock(begins - OPENED, "14:00"):
        ends_on = today + DAYS_LEFT
        open_self_check(plan, by=staff, starts_on=begins - OPENED, ends_on=ends_on)
    checks = {one.target_id: one for one in plan.visits.filter(scorer=Phase.Scorer.SELF)}
    with clock(begins - FILED, "16:00"):
        for number, (visit, deed) in enumerate(zip(visits, DEEDS, strict=False), 1):
            person = _person(number, visit.target)
            if deed != "nothing":
                _answer(checks[visit.target_id], person, whole=deed == "file")


def accounts() -> list[str]:
    """The accounts of these units in words, as far as the demonstration is loaded."""
    users = User.objects.unscoped(reason="demo").filter(username__startswith=PREFIX)
    return [
        f"{user.username:<10}{user.name}  {user.organization}  {user.get_role_display()}：单位自查"
        for user in users.order_by("pk")
    ]


def _person(number: int, unit: Organization) -> User:
    """Who fills it there: 企业安全员, or the county union's own staff."""
    role = Role.SAFETY_OFFICER if unit.is_enterprise else Role.UNION_STAFF
    return User.objects.create(
        username=f"{PREFIX}{number}",
        name=f"{SURNAMES[number - 1]}演示",
        organization=unit,
        role=role,
        phone=f"1390000{number:04}",
        password=make_password(PASSWORD),
    )


def _answer(check: Visit, by: User, *, whole: bool) -> None:
    sheet = actions.start(check, by=by)
    sheet = Scoresheet.objects.select_related("visit", "version").get(pk=sheet.pk)
    criteria = criteria_of(sheet)
    for criterion in criteria if whole else criteria[: len(criteria) // 2]:
        entry, id = _entry(criterion, check), save_id(sheet, criterion.code)
        save_point(sheet, criterion.code, entry, by=by, id=id, base=0)
    if whole:
        _file(check, sheet, by)


def _file(check: Visit, sheet: Scoresheet, by: User) -> None:
    for point in findings.lost_points(sheet)[:1]:
        findings.add(sheet, by=by, text=point.reason, advice=MEASURES, code=point.code)
    sheet.refresh_from_db()
    signing.sign(sheet, by=by, seen=content_hash(sheet))
    check.refresh_from_db()
    actions.file_check(check, by=by)


def _entry(criterion: Criterion, check: Visit) -> Entry:
    """Units are kind to themselves; which point they give up depends on unit and point alone."""
    if dice(f"自查{check.target.name}{criterion.code}") % 10 < SELF_PRAISE:
        return Entry(full_inputs(criterion))
    return Entry(least_inputs(criterion), reason=REASONS[dice(criterion.code) % len(REASONS)])
