"""A phone in a factory: the network goes, the tab closes, the session ends; nothing is lost."""

import os
import signal
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from attachments.models import Attachment
from scoring import answers, entries, sheets
from scoring.models import Answer, Mark, Save
from tests.attachments import samples
from tests.factories.orgs import PASSWORD
from tests.journeys.conftest import CHROMIUM, FLAGS, PHONE, held, serious
from tests.sessions import session_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHOTO = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}
WAITING = reverse("scoring:waiting")
EXPECTED = ("ERR_INTERNET", "status of 401", "status of 400", "status of 403")


@pytest.fixture
def sheet(transactional_db, world):
    return sheets.start(world.visit, by=world.leader)


@pytest.fixture
def path(world, sheet):
    return reverse("scoring:sheet", args=[world.visit.pk])


@pytest.fixture
def inspector(person, world):
    """The member at a phone; a lost network and an ended session are no complaints."""
    someone = person(world.member, PHONE)
    yield someone
    someone.complaints[:] = [c for c in someone.complaints if not any(e in c for e in EXPECTED)]


def offline(someone, is_off=True):
    someone.context.set_offline(is_off)


# An outbox confirms what it holds after another has put something newer in its place.
OVERTAKEN = """async ({ place, code }) => {
  const { Outbox, typed } = await import("/static/js/outbox.js");
  const mine = new Outbox(place), theirs = new Outbox(place);
  await mine.load();
  theirs.put(code, { ...mine.get(code), id: "later", shown: "乙" });
  await theirs.line;
  mine.confirm(code, mine.get(code).id);
  await mine.line;
  return (await typed())[0]?.record.shown;
}"""


def less(page, code, reason):
    """Half a point less, with its reason."""
    page.click(f'#p-{code} [data-step="-0.5"]')
    page.fill(f"#p-{code} .reason textarea", reason)


def photograph(page, code="1-1"):
    page.set_input_files(f'#p-{code} [type="file"]', PHOTO)
    page.locator(f"#p-{code} .thumb.is-waiting").wait_for()


def arrived(page):
    expect(page.locator("#sync")).to_contain_text("已上传")


def reason(sheet, code="1-1"):
    return Answer.objects.get(sheet=sheet, criterion__code=code).reason


def test_photo_and_answer_outlive_the_closed_tab_and_arrive_once(inspector, sheet, path):
    page = inspector.open(path)
    offline(inspector)
    less(page, "1-1", "缺影像资料")
    photograph(page)
    photograph(page)  # the same photo again is the same photo
    expect(page.locator("#p-1-1 .thumb.is-waiting")).to_have_count(1)
    assert "存本机" in page.inner_text("#p-1-1 .is-waiting figcaption")
    page.close()
    assert not Attachment.objects.exists()
    offline(inspector, False)
    again = inspector.open(path)
    again.wait_for_selector("#p-1-1 .thumb:not(.is-waiting) img")
    arrived(again)
    assert (reason(sheet), Mark.objects.count()) == ("缺影像资料", 1)
    assert Attachment.objects.get().name == "现场.jpg"
    again.goto(again.url.split("#")[0].replace(path, WAITING))
    expect(again.locator("#empty")).to_contain_text("全部已上传")


