"""The review desk in a browser: by key from point to point, remarks kept, papers returned."""

import pytest
from playwright.sync_api import expect

from plans.models import Visit
from scoring.models import Comment
from tests.factories import papers
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = pytest.mark.journey
PAGES = [
    "/board/",
    "/board/?by=county",
    "/review/",
    "/review/?status=all",
    "/results/",
    "/rubrics/",
]


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_desk_pages_are_accessible_and_never_scroll_sideways(
    transactional_db, world, person, viewport
):
    papers.submitted(world)
    papers.confirmed(world, world.enterprise_visit)
    one = person(world.province, viewport)
    paper = f"/visits/{world.visit.pk}/review/"
    for path in [*PAGES, paper, f"/rubrics/{world.version.pk}/"]:
        page = one.open(path)
        root = "document.documentElement"
        assert (path, serious(page)) == (path, [])
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
        page.close()


def test_reviewer_remarks_on_a_point_and_returns_the_papers(transactional_db, world, person):
    visit = papers.submitted(world)
    page = person(world.province).open(f"/visits/{visit.pk}/review/?point=1-1")
    page.get_by_label("对第 1-1 点的意见").fill("还没发出的意见")
    page.locator("h1").click()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#point h2")).to_have_text("第 1-2 点")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("对第 1-1 点的意见")).to_have_value("还没发出的意见")
    page.get_by_role("button", name="加意见").click()
    expect(page.locator("#point .dk-thread")).to_contain_text("还没发出的意见")
    page.locator("summary", has_text="退回（附 1 条意见）").click()
    page.get_by_label("退回的理由").fill("请补佐证")
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.locator("h1")).to_contain_text("已退回")
    visit.refresh_from_db()
    assert (visit.status, visit.revision) == (Visit.Status.RETURNED, 2)
    assert Comment.objects.get().text == "还没发出的意见"
