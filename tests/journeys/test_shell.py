"""The bare shell in a browser: nothing blocked, nothing inaccessible."""

from datetime import date

import pytest

from plans.actions import plan as plans
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_home_has_no_complaints(transactional_db, world, person, viewport):
    page = person(world.leader, viewport).open("/")
    assert page.title() == "今日任务 · 查保促督导平台"
    assert serious(page) == []


def test_menu_on_a_phone_opens_by_keyboard_and_escape_closes_it(transactional_db, world, person):
    page = person(world.province, PHONE).open("/plans/")
    menu = page.get_by_role("button", name="菜单")
    menu.press("Enter")
    assert page.get_by_role("link", name="督导结果").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="督导结果").is_visible()
    assert menu.evaluate("button => button === document.activeElement")


def test_what_came_later_on_a_page_scrolls_to_where_one_is(transactional_db, world, person):
    page = person(world.province, PHONE).open(f"/plans/{draft(world).pk}/check/")
    here = page.locator(".pl-steps [aria-current]")
    assert here.bounding_box()["x"] >= 0
    assert here.bounding_box()["x"] < PHONE["width"]


def draft(world):
    return plans.create(
        world.orgs["province_union"],
        by=world.province,
        year=2018,
        round_number=1,
        starts_on=date(2018, 1, 8),
        visits_end_on=date(2018, 1, 19),
        template="shandong",
    )
