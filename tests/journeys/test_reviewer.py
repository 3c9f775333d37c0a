"""A round closed at the province's desk by two reviewers: read by keys, returned, confirmed and
released in bulk, and the number on the statistics page followed down to its sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from plans.models import Plan, Visit
from scoring import actions
from scoring.models import Comment
from tests.factories import papers, plans
from tests.journeys.conftest import serious
from tests.journeys.field import follow, press

pytestmark = pytest.mark.journey
UNIT = "甲一县总工会"


def test_two_reviewers_close_a_round(transactional_db, world, person):
    begin(world)
    one, two = person(world.province), person(world.province2)
    desk = one.open("/review/")
    read_by_keys(desk)
    send_back(desk)
    mend(world)
    desk.goto(f"{one.base}/visits/{world.visit.pk}/review/")
    settle(desk)
    desk.goto(f"{one.base}/review/?status=submitted")
    in_bulk(desk, "初审", 2)
    desk = two.open("/review/?status=submitted")
    in_bulk(desk, "确认", 2)
    desk.goto(f"{two.base}/review/?status=confirmed&plan={world.plan.pk}")
    in_bulk(desk, "下发", 2)
    follow_the_number(desk, two.base, world)
    visit = Visit.objects.get(pk=world.visit.pk)
    assert (visit.vetted_by, visit.confirmed_by) == (world.province, world.province2)
    assert list(Visit.objects.visible_to(world.county_a1).filter(plan=world.plan)) != []


def begin(world) -> None:
    """Two papers wait in a round that asks for two reviewers; one unit was there before."""
    before = plans.plan(
        world.orgs["province_union"],
        world.province,
        version=world.version,
        round_number=1,
        title="2017年“查保促”工作第一次督导",
    )
    papers.confirmed(world, plans.visit(before, None, world.visit.target))
    Plan.objects.filter(pk=world.plan.pk).update(four_eyes=True)
    papers.submitted(world)
    papers.submitted(world, world.enterprise_visit)


def read_by_keys(desk: Page) -> None:
    """From point to point, to the next paper and back; typing a letter is typing."""
    assert serious(desk) == []
    follow(desk, UNIT)
    expect(desk.locator("#beside")).to_contain_text("2017年“查保促”工作第一次督导")
    assert serious(desk) == []
    point = desk.locator("#point h2")
    expect(point).to_have_text("第 1-2 点")
    desk.keyboard.press("k")
    expect(point).to_have_text("第 1-1 点")
    desk.keyboard.press("j")
    expect(point).to_have_text("第 1-2 点")
    desk.keyboard.press("n")
    expect(desk.locator("h1")).to_contain_text("甲一县示例化工有限公司")
    desk.keyboard.press("p")
    expect(desk.locator("h1")).to_contain_text(UNIT)
    desk.keyboard.press("?")
    expect(desk.locator("[data-keys] dl")).to_be_visible()
    desk.keyboard.press("?")
    expect(desk.locator("[data-keys] dl")).to_be_hidden()
    desk.keyboard.press("c")
    expect(desk.locator("#comment")).to_be_focused()
    desk.keyboard.type("jknp?c")
    expect(desk.locator("#comment")).to_have_value("jknp?c")


def send_back(desk: Page) -> None:
    """The remark goes with the papers."""
    desk.locator("#comment").fill("请核对会议记录。")
    press(desk, "加意见")
    desk.locator("summary", has_text="退回（附 1 条意见）").click()
    desk.get_by_label("退回的理由").fill("请核对后重新提交")
    desk.get_by_role("button", name="退回", exact=True).click()
    expect(desk.locator("h1")).to_contain_text("已退回")


def mend(world) -> None:
    """The team finds the records, signs and submits again."""
    visit = Visit.objects.get(pk=world.visit.pk)
    sheet = actions.present(visit)
    papers.answer(sheet, "1-2", {"points": "3"}, world.member)
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    actions.submit(visit, by=world.leader)


def settle(desk: Page) -> None:
    """The mark is higher than in the last round; the remark is answered."""
    expect(desk.locator("#row-1-2")).to_be_visible()
    expect(desk.locator(".rv-paper tr", has=desk.locator("#row-1-2")).locator(".x")).to_have_text(
        re.compile(r"2\s*\+1")
    )
    press(desk, "了结")
    expect(desk.locator("#remarks")).to_contain_text("0 条未了结")
    assert Comment.objects.get().resolved_at is not None


def in_bulk(desk: Page, move: str, count: int) -> None:
    """Tick the page, read what will happen, do it."""
    desk.get_by_label("勾选本页全部").check()
    desk.get_by_role("button", name=move, exact=True).click()
    expect(desk.locator("h1")).to_have_text(f"批量{move}")
    assert serious(desk) == []
    desk.get_by_role("button", name=f"{move}这 {count} 份").click()
    expect(desk.locator(".dk-sub")).to_have_text(f"已{move} {count} 份。")
    assert serious(desk) == []


def follow_the_number(desk: Page, base: str, world) -> None:
    """100 % of one sheet, and the sheet it comes from."""
    desk.goto(f"{base}/statistics/?plan={world.plan.pk}&kind=county_union")
    expect(desk.locator(".dk-sumline").first).to_contain_text("100.0%")
    desk.get_by_role("link", name="100.0%").first.click()
    expect(desk.locator("h1")).to_have_text("这个数字背后的评分表")
    follow(desk, UNIT)
    expect(desk.locator("h1")).to_contain_text("已下发")
    expect(desk.locator(".rv-bar")).to_contain_text("总得分 12.0")
