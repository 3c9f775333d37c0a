"""Every kind of point in a real browser: what is tapped and typed arrives, and is explained."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scoring import sheets
from scoring.models import Answer
from tests.factories import tables
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# what is done at the point → what is stored, and what the page says of it
GESTURES = {
    "1": (lambda page: page.click('#p-1 [data-set="10"]'), {"points": "10"}, ""),
    "2": (lambda page: page.click("#p-2 .rows label >> nth=0"), {"level": 0}, "省级以上媒体上宣传"),
    "3": (lambda page: page.click('#p-3 [data-step="1"]'), {"count": 1}, "1次：1次，得 1 分"),
    "4": (lambda page: page.fill("#v-4", "7"), {"times": 7}, "另在本类目内扣 2 分"),
    "5": (lambda page: page.fill("#v-5", "12.5%"), {"rate": "12.5"}, "12.5%，扣 1 分"),
    "6": (lambda page: page.click('#p-6 [data-step="0.5"]'), {"minus": "2"}, "扣 2 分"),
    "7": (lambda page: page.click("#p-7 .judge label >> nth=1"), {"hit": "yes"}, "全表记 0 分"),
    "12": (lambda page: page.click("#p-12 .judge label >> nth=1"), {"verdict": "partly"}, "部分"),
}


@pytest.fixture
def path(transactional_db, world):
    tables.bind(world.visit, tables.every_rule())
    sheets.start(world.visit, by=world.leader)
    return reverse("scoring:sheet", args=[world.visit.pk])


def saved(page, code):
    page.locator(f'#p-{code} [data-live="saved"]').get_by_text("示例").wait_for()


def answer(code):
    return Answer.objects.get(criterion__code=code)


@pytest.mark.parametrize("code", GESTURES)
def test_each_kind_is_saved_and_explained_on_a_phone(person, world, path, code):
    page = person(world.member, PHONE).open(path)
    gesture, inputs, words = GESTURES[code]
    gesture(page)
    saved(page, code)
    assert answer(code).inputs == inputs
    told = page.locator(f'#p-{code} [data-live="told"]').text_content()
    assert words in told


def test_arrow_keys_step_within_the_range_at_a_desk(person, world, path):
    page = person(world.member, DESK).open(path)
    field = page.locator('[name="6.value"]')
    field.press("ArrowUp")
    assert field.input_value() == "2"
    field.press("ArrowDown")
    assert field.input_value() == "0"
    page.locator("#v-4").press("ArrowUp")
    assert page.locator("#v-4").input_value() == "1"
    page.keyboard.press("Tab")
    saved(page, "4")


def test_a_judgement_asks_for_words_only_where_it_is_not_good(person, world, path):
    page = person(world.member, PHONE).open(path)
    words = page.locator("#p-12 .reason textarea")
    assert words.is_visible()
    page.click("#p-12 .judge label >> nth=2")
    saved(page, "12")
    assert "is-open" in page.locator("#p-12").get_attribute("class")
    words.fill("示例：没有制度。")
    page.wait_for_selector("#p-12.is-done")
    page.click("#p-13 .judge label >> nth=2")
    page.wait_for_selector("#p-13.is-done")
    assert page.locator("#verdicts").text_content() == "符合 1 · 部分 0 · 不符合 1"


def test_a_veto_warns_and_takes_the_total(person, world, path):
    page = person(world.member, DESK).open(path)
    page.click('#p-1 [data-set="10"]')
    expect(page.locator("#total")).not_to_have_text("0.0")
    page.click("#p-7 .judge label >> nth=1")
    expect(page.locator("#total")).to_have_text("0.0")
    assert page.locator("#p-7 .veto-warning").is_visible()
    page.click("#adjusted")
    page.locator("#adjustment-list").get_by_text("否决项 7").wait_for()


def test_two_judgements_that_differ_are_shown_in_words(person, world, path):
    page = person(world.member, PHONE).open(path)
    other = person(world.recorder, PHONE).open(path)
    page.click("#p-12 .judge label >> nth=0")
    saved(page, "12")
    other.click("#p-12 .judge label >> nth=2")
    other.wait_for_selector("#p-12 .versus .num")
    shown = other.locator("#p-12 .versus .num").all_text_contents()
    assert sorted(text.strip() for text in shown) == ["否", "是"]


@pytest.mark.parametrize("code", ["yiwu-unit", "shishi-fujian4-town", "gaoqing-fujian2-firm"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_layout_has_no_serious_fault(person, world, transactional_db, code, size):
    tables.bind(world.visit, tables.official(code))
    sheets.start(world.visit, by=world.leader)
    page = person(world.member, size).open(reverse("scoring:sheet", args=[world.visit.pk]))
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