def browser_of(folder: Path) -> list[int]:
    """The processes of the browser that keeps its profile in this folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in words:
            found.append(int(entry.name))
    return found


@pytest.fixture
def phone(driver, live_server, world, tmp_path):
    """``phone()``: a browser of its own, whose profile outlives it."""
    opened = []

    def switch_on():
        context = driver.chromium.launch_persistent_context(
            tmp_path, executable_path=CHROMIUM, args=FLAGS, viewport=PHONE, locale="zh-CN"
        )
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(world.member)}
        context.add_cookies([cookie | {"url": live_server.url}])
        opened.append(context)
        return context

    yield switch_on
    opened[-1].close()


def test_answer_and_photo_outlive_a_killed_browser(phone, live_server, tmp_path, sheet, path):
    first = phone()
    page = first.pages[0]
    page.goto(live_server.url + path)
    first.set_offline(True)
    less(page, "1-1", "缺影像资料")
    photograph(page)
    page.wait_for_timeout(2000)  # what two seconds ago was typed is promised
    for process in browser_of(tmp_path):
        os.kill(process, signal.SIGKILL)
    (tmp_path / "SingletonLock").unlink(missing_ok=True)
    page = phone().pages[0]
    page.goto(live_server.url + path)
    page.wait_for_selector("#p-1-1 .thumb:not(.is-waiting) img")
    arrived(page)
    assert (reason(sheet), Mark.objects.count()) == ("缺影像资料", 1)
    assert Attachment.objects.count() == 1


def test_two_tabs_send_each_thing_once(inspector, sheet, path):
    one, two = inspector.open(path), inspector.open(path)
    offline(inspector)
    less(one, "1-1", "缺影像资料")
    photograph(one)
    less(two, "1-2", "没有会议通知")
    expect(two.locator("#p-1-1 .thumb.is-waiting")).to_have_count(1)  # told by the other tab
    offline(inspector, False)
    arrived(one)
    arrived(two)
    assert (reason(sheet), reason(sheet, "1-2")) == ("缺影像资料", "没有会议通知")
    assert (Save.objects.filter(status=200).count(), Attachment.objects.count()) == (2, 1)


def test_tab_is_told_when_the_other_has_sent(inspector, sheet, path):
    one, two = inspector.open(path), inspector.open(path)
    on_the_way = []
    inspector.context.route("**/files/add/", lambda route: on_the_way.append(route))
    with inspector.context.expect_event("request", lambda asked: "/files/add/" in asked.url):
        photograph(one)
    for tab in (one, two):
        expect(tab.locator("#sync")).to_contain_text("未上传 1")
    on_the_way.pop().continue_()
    arrived(one)
    arrived(two)
    assert Attachment.objects.count() == 1


def test_tab_leaves_alone_what_the_other_wrote_later(inspector, sheet, path):
    page = inspector.open(path)
    offline(inspector)
    less(page, "1-1", "缺影像资料")
    held(page, "缺影像资料")
    assert page.evaluate(OVERTAKEN, {"place": f"sheet:{sheet.pk}", "code": "1-1"}) == "乙"


def test_ended_session_is_opened_again_in_place(inspector, world, sheet, path):
    page = inspector.open(path)
    offline(inspector)  # nothing is asked before all is written: the dialog takes the keyboard
    less(page, "1-1", "缺影像资料")
    inspector.context.clear_cookies()
    offline(inspector, False)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("登录已过期，请重新登录")
    expect(dialog).to_contain_text("1 项存在本机")
    assert serious(page) == []
    dialog.get_by_label("密码").fill("wrong")
    page.click("text=登录并继续")
    expect(dialog).to_contain_text("账号或密码不对")
    page.click("text=先不登录")
    photograph(page)
    page.click("text=重新登录")
    dialog.get_by_label("密码").fill(PASSWORD)
    page.click("text=登录并继续")
    expect(dialog).to_have_count(0)
    arrived(page)
    assert reason(sheet) == "缺影像资料"
    assert Attachment.objects.get().uploaded_by == world.member
    page.evaluate("document.getElementById('sheet').submit()")  # a plain form of the same page
    expect(page.locator("main")).to_contain_text("已保存 1 处改动")


def test_nothing_goes_out_in_the_name_of_another_account(inspector, world, sheet, path):
    page = inspector.open(path)
    offline(inspector)
    less(page, "1-1", "缺影像资料")
    photograph(page)
    inspector.context.add_cookies(
        [{"name": "sessionid", "value": session_of(world.recorder), "url": inspector.base}]
    )
    offline(inspector, False)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("现在登录的是示例recorder")
    theirs = inspector.open(WAITING)
    expect(theirs.locator("#others")).to_contain_text("其他账号没有上传的 2 项")
    assert not Save.objects.exists()
    assert not Attachment.objects.exists()
    dialog.get_by_label("密码").fill(PASSWORD)
    page.click("text=登录并继续")
    arrived(page)
    assert Mark.objects.get().user == world.member
    assert Attachment.objects.get().uploaded_by == world.member


def test_conflict_made_offline_is_chosen_later(inspector, world, sheet, path):
    page = inspector.open(path)
    offline(inspector)
    less(page, "1-1", "缺影像资料")
    theirs = entries.Entry({"points": "2"}, False, "", "")
    answers.save_point(sheet, "1-1", theirs, by=world.recorder, id=uuid4(), base=0)
    offline(inspector, False)
    page.locator("#p-1-1 .versus").wait_for()
    expect(page.locator("#sync")).to_contain_text("未上传 1")
    listed = inspector.open(WAITING)
    expect(listed.locator("#yours")).to_contain_text("与示例recorder填得不一样")
    page.click('#p-1-1 [data-choose="mine"]')
    arrived(page)


def test_full_device_says_so_and_keeps_the_photo_in_the_page(inspector, sheet, path):
    page = inspector.open(reverse("plans:account"))
    devtools = inspector.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": inspector.base, "quotaSize": 1})
    page.goto(inspector.base + path)
    offline(inspector)
    less(page, "1-1", "缺影像资料")
    photograph(page)
    expect(page.locator("#p-1-1 .strip-told")).to_contain_text("这台设备存不下了")
    offline(inspector, False)
    page.wait_for_selector("#p-1-1 .thumb:not(.is-waiting) img")
    arrived(page)
    assert (reason(sheet), Attachment.objects.count()) == ("缺影像资料", 1)


@pytest.fixture
def equipped(person, world):
    """The member at a phone that keeps pages."""
    someone = person(world.member, PHONE, "allow")
    yield someone
    someone.complaints.clear()  # of the lost network


def until(page, promise):
    """Wait until what the promise of this script brings is true."""
    page.evaluate(
        f"""new Promise(async (then) => {{
        for (; !(await {promise}); await new Promise((on) => setTimeout(on, 50)));
        then();
    }})"""
    )


def kept(page):
    """Wait until the worker has kept this page."""
    until(page, "caches.match(location.pathname)")


def test_draft_opens_again_without_a_network_and_others_do_not(equipped, sheet, path):
    page = equipped.open(path)
    kept(page)
    page.close()
    offline(equipped)
    page = equipped.open(path)
    less(page, "1-1", "缺影像资料")
    photograph(page)
    expect(page.locator("#sync")).to_contain_text("离线")
    elsewhere = equipped.open(reverse("plans:account"))
    assert elsewhere.get_by_role("link").all_inner_texts() == ["甲一县总工会 附件1 评分表"]
    offline(equipped, False)
    arrived(page)
    assert (reason(sheet), Attachment.objects.count()) == ("缺影像资料", 1)
    elsewhere.goto(equipped.base + reverse("plans:account"))
    elsewhere.click("text=退出登录")
    elsewhere.wait_for_url("**/login/")
    assert elsewhere.evaluate("caches.keys()") == []


def test_kept_draft_goes_when_somebody_else_logs_in(equipped, world, sheet, path):
    page = equipped.open(path)
    kept(page)
    page.close()
    equipped.context.add_cookies(
        [{"name": "sessionid", "value": session_of(world.recorder), "url": equipped.base}]
    )
    home = equipped.open(reverse("plans:account"))
    until(home, "caches.match('/owner').then((kept) => !kept)")


def test_log_out_warns_of_what_waits(inspector, sheet, path):
    page = inspector.open(path)
    offline(inspector)
    less(page, "1-1", "缺影像资料")
    held(page, "缺影像资料")
    page.close()
    home = inspector.context.new_page()
    offline(inspector, False)
    home.route("**/save/", lambda route: route.abort())
    home.goto(inspector.base + reverse("plans:account"))
    expect(home.locator("[data-waiting]")).to_contain_text("未上传 1")
    home.click("text=退出登录")
    expect(home.get_by_role("dialog")).to_contain_text("还有 1 项没有上传")
    assert serious(home) == []
    home.click("text=先不退出")
    home.unroute("**/save/")
    with home.expect_response("**/save/"):  # the pill is hidden before it has counted, too
        home.reload()
    expect(home.locator("[data-waiting]")).to_be_hidden()
    assert reason(sheet) == "缺影像资料"
    home.click("text=退出登录")
    home.wait_for_url("**/login/")


def test_what_waits_of_one_sheet_goes_out_in_one_request(inspector, sheet, path):
    page = inspector.open(path)
    offline(inspector)
    for code in ("1-1", "1-2"):
        less(page, code, f"缺资料{code}")
        held(page, f"缺资料{code}")
    page.close()
    offline(inspector, False)
    home, sent = inspector.context.new_page(), []
    home.on("request", lambda request: sent.append(request.url) if request.method == "POST" else 0)
    home.goto(inspector.base + reverse("plans:account"))
    expect(home.locator("[data-waiting]")).to_be_hidden()
    assert [reason(sheet, code) for code in ("1-1", "1-2")] == ["缺资料1-1", "缺资料1-2"]
    assert sent == [inspector.base + reverse("scoring:sheet_save", args=[sheet.pk])]


def test_text_of_the_record_outlives_the_ended_session(inspector, world, sheet):
    page = inspector.open(reverse("scoring:record", args=[world.visit.pk]))
    inspector.context.clear_cookies(name="sessionid")
    page.get_by_label("工作亮点").fill("一是党政重视。")
    page.click("text=先不登录")
    page.click("#box-highlights >> text=重新登录")
    page.get_by_role("dialog").get_by_label("密码").fill(PASSWORD)
    page.click("text=登录并继续")
    state = page.locator("#box-highlights [data-state]")
    expect(state).to_contain_text("示例member")
    assert sheet.texts.get(field="highlights").text == "一是党政重视。"
    assert Save.objects.filter(slot="text:highlights").count() == 1


def test_form_without_a_session_is_sent_on_after_the_login(inspector, world, sheet):
    page = inspector.open(reverse("scoring:record", args=[world.visit.pk]))
    inspector.context.clear_cookies(name="sessionid")
    page.click("text=添加一条")
    page.locator("form.rec-add textarea").first.fill("消防栓前堆放纸箱。")
    page.click("form.rec-add button")
    expect(page.locator("main")).to_contain_text("消防栓前堆放纸箱。")
    page.fill("#id_username", "member")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("button", name="继续提交").click()
    expect(page.locator("#problems .entry")).to_contain_text("消防栓前堆放纸箱。")
    assert sheet.findings.get().text == "消防栓前堆放纸箱。"
