"""The main road in a browser: from a new plan to the printed paper."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from plans.models import Draw, Pick, Plan, Visit
from tests.journeys.conftest import DESK, serious
from tests.journeys.places import build_province

pytestmark = pytest.mark.journey
DICE = "40718263955810392746"


def press(page: Page, name: str) -> None:
    """Press the button of that name and wait for what follows."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def make_plan(page: Page) -> Plan:
    """Source 1's plan is one click away; its steps are walked, and it is published."""
    today = timezone.localdate()
    page.get_by_label("开始日期").fill(today.isoformat())
    page.get_by_label("督导完成日期").fill((today + timedelta(days=7)).isoformat())
    press(page, "套用模板新建")
    for step in ("评分表与对象", "抽取规则", "督导组与回避"):
        press(page, f"下一步：{step}")
        assert serious(page) == []
    return Plan.objects.get()


def make_team(page: Page, province) -> None:
    follow(page, "组建第一个督导组")
    page.get_by_label("名称").fill("第一督导组")
    for label, user in (("组长", province.leader), ("记录人", province.recorder)):
        page.get_by_label(label, exact=False).first.select_option(str(user.pk))
    page.locator("[name=member_1]").select_option(str(province.member.pk))
    page.get_by_label("示例市").check()
    press(page, "保存督导组")


def publish(page: Page) -> None:
    follow(page, "下一步：阶段与期限")
    press(page, "下一步：核对并发布")
    press(page, "发布方案")


def draw(page: Page, other: Page, stage: str, plan: Plan, base: str) -> None:
    """Freeze, two people type the dice, run."""
    address = f"{base}/plans/{plan.pk}/draw/"
    page.goto(address)
    box = page.locator(f"#{stage}")
    box.locator("[name=seed_source_detail]").fill("会场十面骰，示例见证")
    press(page, "冻结候选名单")
    for witness in (page, other):
        witness.goto(address)
        witness.locator(f"#{stage} [name=digits]").fill(DICE)
        press(witness, "录入")
    page.goto(address)
    press(page, "按种子抽取")


def test_main_road(transactional_db, person, live_server):
    province = build_province()
    desk, witness = person(province.staff, DESK), person(province.witness, DESK)
    page = desk.open("/plans/new/")
    plan = make_plan(page)
    make_team(page, province)
    page.goto(f"{live_server.url}/plans/{plan.pk}/teams/")
    publish(page)
    plan.refresh_from_db()
    assert plan.status == Plan.Status.PUBLISHED
    other = witness.open("/")
    draw(page, other, "counties", plan, live_server.url)
    draw(page, other, "enterprises", plan, live_server.url)
    assert Draw.objects.filter(status=Draw.Status.DRAWN).count() == 2
    assert Pick.objects.filter(status=Pick.Status.DRAWN).count() == 2 + 8
    page.goto(f"{live_server.url}/plans/{plan.pk}/schedule/")
    press(page, "按抽取结果生成督导")
    press(page, "按市自动安排")
    assert Visit.objects.filter(team=plan.teams.get(), visit_on__isnull=False).count() == 10
