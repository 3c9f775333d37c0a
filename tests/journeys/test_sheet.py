"""The sheet in a real browser: what was tapped reaches the database, whatever the network does."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from attachments.models import Attachment
from scoring import sheets
from scoring.models import Answer, Mark, Save
from tests.attachments import samples
from tests.journeys.conftest import DESK, PHONE, held, serious
from tests.sessions import session_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(transactional_db, world):
    return sheets.start(world.visit, by=world.leader)


@pytest.fixture
def path(world, sheet):
    return reverse("scoring:sheet", args=[world.visit.pk])


def tap(page, code, what):
    page.click(f'#p-{code} [data-set="{what}"]')


def state(page, code):
    return page.locator(f'#p-{code} [data-live="saved"]')


def saved(page, code, words="示例"):
    state(page, code).get_by_text(words).wait_for()


def answer(sheet, code):
    return Answer.objects.get(sheet=sheet, criterion__code=code)


def test_one_tap_on_a_phone_is_saved_and_says_so(person, world, sheet, path):
    page = person(world.member, PHONE).open(path)
    tap(page, "1-1", "2")
    saved(page, "1-1", "示例member")
    assert answer(sheet, "1-1").points == 2
    assert page.inner_text("#total") == "2.0"
    assert page.inner_text("#missing-count") == "还差 3 项"


def test_lost_points_ask_for_a_reason_and_count_when_it_is_there(person, world, sheet, path):
    page = person(world.member, PHONE).open(path)
    page.click('#p-1-1 [data-step="0.5"]')
    page.wait_for_selector("#p-1-1 .need")
    page.fill("#p-1-1 .reason textarea", "缺影像资料")
    page.wait_for_selector("#p-1-1.is-done")
    assert (answer(sheet, "1-1").points, answer(sheet, "1-1").reason) == (0.5, "缺影像资料")
    assert page.inner_text("#answered") == "1"


def test_tiers_and_counts_bring_their_reason(person, world, sheet, path):
    page = person(world.member, PHONE).open(path)
    page.click('#p-2 .rows label:has([value="1"])')
    page.wait_for_selector("#p-2.is-done")  # what is told of it may move the next under the finger
    page.click('#p-3 [data-step="1"]')
    page.wait_for_selector("#p-3.is-done")
    assert answer(sheet, "2").reason == "最高达到：市级媒体上宣传。"
    assert (answer(sheet, "3").inputs, answer(sheet, "3").reason) == ({"count": 1}, "1次。")


def test_not_applicable_needs_a_reason_and_can_be_taken_back(person, world, sheet, path):
    page = person(world.member, PHONE).open(path)
    page.check("#p-3 .na-box")
    page.fill("#p-3 .reason textarea", "11月才投产")
    page.wait_for_selector("#p-3.is-done")
    assert answer(sheet, "3").not_applicable
    page.uncheck("#p-3 .na-box")
    page.wait_for_selector("#p-3.is-open")


def test_offline_answers_survive_a_closed_tab_and_arrive_once(person, world, sheet, path):
    someone = person(world.member, PHONE)
    page = someone.open(path)
    someone.context.set_offline(True)
    tap(page, "1-1", "2")
    tap(page, "1-2", "0")
    page.fill("#p-1-2 .reason textarea", "没有会议通知")
    state(page, "1-2").get_by_text("已存本机").wait_for()
    expect(page.locator("#sync")).to_contain_text("离线")
    held(page, "没有会议通知")
    assert not Save.objects.exists()
    page.close()
    someone.context.set_offline(False)
    again = someone.open(path)
    again.wait_for_selector("#p-1-1.is-done")
    again.wait_for_selector("#p-1-2.is-done")
    assert answer(sheet, "1-2").reason == "没有会议通知"
    assert Mark.objects.count() == 2
    expect(again.locator("#sync")).to_contain_text("已上传")
    someone.complaints[:] = [c for c in someone.complaints if "ERR_INTERNET" not in c]


def test_back_online_sends_what_waited(person, world, sheet, path):
    someone = person(world.member, PHONE)
    page = someone.open(path)
    someone.context.set_offline(True)
    tap(page, "1-1", "2")
    state(page, "1-1").get_by_text("已存本机").wait_for()
    someone.context.set_offline(False)
    saved(page, "1-1", "示例member")
    assert answer(sheet, "1-1").points == 2
    someone.complaints[:] = [c for c in someone.complaints if "ERR_INTERNET" not in c]


def test_expired_session_keeps_everything_and_asks_to_log_in(person, world, sheet, path):
    someone = person(world.member, PHONE)
    page = someone.open(path)
    cookies = someone.context.cookies()
    someone.context.clear_cookies(name="sessionid")
    tap(page, "1-1", "2")
    page.get_by_text("重新登录", exact=True).wait_for()
    someone.context.add_cookies(cookies)
    again = someone.open(path)
    again.wait_for_selector("#p-1-1.is-done")
    assert answer(sheet, "1-1").points == 2
    someone.complaints[:] = [c for c in someone.complaints if "401" not in c]


def test_three_people_see_each_other_and_choose_between_two_values(person, world, sheet, path):
    mine = person(world.recorder, PHONE).open(path)
    theirs = person(world.member, DESK).open(path)
    leader = person(world.leader, DESK).open(path)
    tap(theirs, "1-1", "2")
    saved(theirs, "1-1")
    tap(mine, "1-1", "0")
    mine.locator("#p-1-1 .versus").wait_for()
    assert mine.locator('#p-1-1 [data-num="theirs"]').inner_text().startswith("2")
    assert answer(sheet, "1-1").points == 2
    mine.click('#p-1-1 [data-choose="mine"]')
    mine.wait_for_selector("#p-1-1.is-conflict [data-adopt]")
    leader.wait_for_selector("#p-1-1.is-conflict")
    leader.click("#p-1-1 .crit-text")
    leader.locator("#p-1-1 .versus [data-adopt]", has_text="示例member").click()
    leader.wait_for_selector("#p-1-1.is-done")
    settled = answer(sheet, "1-1")
    assert (settled.points, settled.settled_by) == (2, world.leader)
    assert Mark.objects.count() == 3
    mine.wait_for_selector("#p-1-1.is-done")


def test_colleague_is_seen_before_both_type_the_same(person, world, sheet, path):
    mine = person(world.recorder, PHONE).open(path)
    theirs = person(world.member, PHONE).open(path)
    theirs.focus("#p-3 input")
    state(mine, "3").get_by_text("示例member正在填").wait_for()


def test_photo_is_taken_in_and_shown(person, world, sheet, path):
    page = person(world.member, PHONE).open(path)
    tap(page, "1-1", "0")
    photo = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}
    page.set_input_files('#p-1-1 [type="file"]', photo)
    page.wait_for_selector("#p-1-1 .thumb:not(.is-waiting) img")
    assert Attachment.objects.get().slot == "1-1"


def test_next_open_point_and_the_list_of_missing(person, world, sheet, path):
    page = person(world.member, PHONE).open(path)
    tap(page, "1-1", "2")
    saved(page, "1-1")
    page.click("#missing-open")
    assert page.locator("#missing-list a").all_inner_texts()[0].startswith("1-2")
    page.click("#missing-list li:last-child a")
    page.wait_for_selector("#p-3.is-on")
    assert not page.locator("#missing").is_visible()


def test_without_script_the_page_is_a_plain_form(browser, live_server, world, sheet, path):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(world.member)}
    context.add_cookies([cookie | {"url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + path)
    page.fill('[name="1-1.value"]', "1")
    page.fill('[name="1-1.reason"]', "缺影像资料")
    page.click("text=保存全部")
    page.wait_for_load_state()
    assert "已保存 1 处改动" in page.inner_text("main")
    assert answer(sheet, "1-1").points == 1
    context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_sheet_is_usable_by_everybody(person, world, sheet, path, viewport):
    page = person(world.leader, viewport).open(path)
    page.click("#p-1-2 .crit-text")
    assert serious(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
