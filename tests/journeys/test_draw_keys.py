"""The draw of the enterprises by keys alone: Tab, letters and Enter, no pointer."""

import pytest
from playwright.sync_api import Locator, Page, expect

from plans.models import Draw, Pick
from tests.factories.draws import DIGITS, Pool
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = pytest.mark.journey
MOST = 200  # keys to a field: whoever needs more would give up
FOCUSED = "element => element === document.activeElement"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it is reached; it must be seen then, and not lie under a bar."""
    expect(wanted).to_have_count(1)
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if wanted.evaluate(FOCUSED):
            break
    expect(wanted).to_be_focused()
    expect(wanted).to_be_in_viewport(ratio=1)


def enter(page: Page) -> None:
    """Press Enter and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def opened(page: Page, address: str) -> Locator:
    """The section of the enterprises on the workbench, which the link at its head leads to."""
    page.goto(address)
    tab_to(page, page.get_by_role("navigation", name="各次抽取").locator('[href="#enterprises"]'))
    page.keyboard.press("Enter")
    return page.locator("#enterprises")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_enterprises_are_drawn_by_keys_alone(transactional_db, person, live_server, viewport):
    pool = Pool()
    pool.drawn()
    address = f"{live_server.url}/plans/{pool.plan.pk}/draw/"
    first, second = (person(one, viewport).tab() for one in pool.people)

    section = opened(first, address)
    tab_to(first, section.locator("[name=seed_source]"))
    tab_to(first, section.locator("[name=seed_source_detail]"))
    first.keyboard.type("示例会议室")
    enter(first)
    draw = Draw.objects.get(stage=Draw.Stage.ENTERPRISES)
    assert (draw.status, draw.seed_source_detail) == (Draw.Status.FROZEN, "示例会议室")

    for page in (first, second):
        section = opened(page, address)
        tab_to(page, section.locator("[name=digits]"))
        page.keyboard.type(DIGITS)
        enter(page)
    tab_to(second, section.get_by_role("button", name="按种子抽取"))
    enter(second)
    draw.refresh_from_db()
    assert (draw.status, draw.drawn_by) == (Draw.Status.DRAWN, pool.people[1])
    counties = Pick.objects.filter(draw__stage=Draw.Stage.COUNTIES, status=Pick.Status.DRAWN)
    drawn = Pick.objects.filter(draw=draw, status=Pick.Status.DRAWN)
    assert drawn.count() == 4 * counties.count() == 16
    expect(second.locator("main")).to_contain_text(drawn.first().organization.name)
    assert serious(second) == []
