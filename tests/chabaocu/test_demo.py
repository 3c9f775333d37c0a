"""The demo is complete, feasible, recognisably invented, and loads twice without change."""

from collections import Counter
from datetime import datetime, time

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, F, Q
from django.utils import timezone

from attachments.models import Attachment
from audit.models import AuditEvent
from audit.verify import verify_all
from briefs.models import Brief
from chabaocu.demo import PASSWORD
from chabaocu.demo.papers import REMARKS
from chabaocu.demo.people import accounts, load_people
from chabaocu.demo.places import load_places
from chabaocu.demo.rounds import PROGRESS
from chabaocu.demo.self_checks import DEEDS
from chabaocu.demo.units import load_regulator, load_units
from hazards import listings
from hazards.models import Hazard
from orgs.credit_code import validate_credit_code
from orgs.models import Organization, Region, User
from orgs.roles import Role
from plans.models import Draw, Pick, Plan, Team, Visit
from scoring.last_round import last_sheet
from scoring.models import Answer, Comment, SelfComparison, Signature

pytestmark = pytest.mark.django_db


MODELS = (
    Region,
    Organization,
    User,
    Plan,
    Draw,
    Pick,
    Team,
    Visit,
    Answer,
    Signature,
    AuditEvent,
    Hazard,
    Brief,
)


@pytest.fixture
def demo():
    """Places, units and people; the rounds take longer and have a test of their own."""
    top = load_places()
    load_units(top)
    load_regulator(top)
    load_people()


def states(plan: Plan) -> Counter:
    return Counter(plan.visits.by_teams().values_list("status", flat=True))


def of_its_own(plan: Plan):
    """省医务工会's round: two 市医务工会, a hospital of each city, one replaced with a reason."""
    cancelled = plan.visits.get(status="cancelled")
    assert "另抽并记录原因" in cancelled.cancelled_reason
    assert plan.four_eyes
    assert not plan.visits.filter(confirmed_by=F("vetted_by")).exists()
    standing = plan.visits.exclude(status="cancelled").values_list("target_kind", flat=True)
    assert Counter(standing) == {"medical_city": 2, "medical_unit": 16}
    names = set(plan.visits.values_list("target__name", flat=True))
    assert all("示例" in name for name in names)
    outsider = User.objects.get(username="shi1")
    assert not plan.visits.visible_to(outsider).exists()


def test_demo_has_its_rounds_and_loads_twice_without_change():
    call_command("load_demo")
    known_to_the_planner()
    earlier, finished, present = Plan.objects.filter(template="shandong").order_by("starts_on")
    seen_before(earlier, present)
    of_its_own(Plan.objects.get(template="medical"))
    assert (finished.status, states(finished)) == ("closed", {"confirmed": 32})
    assert finished.visits.filter(released_at=None).count() == 0
    assert {d.status for d in Draw.objects.all()} == {"drawn"}
    in_time(finished, present)
    in_the_middle(present)
    assert Hazard.objects.values("status", "grade").distinct().count() == 12
    assert Hazard.objects.overdue(timezone.localdate()).count() == 2  # one of them is listed
    assert supervised() == {"open": 2, "late": 1, "off": 1, "all": 3}
    checks = Counter(present.visits.filter(scorer="self").values_list("status", flat=True))
    assert checks == Counter(filed=DEEDS.count("file"), filling=DEEDS.count("half")) + Counter(
        planned=160 - len(DEEDS) + DEEDS.count("nothing")
    )
    assert SelfComparison.objects.count() > 0
    assert set(Brief.objects.values_list("status", flat=True)) == {"issued", "draft"}
    assert verify_all() == []
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]
    call_command("load_demo")
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before


def seen_before(earlier: Plan, present: Plan) -> None:
    """A year ago, confirmed and released; who waits for review now finds 上轮 beside it."""
    assert (earlier.status, earlier.year) == ("closed", earlier.starts_on.year)
    assert earlier.visits.filter(released_at=None).count() == 0
    again = present.visits.by_teams().filter(target__in=earlier.visits.values("target"))
    assert again.count() == earlier.visits.count() == 11
    assert again.filter(status="submitted").count() == 8
    reviewer = User.objects.get(username="sheng1")
    last = [last_sheet(visit, reviewer).visit.plan_id for visit in again]
    assert last == [earlier.pk] * 11


