"""The main road in a browser: from a new plan to the printed paper."""

from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from plans.models import Draw, Pick, Plan, Visit
from rubrics.models import Rubric
from scoring.models import Save, Scoresheet
from tests.journeys import desk, field
from tests.journeys.conftest import DESK, PHONE, serious
from tests.journeys.places import build_province

pytestmark = pytest.mark.journey


def test_main_road(transactional_db, person, live_server):
    province, base = build_province(), live_server.url
    staff = person(province.staff, DESK)
    page = staff.open("/plans/new/")
    plan = plan_and_draw(page, person(province.witness, DESK).open("/"), province, base)
    visit = plan.visits.get(target=drawn_union(plan))
    leader, recorder = person(province.leader, PHONE), person(province.recorder, DESK)
    fill_and_submit(leader, recorder, visit)
    review(page, visit, base)
    check_papers(staff, visit)


def plan_and_draw(page, other, province, base) -> Plan:
    """From an empty form to visits with a team and a day."""
    plan = desk.make_plan(page)
    desk.make_team(page, province)
    page.goto(f"{base}/plans/{plan.pk}/teams/")
    desk.publish(page)
    for stage in (Draw.Stage.COUNTIES, Draw.Stage.ENTERPRISES):
        desk.draw(page, other, stage, f"{base}/plans/{plan.pk}/draw/")
    assert Draw.objects.filter(status=Draw.Status.DRAWN).count() == 2
    assert Pick.objects.filter(status=Pick.Status.DRAWN).count() == 2 + 8
    page.goto(f"{base}/plans/{plan.pk}/schedule/")
    desk.arrange(page)
    assert serious(page) == []
    assert Visit.objects.filter(team=plan.teams.get(), visit_on__isnull=False).count() == 10
    plan.refresh_from_db()
    assert plan.status == Plan.Status.PUBLISHED
    return plan


def drawn_union(plan: Plan):
    visits = plan.visits.filter(target_kind=Rubric.Target.COUNTY_UNION)
    return visits.order_by("pk").first().target


def fill_and_submit(leader, recorder, visit) -> None:
    """The leader fills on a phone, both sign, the recorder submits at a desk."""
    page = leader.open(f"/plans/visits/{visit.pk}/")
    field.press(page, "开始填写")
    assert serious(page) == []
    field.fill_sheet(page)
    assert Save.objects.filter(sheet__visit=visit, status=200).count() >= 21
    page.goto(f"{leader.base}/visits/{visit.pk}/record/")
    field.fill_record(page)
    assert serious(page) == []
    page.goto(f"{leader.base}/visits/{visit.pk}/sign/")
    field.sign(page)
    other = recorder.open(f"/visits/{visit.pk}/sign/")
    field.sign(other)
    other.goto(f"{recorder.base}/visits/{visit.pk}/submit/")
    field.press(other, "提交并锁定")
    visit.refresh_from_db()
    assert (visit.status, visit.total) == (Visit.Status.SUBMITTED, Decimal("49.5"))


def review(page, visit, base) -> None:
    """Confirm and release."""
    page.goto(f"{base}/visits/{visit.pk}/review/")
    assert serious(page) == []
    field.press(page, "确认")
    page.goto(f"{base}/visits/{visit.pk}/review/")
    field.press(page, "下发")
    visit.refresh_from_db()
    assert visit.status == Visit.Status.CONFIRMED
    assert visit.released_at is not None


def check_papers(staff, visit) -> None:
    """The printed papers say what the system holds."""
    sheet = Scoresheet.objects.get(visit=visit)
    for kind, texts in {
        "scoresheet": [visit.version.title, visit.target.name, "49.5"],
        "record": [visit.target.name, "49.5", *field.TEXTS.values(), field.REASON, "王示例"],
    }.items():
        response = staff.context.request.get(f"{staff.base}/visits/{visit.pk}/papers/{kind}.pdf")
        printed = printed_text(response.body())
        assert [text for text in texts if text not in printed] == []
        assert sheet.documents.get(kind=kind).code.replace("-", "") in printed.replace("-", "")


def printed_text(pdf: bytes) -> str:
    """The text of all pages without white space."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
