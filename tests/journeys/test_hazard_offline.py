"""A worker in a cellar: the report waits on the phone and goes out once; a stranger is told so."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from attachments.models import Attachment
from hazards.models import Hazard, Place
from tests.attachments import samples
from tests.journeys.conftest import PHONE, serious

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHOTO = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()}
REPORT, MINE = reverse("hazards:report"), reverse("hazards:mine")


@pytest.fixture
def place(transactional_db, world):
    return Place.objects.create(unit=world.orgs["enterprise_a1"], level="post", name="2号泵房")


LEFT = """async () => (await (await import("/static/js/outbox.js")).typed()).length"""


def gone_out(page):
    """Wait until the device holds nothing more: the server has confirmed it."""
    for _ in range(600):
        if page.evaluate(LEFT) == 0:
            return
        page.wait_for_timeout(50)
    raise AssertionError("still waiting on the device")


def calm(someone):
    """A lost network is no complaint."""
    someone.complaints[:] = [c for c in someone.complaints if "ERR_INTERNET" not in c]


def test_a_report_without_a_network_waits_and_arrives_once(person, world, place):
    worker = person(world.worker, PHONE)
    page = worker.open(REPORT)
    page.set_input_files("[name=photos]", PHOTO)
    page.get_by_text("2号泵房").click()
    worker.context.set_offline(True)
    page.locator("button[value=leak]").click()
    expect(page.locator("[data-kept]")).to_contain_text("已存在这台手机上")
    assert not Hazard.objects.exists()
    assert serious(page) == []
    page.close()
    worker.context.set_offline(False)
    again = worker.open(MINE)
    gone_out(again)
    again.goto(again.url)
    expect(again.locator(".hz-mine li")).to_have_count(1)
    hazard = Hazard.objects.get()
    assert (hazard.place, hazard.kind, hazard.reported_by) == (place, "leak", world.worker)
    assert Attachment.objects.get().holder_id == hazard.pk
    calm(worker)


def test_a_report_with_a_network_goes_on_to_its_number(person, world, place):
    page = person(world.worker, PHONE).open(REPORT)
    page.locator("[data-skip]").click()
    page.get_by_text("2号泵房").click()
    page.locator("button[value=other]").click()
    expect(page.locator("[data-refused]")).to_contain_text("请写一句是什么")
    page.fill("[name=text]", "示例：法兰滴漏")
    page.locator("button[value=other]").click()
    page.wait_for_url(re.compile(r"/reported/$"))
    assert Hazard.objects.get().text == "示例：法兰滴漏"


def test_a_stranger_without_a_network_keeps_what_was_typed(person, world, place):
    stranger = person(None, PHONE)
    page = stranger.open(reverse("hazards:code", args=[place.token]))
    page.locator("[data-skip]").click()
    page.get_by_text("用电隐患").click()
    page.fill("[name=text]", "示例：配电箱敞开")
    stranger.context.set_offline(True)
    page.get_by_role("button", name="上报", exact=True).click()
    expect(page.locator("[data-refused]")).to_contain_text("现在没有网络")
    assert page.input_value("[name=text]") == "示例：配电箱敞开"
    stranger.context.set_offline(False)
    page.get_by_role("button", name="上报", exact=True).click()
    expect(page.get_by_text("办到哪一步了")).to_be_visible()
    assert Hazard.objects.get().source == "code"
    calm(stranger)
