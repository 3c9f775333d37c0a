"""A table at a desk and on a phone: made from nothing, changed by two people, published, filled."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from plans.models import Plan
from rubrics import actions
from rubrics.models import Version
from rubrics.outline import outline_of
from scoring import sheets
from tests.factories import plans, tables
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
HEAD = {
    "title": "示例安全评分表",
    "code": "shili-2026",
    "annex": "附件5",
    "unit_label": "示例单位",
    "source": "《示例方案》附件5",
}


def calm(page: Page) -> None:
    """Wait until nothing is on its way."""
    page.wait_for_timeout(50)
    page.wait_for_selector("#editor:not([aria-busy=true])")


def put(page: Page, **fields: str) -> None:
    """Type into fields and leave the last: each is saved by itself."""
    for name, text in fields.items():
        page.locator(f"#part-form [name='{name.replace('_', '-')}']").fill(text)
    page.keyboard.press("Tab")
    calm(page)


def press(page: Page, id: str) -> None:
    page.locator(f"#{id}").click()
    calm(page)


def choose(page: Page, kind: str) -> None:
    page.select_option("#id_kind", kind)
    calm(page)


def go(page: Page, at: str) -> None:
    page.locator(f"[id='go-{at}']").click()
    calm(page)


def is_saved(page: Page) -> None:
    expect(page.locator("#editor-state")).to_contain_text("已保存")


def outline(version):
    return outline_of(Version.objects.with_tree().get(pk=version.pk))


def at(name, version):
    return reverse(f"rubrics:{name}", args=[version.pk])


@SIZES
def test_table_from_nothing_to_the_printed_sheet(transactional_db, world, person, size):
    page = person(world.province, size).open(reverse("rubrics:rubric_new"))
    assert serious(page) == []
    for name, text in HEAD.items():
        page.fill(f"[name={name}]", text)
    page.get_by_role("button", name="建草稿，去填内容").click()
    page.wait_for_selector("#editor")
    draft = Version.objects.get(rubric__code="shili-2026")
    write(page)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert [p.code for i in outline(draft).items for p in i.criteria] == [
        "1-1",
        "1-2",
        "1-3",
        "2-1",
        "2-2",
    ]
    publish(page, person(world.province2, size), draft)
    plan_takes(person(world.province, size), world, draft)
    fill(person(world.leader, size), world, draft)
    is_printed(person(world.leader, size), world)


def write(page: Page) -> None:
    """Three kinds of points, two more as a bonus of at most 2."""
    go(page, "0")
    put(page, name="示例管理")
    go(page, "0.0.0")
    put(page, text="制定方案（4分）；", points="4")
    page.locator("#id_text").press("Enter")
    calm(page)
    page.keyboard.type("省级媒体宣传得5分，市级得3分（5分）；")
    put(page, points="5")
    choose(page, "tiers")
    rows = {"0-label": "省级", "0-points": "5", "1-label": "市级", "1-points": "3"}
    for name, text in rows.items():
        page.fill(f"[name='{name}']", text)
    page.keyboard.press("Tab")
    calm(page)
    press(page, "next")
    put(page, text="每发现一处隐患扣1分（3分）。", points="3")
    choose(page, "deduct")
    put(page, unit="处", each="1")
    is_saved(page)
    go(page, "0")
    press(page, "add")
    go(page, "0.1.0")
    put(page, text="有创新做法加2分；", points="2")
    press(page, "next")
    put(page, text="受上级表彰加2分。", points="2")
    press(page, "recode")
    go(page, "scheme")
    group = {"name": "加分", "points": "2", "codes": "2-1、2-2"}
    for name, text in group.items():
        page.fill(f"[name='group-0-{name}']", text)
    page.check("[name='group-0-bonus']")
    calm(page)
    is_saved(page)
    if not page.locator("#adopt").is_visible():
        page.locator("#mismatches summary").click()
    press(page, "adopt")
    expect(page.locator("#editor-head")).to_contain_text("逐级相符")


def publish(page: Page, colleague, draft) -> None:
    """Whoever wrote it is told to ask; a colleague checks and publishes."""
    page.get_by_role("link", name="核对并发布").click()
    page.wait_for_url("**/check/")
    expect(page.get_by_text("请另一位同事").first).to_be_visible()
    other = colleague.open(at("version_check", draft))
    assert serious(other) == []
    other.get_by_role("button", name="发布第 1 版").click()
    other.wait_for_url(f"**{at('version_detail', draft)}")
    draft.refresh_from_db()
    assert (draft.status, draft.total) == ("published", 12)


def plan_takes(staff, world, version) -> None:
    """The step of a plan offers the table, and keeps it."""
    union = world.orgs["province_union"]
    plan = plans.plan(
        union, world.province, version=world.version, round_number=3, status=Plan.Status.DRAFT
    )
    page = staff.open(reverse("plans:plan_rubrics", args=[plan.pk]))
    page.select_option("[name=county_union]", str(version.pk))
    page.get_by_role("button", name="下一步：抽取规则").click()
    page.wait_for_load_state()
    assert plan.rubrics.get(target="county_union").version == version


def fill(inspector, world, version) -> None:
    tables.bind(world.visit, version)
    sheets.start(world.visit, by=world.leader)
    page = inspector.open(reverse("scoring:sheet", args=[world.visit.pk]))
    page.click('#p-1-1 [data-set="4"]')
    page.click("#p-1-2 .rows label >> nth=0")
    page.fill("#v-1-3", "1")
    page.click('#p-2-1 [data-set="2"]')
    page.click('#p-2-2 [data-set="2"]')
    expect(page.locator("#total")).to_have_text("13.0")
    expect(page.locator("#sync")).to_contain_text("已上传")


def is_printed(inspector, world) -> None:
    """Wording, 得分 of each item, what the bonus was capped by, and the total."""
    page = inspector.open(reverse("reports:visit_print", args=[world.visit.pk]))
    table = page.locator("table.form-sheet").first
    found = [
        [cell.strip() for cell in row.locator("th, td").all_text_contents()]
        for row in table.locator("tbody tr").all()
    ]
    first = "1.制定方案（4分）；省级媒体宣传得5分，市级得3分（5分）；每发现一处隐患扣1分（3分）。"
    second = "2.有创新做法加2分；受上级表彰加2分。"
    assert found[0][1:3] == [first, "11"]
    assert found[1][:2] == [second, "4"]
    assert [row[:2] for row in found[2:]] == [["加分：累计不超过2分", "-2"], ["总 得 分", "13"]]


@SIZES
def test_new_version_is_edited_checked_and_compared(transactional_db, world, person, size):
    call_command("load_rubrics", verbosity=0)
    issued = Version.objects.get(rubric__code="fujian1-county-union")
    draft = actions.redraft(issued, by=world.admin)
    page = person(world.admin, size).open(at("version_edit", draft) + "?at=0.1.1")
    page.click("text=拆成两点")
    page.fill("[name=first_points]", "1")
    page.fill("[name=second_points]", "2")
    press(page, "cut")
    choose(page, "chosen")
    expect(page.locator("#editor-state")).to_contain_text("还没有保存")
    put(page, low="0.5", high="1")
    is_saved(page)
    put(page, points="2")
    expect(page.locator("#editor-head")).to_contain_text("前后不符 3 处")
    assert page.locator("#paper .is-wrong").count() == 3
    assert serious(page) == []
    put(page, points="1")
    page.get_by_role("link", name="核对并发布").click()
    page.wait_for_url("**/check/")
    assert serious(page) == []
    page.fill("[name=reason]", "示例：原文写的是拆开前的分值")
    page.get_by_role("button", name="照原件印").click()
    page.wait_for_load_state()
    other = person(world.province, size).open(at("version_check", draft))
    other.get_by_role("button", name="发布第 2 版").click()
    other.wait_for_url(f"**{at('version_detail', draft)}")
    draft.refresh_from_db()
    made = outline(draft).items[1].criteria
    assert (draft.status, [p.code for p in made]) == ("published", ["2-1", "2-2", "2-3"])
    assert (made[1].kind, made[1].params) == ("chosen", {"low": "0.5", "high": "1", "step": "0.5"})
    other.goto(other.url + "differences/")
    assert serious(other) == []


def test_keys_move_add_and_take_back_and_the_focus_stays(transactional_db, world, person):
    draft = actions.redraft(world.version, by=world.admin)
    page = person(world.admin).open(at("version_edit", draft) + "?at=0.0.0")
    page.focus("#id_points")
    page.keyboard.press("Alt+ArrowDown")
    calm(page)
    assert [p.code for p in outline(draft).items[0].criteria] == ["1-2", "1-1"]
    expect(page.locator("#id_points")).to_be_focused()
    page.keyboard.press("Control+z")
    calm(page)
    assert [p.code for p in outline(draft).items[0].criteria] == ["1-1", "1-2"]
    page.fill("#id_points", "9")
    page.keyboard.press("Control+z")  # the field's own, while it is being typed in
    calm(page)
    assert page.input_value("#id_points") == "2"
    page.fill("#id_text", "还没离开这一格（2分）；")
    page.keyboard.press("Alt+n")  # nothing to add inside a point
    page.keyboard.press("Alt+PageDown")
    calm(page)
    assert outline(draft).items[0].criteria[0].text == "还没离开这一格（2分）；"
    expect(page.locator("#part h2")).to_have_text("得分点 1.1.2")


def test_double_press_adds_once(transactional_db, world, person):
    draft = actions.redraft(world.version, by=world.admin)
    page = person(world.admin).open(at("version_edit", draft) + "?at=0.0")
    page.locator("#add").dblclick()
    calm(page)
    assert len(outline(draft).items[0].criteria) == 3


def test_two_people_on_one_point_see_both_values(transactional_db, world, person):
    draft = actions.redraft(world.version, by=world.admin)
    address = at("version_edit", draft) + "?at=0.0.0"
    mine, theirs = (person(who).open(address) for who in (world.admin, world.province))
    put(theirs, text="同事先存的（2分）；")
    put(mine, text="我后存的（2分）；")
    told = mine.locator("#editor-told [role=alert]")
    expect(told).to_contain_text("示例province")
    expect(told.locator("td")).to_have_text(["同事先存的（2分）；", "我后存的（2分）；"])
    assert outline(draft).items[0].criteria[0].text == "同事先存的（2分）；"
    press(mine, "save")
    is_saved(mine)
    assert outline(draft).items[0].criteria[0].text == "我后存的（2分）；"


def test_two_people_on_two_points_do_not_disturb_each_other(transactional_db, world, person):
    draft = actions.redraft(world.version, by=world.admin)
    address = at("version_edit", draft)
    mine = person(world.admin).open(f"{address}?at=0.0.0")
    theirs = person(world.province).open(f"{address}?at=0.0.1")
    put(theirs, text="别处（3分）。")
    put(mine, text="这里（2分）；")
    is_saved(mine)
    assert [p.text for p in outline(draft).items[0].criteria] == ["这里（2分）；", "别处（3分）。"]
    assert "别处" in mine.locator("#tree").text_content()
