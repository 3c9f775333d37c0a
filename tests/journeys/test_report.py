"""A report from its draft to the paper in somebody's hand, whose code anybody can check."""

import io
import re

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from briefs.models import Brief
from tests.factories import briefs, letters, papers
from tests.journeys.conftest import serious
from tests.journeys.field import follow, press

pytestmark = pytest.mark.journey
MINE = "示例：亲手写的一段。"
NUMBER = "示例工发〔2026〕7号"


def test_report_is_drafted_written_issued_and_verified(transactional_db, world, person):
    letters.released(world)
    papers.confirmed(world)
    briefs.said(world.visit, "highlights", "1.建立了隐患奖励台账。\n2.每天班前查隐患。")
    staff = person(world.province)
    desk = staff.open(f"/briefs/?plan={world.plan.pk}")
    draft(desk)
    gather(desk)
    write(desk)
    issue(desk)
    code = fetch(desk)
    verify(person(None).open("/verify/"), code)
    take_back(desk)
    verify(person(None).open("/verify/"), code, "报告已作废")


def draft(desk: Page) -> None:
    """Everything is drafted from the data at once; nothing of it has changed since."""
    follow(desk, "起草报告")
    assert serious(desk) == []
    press(desk, "拟出初稿")
    expect(desk.locator("h1")).to_have_text("山东省“查保促”活动督导检查报告")
    expect(desk.locator("#unchecked")).to_have_text("")
    expect(desk.get_by_label("基本情况的正文")).to_have_value(re.compile("县级以上工会1个"))
    assert serious(desk) == []


def gather(desk: Page) -> None:
    """Two sentences say the same: one is taken for both, and goes into its chapter."""
    follow(desk, "去归集")
    follow(desk, "建议")
    expect(desk.locator(".bf-said")).to_have_count(3)
    assert serious(desk) == []
    press(desk, "整组并成一条")
    expect(desk.locator("#taken li")).to_have_count(1)
    expect(desk.locator(".bf-said")).to_have_count(3 - 2)
    follow(desk, "写进“意见建议”")
    assert serious(desk) == []
    press(desk, "换成新拟的稿")
    expect(desk.get_by_label("意见建议的正文")).to_have_value(re.compile("示例意见"))


def write(desk: Page) -> None:
    """A chapter saves by itself; the number of the paper with the page."""
    field = desk.get_by_label("下一步工作的正文")
    field.fill(MINE)
    expect(desk.locator("#state")).to_contain_text("已存下")
    desk.get_by_label("发文字号").fill(NUMBER)
    desk.get_by_role("button", name="存下", exact=True).last.click()
    expect(desk.get_by_text("已存下。")).to_be_visible()
    expect(field).to_have_value(MINE)


def issue(desk: Page) -> None:
    """Read as it will be printed, then frozen."""
    follow(desk, "预览和印发")
    expect(desk.locator(".bf-paper")).to_contain_text(MINE)
    assert serious(desk) == []
    desk.get_by_role("button", name="印发", exact=True).click()
    expect(desk.locator(".dk-head")).to_contain_text("已印发")
    assert serious(desk) == []


def fetch(desk: Page) -> str:
    """Word and PDF as they are downloaded; the code that stands on both."""
    content = downloaded(desk, "Word")
    word = Document(io.BytesIO(content))
    texts = [one.text for one in word.paragraphs]
    assert MINE in texts
    assert NUMBER in texts
    assert downloaded(desk, "PDF").startswith(b"%PDF")
    foot = word.sections[0].footer.tables[0].rows[0].cells[1].text
    code = re.search(r"核验码 (\S+)", foot)[1]
    assert code == Brief.objects.get().paper.code
    return code


def downloaded(desk: Page, name: str) -> bytes:
    """What the link of that name gives to the person's own browser."""
    link = desk.get_by_role("link", name=name, exact=True)
    answer = desk.request.get(link.evaluate("(link) => link.href"))
    assert answer.status == 200
    return answer.body()


def verify(page: Page, code: str, said: str = "系统签发过") -> None:
    """Nobody in particular types the code."""
    page.get_by_label("核验码").fill(code.replace("-", "").lower())
    press(page, "核验")
    expect(page.locator(".dk-verdict b")).to_have_text(said)
    expect(page.locator("main")).to_contain_text(NUMBER)
    expect(page.locator("main")).not_to_contain_text(MINE)
    assert serious(page) == []


def take_back(desk: Page) -> None:
    """Cancelled, with a reason."""
    desk.get_by_text("作废这一版").click()
    desk.get_by_label("理由").fill("示例：数据有误")
    desk.get_by_role("button", name="作废", exact=True).click()
    expect(desk.locator(".dk-note")).to_contain_text("已作废")
    assert serious(desk) == []
