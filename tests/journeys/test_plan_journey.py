"""A plan from the template to publication, clicked through at a desk and on a phone."""

import pytest
from django.urls import reverse

from plans import source2017
from plans.models import Plan
from plans.sources import SOURCES
from tests.factories.rubrics import small_version
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_plan_is_made_and_published(transactional_db, world, person, viewport):
    small_version("enterprise_union")
    at_desk = person(world.province, viewport)
    page = at_desk.open(reverse("plans:plan_create"))
    page.fill("#id_round_number", "3")
    page.click("text=套用模板新建")
    page.fill("#id_title", "示例督导方案")
    page.press("#id_title", "Tab")
    page.wait_for_selector("#saved:has-text('草稿已保存')")
    assert Plan.objects.get(round_number=3).title == "示例督导方案"
    assert serious(page) == []
    page.click("button.pl-step:has-text('抽取规则')")
    page.fill("#id_key_at_least", "0")
    page.press("#id_key_at_least", "Tab")
    page.wait_for_selector("#feasibility:has-text('1 市可抽')")
    page.click("text=套用原文的规则")
    assert page.input_value("#id_key_at_least") == "1"
    assert serious(page) == []
    page.click("button.pl-step:has-text('核对并发布')")
    page.click("button:has-text('发布方案')")
    page.wait_for_selector("text=方案已发布")
    plan = Plan.objects.get(round_number=3)
    assert (plan.status, plan.sampling) == ("published", source2017.SAMPLING)
    assert serious(page) == []


@pytest.mark.parametrize("key", ["medical", "shishi", "gaoqing"])
def test_template_of_another_source_is_made_step_by_step(transactional_db, world, person, key):
    page = person(world.province, DESK).open(reverse("plans:plan_create"))
    page.fill("#id_round_number", "3")
    page.click(f"button[value={key}]")
    for step in ("评分表与对象", "抽取规则", "督导组与回避", "阶段与期限", "核对并发布"):
        page.click(f".pl-step:has-text('{step}')")
        page.wait_for_selector(f".pl-steps [aria-current=step]:has-text('{step}')")
        assert serious(page) == []
    assert Plan.objects.get(round_number=3).sampling == SOURCES[key].sampling
