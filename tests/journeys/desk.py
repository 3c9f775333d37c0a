"""What the province's staff do at a desk, step by step."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from plans.models import Plan
from tests.journeys.conftest import serious
from tests.journeys.field import follow, press

DICE = "40718263955810392746"


def make_plan(page: Page) -> Plan:
    """Source 1's plan is one click away; its first steps are walked."""
    today = timezone.localdate()
    page.get_by_label("开始日期").fill(today.isoformat())
    page.get_by_label("督导完成日期").fill((today + timedelta(days=7)).isoformat())
    press(page, "套用模板新建")
    for step in ("评分表与对象", "抽取规则", "督导组与回避"):
        press(page, f"下一步：{step}")
        assert serious(page) == []
    return Plan.objects.get()


def make_team(page: Page, province) -> None:
    """One team of three for the one city."""
    follow(page, "组建第一个督导组")
    page.get_by_label("名称").fill("第一督导组")
    page.locator("[name=leader]").select_option(str(province.leader.pk))
    page.locator("[name=recorder]").select_option(str(province.recorder.pk))
    page.locator("[name=member_1]").select_option(str(province.member.pk))
    page.get_by_label("示例市").check()
    press(page, "保存督导组")


def publish(page: Page) -> None:
    """The last two steps, and publication."""
    follow(page, "下一步：阶段与期限")
    press(page, "下一步：核对并发布")
    press(page, "发布方案")


def draw(page: Page, other: Page, stage: str, address: str) -> None:
    """Freeze, two people type the dice, run."""
    page.goto(address)
    page.locator(f"#{stage} [name=seed_source_detail]").fill("会场十面骰，示例见证")
    press(page, "冻结候选名单")
    for witness in (page, other):
        witness.goto(address)
        witness.locator(f"#{stage} [name=digits]").fill(DICE)
        press(witness, "录入")
    page.goto(address)
    press(page, "按种子抽取")


def arrange(page: Page) -> None:
    """Make the visits of the draw and put them on days."""
    press(page, "按抽取结果生成督导")
    press(page, "按市自动安排")
