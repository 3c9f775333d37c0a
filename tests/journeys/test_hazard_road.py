"""A hazard in a browser: from a worker's photo on a phone to the printed 验收单.

一般 by the short road; 重大 with 停止作业 and one acceptance that does not pass.
"""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from hazards.models import Hazard
from tests.attachments.samples import photo
from tests.factories.hazards import FIVE, SIX
from tests.journeys.conftest import DESK, PHONE, Person, serious

pytestmark = pytest.mark.journey
S = Hazard.Status
WHERE = "2号泵房东侧（示例）"
PICTURE = {"name": "示例.jpg", "mimeType": "image/jpeg"}


@pytest.fixture
def phone(person, world) -> Person:
    """The worker's."""
    return person(world.worker, PHONE)


@pytest.fixture
def desk(person) -> Person:
    """A desk at which the others sit down in turn."""
    return person(None, DESK)


def test_general_road(transactional_db, world, phone, desk):
    hazard = report(phone)
    make(desk, hazard, world.officer, "register")
    make(desk, hazard, world.officer, "grade_general")
    given = FIVE | {"level": "team", "responsible": str(world.worker.pk), "due_on": ahead(5)}
    make(desk, hazard, world.officer, "plan", **given)
    assert "安全隐患整改通知书" in papers(desk, hazard)
    rectify(phone, hazard)
    make(desk, hazard, world.officer, "accept", note="示例：试压合格")
    make(desk, hazard, world.unit_union, "witness")
    hazard.refresh_from_db()
    assert hazard.status == S.CLOSED
    text = printed(desk, hazard, "安全隐患整改验收单")
    for words in (hazard.number, WHERE, "示例officer", "示例unit_union", "示例：试压合格"):
        assert words in text


def test_major_road_with_one_failed_acceptance(transactional_db, world, phone, desk):
    hazard = report(phone)
    make(desk, hazard, world.officer, "register")
    make(desk, hazard, world.officer, "grade_major", note="示例：影响全厂")
    make(desk, hazard, world.unit_union, "advise_stop", stop_advice="示例：立即停止动火")
    make(desk, hazard, world.officer, "answer_stop", stop_answer="示例：已停止")
    given = SIX | {"responsible": str(world.worker.pk), "due_on": ahead(20)}
    make(desk, hazard, world.unit_union, "forward", **given)
    make(desk, hazard, world.county_a1, "file", regulator=str(world.orgs["regulator_a"].pk))
    rectify(phone, hazard)
    make(desk, hazard, world.regulator, "reject", reason="示例：仍有渗漏", due_on=ahead(25))
    rectify(phone, hazard)
    make(desk, hazard, world.regulator, "accept")
    make(desk, hazard, world.county_a1, "witness")
    hazard.refresh_from_db()
    assert (hazard.status, hazard.attempt) == (S.CLOSED, 2)
    assert "停止作业建议书" in papers(desk, hazard)
    text = printed(desk, hazard, "安全隐患整改验收单")
    for words in ("重大隐患", "不通过：示例：仍有渗漏", "第2次", "示例regulator", "示例county_a1"):
        assert words in text


def report(phone: Person) -> Hazard:
    """拍照、在哪里、是什么."""
    page = phone.open("/hazards/report/")
    page.set_input_files("[name=photos]", PICTURE | {"buffer": photo()})
    page.locator("#id_where").wait_for()
    page.fill("#id_where", WHERE)
    page.get_by_role("button", name="下一步").click()
    page.locator("button[name=kind][value=leak]").click()
    page.wait_for_url(re.compile(r"/reported/$"))
    assert serious(page) == []
    page.close()
    hazard = Hazard.objects.get()
    assert (hazard.where, hazard.status) == (WHERE, S.REPORTED)
    return hazard


def make(window: Person, hazard: Hazard, user, name: str, **said: str) -> None:
    """Somebody sits down, opens the hazard, presses the move and fills its form."""
    window.become(user)
    page = window.open(f"/hazards/{hazard.pk}/")
    assert serious(page) == []
    move(page, hazard, name, **said)
    page.close()


def rectify(phone: Person, hazard: Hazard) -> None:
    """The worker shows the rectified place and asks for the acceptance."""
    page = phone.open(f"/hazards/{hazard.pk}/follow/")
    page.set_input_files("#after", PICTURE | {"buffer": photo()})
    with page.expect_navigation():
        page.get_by_role("button", name="上传整改后照片").click()
    assert serious(page) == []
    move(page, hazard, "offer", note="示例：已换垫片")
    page.close()


def move(page: Page, hazard: Hazard, name: str, **said: str) -> None:
    page.locator(f"main a[href='/hazards/{hazard.pk}/{name.replace('_', '-')}/']").click()
    form = page.locator("form.hz-form")
    form.wait_for()
    for field, value in said.items():
        control = form.locator(f"[name={field}]")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    form.locator("footer button").click()
    page.wait_for_url(re.compile(rf"/hazards/{hazard.pk}/(follow/)?$"))


def papers(window: Person, hazard: Hazard) -> str:
    """What the page offers to whoever sits there."""
    page = window.open(f"/hazards/{hazard.pk}/")
    text = page.locator("main").inner_text()
    page.close()
    return text


def printed(window: Person, hazard: Hazard, title: str) -> str:
    """The words of the paper that the page's button gives; its code is known to the verifier."""
    page = window.open(f"/hazards/{hazard.pk}/")
    link = page.get_by_role("link", name=re.compile(f"PDF.*{title}"))
    href = link.get_attribute("href")
    answer = window.context.request.get(window.base + href)
    code = href.rpartition("/")[2].removesuffix(".pdf")
    page.goto(f"{window.base}/verify/{code}/")
    page.get_by_text("系统签发过").wait_for()
    page.close()
    pages = PdfReader(BytesIO(answer.body())).pages
    return "".join("".join(one.extract_text().split()) for one in pages)


def ahead(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()
