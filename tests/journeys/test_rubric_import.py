"""A table brought in from Word: checked doubt by doubt, published by two, filled and printed."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from rubrics.models import Intake, Version
from rubrics.outline import outline_of
from scoring import sheets
from tests.factories import intakes, tables
from tests.journeys.conftest import DESK, PHONE, serious
from tests.rubrics.reading import unseen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
UPLOAD = reverse("rubrics:intake_upload")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ABOUT = intakes.ABOUT | {"target": "county_union"}


def bring_in(page: Page, data: bytes) -> None:
    page.set_input_files(
        "[name=file]", {"name": "示例考核表.docx", "mimeType": WORD, "buffer": data}
    )
    page.get_by_role("button", name="读出来看看").click()
    page.wait_for_selector("#intake")


def left(page: Page, said: str) -> None:
    expect(page.locator("#left")).to_contain_text(said)


def is_wide_enough(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


@SIZES
def test_table_of_two_pages_from_word_to_the_printed_sheet(transactional_db, world, person, size):
    page = person(world.province, size).open(UPLOAD)
    assert (serious(page), is_wide_enough(page)) == ([], True)
    bring_in(page, unseen.split_rows())
    assert (serious(page), is_wide_enough(page)) == ([], True)
    settle(page)
    mend(page)
    store(page)
    draft = Version.objects.get(rubric__code=ABOUT["code"])
    publish(page, person(world.province2, size), draft)
    fill(person(world.leader, size), world, draft)
    is_printed(person(world.leader, size), world)


def settle(page: Page) -> None:
    """J goes to the next doubt, K to the one before, the space bar approves it."""
    doubts = page.locator(".ri-q")
    expect(doubts).to_have_count(2)
    for key, there in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(doubts.nth(there)).to_have_class("dk-note ri-q mt-1 mb-1 info is-here")
        expect(doubts.nth(there).locator("input")).to_be_focused()
    page.keyboard.press("Space")
    left(page, "还有 1 处要定")
    page.keyboard.press("j")
    expect(doubts.nth(1).locator("input")).to_be_focused()
    page.keyboard.press("Space")
    left(page, "都已核对")


def mend(page: Page) -> None:
    """Points that are changed are summed at once; what contradicts the total is a doubt."""
    point = page.locator(".ri-point").nth(4)
    point.locator("summary").click()
    for typed, total, said in (("25", "95 分", "还有 3 处要定"), ("30", "100 分", "都已核对")):
        point.locator("[name='points-5']").fill(typed)
        point.locator("[name='points-5']").press("Tab")
        expect(page.locator("#sumline")).to_contain_text(total)
        left(page, said)


def store(page: Page) -> None:
    """What the source does not say is typed, and sent at once."""
    for name, text in ABOUT.items():
        field = page.locator(f"#f-{name}")
        if name == "target":
            field.select_option(text)
        else:
            field.fill(text)
    page.get_by_role("button", name="存成草稿").click()
    page.wait_for_url("**/check/")


def publish(page: Page, colleague, draft) -> None:
    """Whoever brought it in asks a colleague, who publishes."""
    expect(page.get_by_text("请另一位同事").first).to_be_visible()
    other = colleague.open(reverse("rubrics:version_check", args=[draft.pk]))
    other.get_by_role("button", name="发布第 1 版").click()
    other.wait_for_url(f"**{reverse('rubrics:version_detail', args=[draft.pk])}")
    expect(other.get_by_text("示例考核表.docx")).to_be_visible()
    draft.refresh_from_db()
    assert (draft.status, draft.total, draft.issuer) == ("published", 100, "示例单位")


def fill(inspector, world, version) -> None:
    tables.bind(world.visit, version)
    sheets.start(world.visit, by=world.leader)
    page = inspector.open(reverse("scoring:sheet", args=[world.visit.pk]))
    for code, points in (("1-1", 10), ("1-2", 10), ("2", 20), ("4", 30)):
        page.click(f'#p-{code} [data-set="{points}"]')
    page.fill("#v-3", "2")
    expect(page.locator("#total")).to_have_text("90.0")
    expect(page.locator("#sync")).to_contain_text("已上传")


def is_printed(inspector, world) -> None:
    page = inspector.open(reverse("reports:visit_print", args=[world.visit.pk]))
    table = page.locator("table.form-sheet").first
    found = [
        [cell.strip() for cell in row.locator("th, td").all_text_contents()]
        for row in table.locator("tbody tr").all()
    ]
    assert found[0][1:3] == [
        "1.制定年度方案，明确目标（10分），层层签订责任书（10分）。",
        "20",
    ]
    assert found[2][1:3] == ["3.每月排查隐患，每少1次扣5分。（30分）", "20"]
    assert found[-1][:2] == ["总得分", "90"]


def test_pasted_document_of_two_tables_becomes_two_to_check(transactional_db, world, person):
    page = person(world.province, PHONE).open(UPLOAD)
    text = "".join(
        f"附件{n}\n示例{n}号评分表\n\n项目\n内容\n得分\n方法\n\n管理\n\n1.有制度（5分）。\n\n总得分\n\n"
        for n in (1, 2)
    )
    page.fill("[name=text]", text)
    page.get_by_role("button", name="读出来看看").click()
    expect(page.get_by_text("读出 2 张表")).to_be_visible()
    assert (serious(page), is_wide_enough(page)) == ([], True)
    page.get_by_role("link", name="示例2号评分表").click()
    expect(page.locator("#sumline")).to_contain_text("5 分")
    expect(page.locator("#f-annex")).to_have_value("附件2")
    assert Intake.objects.count() == 2


@SIZES
def test_checklist_is_brought_in_without_points(transactional_db, world, person, size):
    page = person(world.province, size).open(UPLOAD)
    bring_in(page, unseen.hospital())
    expect(page.locator("#sumline")).to_contain_text("不计分")
    assert (serious(page), is_wide_enough(page)) == ([], True)
    page.locator(".ri-tick").first.click()
    left(page, "都已核对")
    store(page)
    version = Version.objects.with_tree().get(rubric__code=ABOUT["code"])
    points = [point for item in outline_of(version).items for point in item.criteria]
    assert [(p.code, p.params) for p in points if p.params] == [("4", {"good": "no"})]