def supervised() -> dict[str, int]:
    """How many listed hazards stand under each tab of their ledger."""
    today, scope = timezone.localdate(), User.objects.get(username="sheng1").scope
    return {tab: listings.rows(scope, tab, "", today).count() for tab in listings.TABS}


def known_to_the_planner():
    """In one transaction a server has not yet counted what was loaded, and plans for nothing."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def remarks_on(visit) -> int:
    return Comment.objects.filter(sheet__visit=visit).count()


def lost_on(visit) -> int:
    """How many points lost something; the draw decides whether the unit is a strong one."""
    return visit.sheets.get(revision=1).answers.exclude(reason="").count()


def in_the_middle(present: Plan) -> None:
    """Papers in every state; three people's marks, one point in dispute each, photos, remarks."""
    letters = Counter("".join(PROGRESS))
    by_state = {
        "confirmed": letters["确"],
        "submitted": letters["交"],
        "returned": letters["退"],
        "signing": letters["签"],
        "filling": letters["议"] + letters["半"] + letters["始"],
    }
    planned = 160 - sum(by_state.values())
    assert (present.status, states(present)) == ("published", by_state | {"planned": planned})
    assert letters["确"] > 10 < letters["半"]
    disputed = Answer.objects.filter(state=Answer.State.DISPUTED, sheet__visit__plan=present)
    assert disputed.count() == disputed.values("sheet").distinct().count() == letters["议"]
    half = disputed.select_related("sheet").order_by("sheet").first().sheet
    assert half.marks.values("user").distinct().count() == 3
    for visit in present.visits.filter(status="returned"):
        assert remarks_on(visit) == min(len(REMARKS), lost_on(visit))
    assert Attachment.objects.filter(holder_id__in=present.visits.values("pk")).count() > 20
    signed = Signature.objects.filter(sheet__visit__status="signing", voided_at=None)
    assert set(signed.values_list("role", flat=True)) == {"leader"}
    assert not present.visits.filter(status="planned", visit_on__lt=timezone.localdate()).exists()


def in_time(finished: Plan, present: Plan) -> None:
    """Drawn before it began; each visit handed in on its day, confirmed and released after it."""
    for draw in Draw.objects.select_related("plan"):
        assert draw.frozen_at <= draw.drawn_at < at_midnight(draw.plan.starts_on)
    for visit in Visit.objects.by_teams().exclude(submitted_at=None):
        assert timezone.localdate(visit.submitted_at) == visit.visit_on
    for visit in finished.visits.all():
        assert visit.submitted_at < visit.confirmed_at < visit.released_at
        assert visit.released_at < at_midnight(present.starts_on)


def at_midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


@pytest.mark.once
def test_every_county_can_be_drawn(demo):
    eligible = Q(
        organizations__is_high_risk=True,
        organizations__is_private=True,
        organizations__size__in=["medium", "small", "micro"],
    )
    counties = Region.objects.filter(level="county").annotate(
        all=Count("organizations", Q(organizations__kind="enterprise")),
        pool=Count("organizations", eligible),
        chemical=Count("organizations", eligible & Q(organizations__industry="chemical")),
    )
    assert set(counties.values_list("all", "pool", "chemical")) == {(12, 9, 5)}
    keys = Region.objects.filter(is_key_chemical=True).values("parent").annotate(n=Count("pk"))
    assert keys.count() == 16
    assert min(row["n"] for row in keys) >= 2


@pytest.mark.once
def test_invented_names_say_so(demo):
    invented = Organization.objects.exclude(kind="union")
    assert invented.count() == 136 * 12 + 5
    assert not invented.exclude(name__contains="（示例）").exists()
    assert not User.objects.exclude(name__regex="示例|演示|样例").exists()
    for code in invented.exclude(credit_code=None).values_list("credit_code", flat=True):
        validate_credit_code(code)


@pytest.mark.once
def test_every_role_has_an_account_with_the_password(demo, capsys):
    assert {account.role for account in accounts()} == set(Role)
    assert User.objects.get(username="zuzhang8").check_password(PASSWORD)
    call_command("demo_accounts", "--all")
    printed = capsys.readouterr().out
    assert all(account.username in printed for account in accounts())
    assert PASSWORD in printed
