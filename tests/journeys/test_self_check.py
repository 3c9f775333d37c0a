"""自查自纠 in a browser: a unit judges itself on a phone, the team learns of it point by point."""

import io

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.models import Visit
from scoring import actions
from tests.factories import papers, self_checks
from tests.journeys import field
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
REASON = "示例：现场没有见到会议记录。"


def test_unit_judges_itself_and_the_team_after_it(transactional_db, world, person, live_server):
    check = self_checks.asked(world)
    file(person(world.county_a1, PHONE).open("/"), check, live_server.url)
    mark(person(world.leader, PHONE), world.visit)
    submit(world)
    compare(person(world.province, DESK), world)


def file(page: Page, check: Visit, base: str) -> None:
    """From the unit's own first page to 报送: the sheet, one signature, and it is locked."""
    own = page.locator(".sc-own")
    expect(own.get_by_role("heading")).to_have_text("甲一县总工会 自查")
    assert serious(page) == []
    own.locator(".btn-primary").click()
    page.wait_for_selector("#sheet")
    assert serious(page) == []
    for code, points in (("1-1", 2), ("1-2", 3)):
        page.click(f'#p-{code} [data-set="{points}"]')
    page.click("#p-2 .rows label >> nth=0")
    page.fill("#v-3", "2")
    expect(page.locator("#total")).to_have_text("12.0")
    expect(page.locator("#missing-count")).to_have_text("已填完")
    expect(page.locator("#sync")).to_contain_text("已上传")
    page.get_by_role("link", name="下一步：自查情况表").click()
    page.wait_for_url(f"**{reverse('scoring:record', args=[check.pk])}")
    assert serious(page) == []
    page.goto(page.url.replace("/record/", "/sign/"))
    field.sign(page)
    expect(page.get_by_text("已签").first).to_be_visible()
    page.goto(f"{base}{reverse('scoring:submit', args=[check.pk])}")
    assert serious(page) == []
    page.get_by_role("button", name="报送并锁定").click()
    expect(page.get_by_text("已报送").first).to_be_visible()
    check.refresh_from_db()
    assert (check.status, check.total) == (Visit.Status.FILED, 12)


def mark(leader, visit: Visit) -> None:
    """What the unit said of a point stands there after the member's own mark, never before."""
    page = leader.open(reverse("plans:visit_detail", args=[visit.pk]))
    field.press(page, "开始填写")
    told = page.locator(".self-said")
    expect(told).to_have_text(["", "", "", ""])
    short = page.locator("#p-1-2")
    short.locator('[data-set="0"]').click()
    short.locator("textarea").first.fill(REASON)
    expect(short.locator(".self-said")).to_contain_text("自查 3 分")
    expect(told).to_contain_text(["", "自查 3 分", "", ""])
    assert [text for text in told.all_text_contents() if text] == [told.nth(1).text_content()]
    page.click('#p-1-1 [data-set="2"]')
    page.click("#p-2 .rows label >> nth=0")
    page.fill("#v-3", "2")
    expect(told.nth(3)).to_contain_text("自查")
    expect(page.locator("#total")).to_have_text("9.0")
    expect(page.locator("#sync")).to_contain_text("已上传")
    assert serious(page) == []


def submit(world) -> None:
    """The record, two signatures and submission, as the main road shows them in the browser."""
    world.visit.refresh_from_db()
    sheet = actions.present(world.visit)
    papers.fill(sheet, world.recorder, {})  # its texts alone
    actions.follow(world.visit, by=world.recorder)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    world.visit.refresh_from_db()
    actions.submit(world.visit, by=world.leader)


def compare(staff, world) -> None:
    """The issuer reads both, counts them, and takes the list along."""
    page = staff.open(reverse("scoring:self_checks", args=[world.plan.pk]))
    assert serious(page) == []
    expect(page.locator("tbody tr").first).to_contain_text("−3")
    page.get_by_role("link", name="一致 3、偏高 1、偏低 0").click()
    page.wait_for_url(f"**{reverse('scoring:self_comparison', args=[world.visit.pk])}")
    assert serious(page) == []
    page.get_by_role("link", name="偏高 1").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(REASON)
    address = reverse("reports:self_check_workbook", args=[world.plan.pk])
    reply = staff.context.request.get(f"{staff.base}{address}")
    row = list(openpyxl.load_workbook(io.BytesIO(reply.body())).active.values)[1]
    assert row[6:12] == ("12.0", "9.0", -3, 3, 1, 0)
