"""The record in a browser: texts save themselves, conflicts are chosen, hands are drawn."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scoring import actions, findings
from scoring.models import Signature
from scoring.text_saves import save_text
from tests.factories import papers
from tests.factories.orgs import PASSWORD
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")


def picture(page, name):
    """A screenshot for who asked for them; nothing otherwise."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def url(name, *args):
    return reverse(f"scoring:{name}", args=args)


@pytest.fixture
def sheet(world):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    return sheet


@pytest.fixture
def begun(world):
    """A draft in which nothing is written yet."""
    return papers.started(world.visit, world.leader)


def stored(sheet, field):
    return sheet.texts.get(field=field).text


def test_a_text_saves_itself_and_says_so(world, begun, person):
    page = person(world.member, PHONE).open(url("record", world.visit.pk))
    page.get_by_label("工作亮点").fill("一是党政重视。")
    expect(page.locator("#box-highlights [data-state]")).to_contain_text("示例member")
    assert stored(begun, "highlights") == "一是党政重视。"


def test_a_text_typed_while_the_network_is_away_arrives_later(world, begun, person):
    sat = person(world.member, PHONE)
    page = sat.open(url("record", world.visit.pk))
    page.route("**/texts/**", lambda route: route.abort())
    page.get_by_label("工作亮点").fill("断网时写的。")
    expect(page.locator("#box-highlights [data-state]")).to_contain_text("已存本机")
    page.close()
    assert stored(begun, "highlights") == ""
    sat.complaints.clear()  # the browser reports the request we cut
    again = sat.open(url("record", world.visit.pk))
    expect(again.locator("#box-highlights [data-state]")).to_contain_text("示例member")
    assert stored(begun, "highlights") == "断网时写的。"


def test_of_two_texts_one_is_chosen_by_one_tap(world, sheet, person):
    page = person(world.member, PHONE).open(url("record", world.visit.pk))
    save_text(sheet, "highlights", "组长写的。", by=world.leader, id=uuid4(), base=1)
    page.get_by_label("工作亮点").fill("组员写的。")
    expect(page.locator(".versus")).to_contain_text("组长写的。")
    picture(page, "record-conflict-390")
    assert serious(page) == []
    page.get_by_role("button", name="用我的").click()
    expect(page.locator(".versus")).not_to_be_visible()
    expect(page.locator("#box-highlights [data-state]")).to_contain_text("示例member")
    assert stored(sheet, "highlights") == "组员写的。"


def test_the_advice_is_gathered_into_the_suggestions(world, sheet, person):
    findings.add(sheet, by=world.leader, text="问题", advice="设立专项科目")
    page = person(world.member, DESK).open(url("record", world.visit.pk))
    page.get_by_role("button", name="汇总 1 条督导意见").click()
    expect(page.get_by_label("意见建议")).to_have_value("示例建议。\n1.设立专项科目。")


@pytest.mark.parametrize(("viewport", "name"), [(PHONE, "390"), (DESK, "1280")])
def test_the_papers_are_signed_by_hand_and_submitted(world, sheet, person, viewport, name):
    for text, code in (("奖励资金未单独列支，在工会经费“其他支出”中报销。", "1-2"), ("问题二", "")):
        advice = "设立专项科目，2018 年 1 月底前报市总工会。"
        findings.add(sheet, by=world.leader, text=text, code=code, advice=advice)
    actions.follow(world.visit, by=world.member)
    papers.sign(sheet, "recorder", world.recorder)
    page = person(world.leader, viewport).open(url("record", world.visit.pk))
    picture(page, f"record-{name}")
    assert serious(page) == []
    page.get_by_role("link", name="去签字").click()
    draw(page)
    page.get_by_label("再输一次登录密码").fill(PASSWORD)
    picture(page, f"sign-{name}")
    assert serious(page) == []
    page.get_by_role("button", name="确认签字").click()
    assert Signature.objects.get(role="leader").method == "drawn"
    picture(page, f"record-signed-{name}")
    page.get_by_role("link", name="提交", exact=True).locator("visible=true").click()
    picture(page, f"submit-{name}")
    assert serious(page) == []
    page.get_by_role("button", name="提交并锁定").click()
    expect(page.get_by_text("已提交，已锁定")).to_be_visible()
    picture(page, f"record-locked-{name}")
    assert serious(page) == []
    page.goto(page.url.replace("record", "history"))
    picture(page, f"history-{name}")
    assert serious(page) == []
    page.goto(page.url.replace("history", "drafts/1"))
    picture(page, f"revision-{name}")
    assert serious(page) == []


def draw(page):
    canvas = page.locator("[data-pad] canvas")
    canvas.wait_for()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    left, top = box["x"] + 40, box["y"] + 40
    for line in range(3):
        page.mouse.move(left + line * 70, top)
        page.mouse.down()
        for step in range(12):
            page.mouse.move(left + line * 70 + step * 4, top + step * 6 % 40 + step * 3)
        page.mouse.up()
