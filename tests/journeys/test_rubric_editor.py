"""附件1 becomes a new version at a desk: split, another kind, a contradiction mended, published."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from rubrics.models import Version
from rubrics.outline import outline_of
from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = pytest.mark.journey


def press(page, name):
    """Press a button and wait until the page has taken up the answer."""
    with page.expect_response(lambda answer: answer.request.method == "GET" and answer.ok):
        page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_new_version_is_edited_and_published(transactional_db, world, person, viewport):
    call_command("load_rubrics", verbosity=0)
    issued = Version.objects.get(rubric__code="fujian1-county-union")
    page = person(world.admin, viewport).open(reverse("rubrics:version_detail", args=[issued.pk]))
    press(page, "新版次")
    draft = issued.rubric.versions.get(number=2)
    page.goto(page.url + "edit/?at=0.1.1")
    assert serious(page) == []
    page.click("text=拆成两点")
    page.fill("[name=first_points]", "1")
    page.fill("[name=second_points]", "2")
    press(page, "拆开")
    assert "2-3" in page.content()
    page.select_option("[name=kind]", "chosen")
    page.wait_for_selector("[name=low]")
    page.fill("[name=low]", "0.5")
    page.fill("[name=high]", "1")
    press(page, "保存")
    page.fill("[name=points]", "2")
    page.press("[name=points]", "Control+Enter")
    page.wait_for_selector("text=前后不符 3 处")
    assert serious(page) == []
    page.fill("[name=points]", "1")
    press(page, "保存")
    page.click("text=核对并发布")
    page.wait_for_url("**/check/")
    assert serious(page) == []
    page.fill("[name=reason]", "示例：原文写的是拆开前的分值")
    press(page, "照原件印")
    press(page, "发布第 2 版")
    draft.refresh_from_db()
    made = outline_of(Version.objects.with_tree().get(pk=draft.pk)).items[1].criteria
    assert (draft.status, [p.code for p in made]) == ("published", ["2-1", "2-2", "2-3"])
    assert (made[1].kind, made[1].params) == ("chosen", {"low": "0.5", "high": "1", "step": "0.5"})
    page.goto(reverse_url(page, "rubrics:version_differences", draft))
    assert serious(page) == []


def reverse_url(page, name, version):
    """The address on the server that the page came from."""
    base = page.url.partition("/rubrics/")[0]
    return base + reverse(name, args=[version.pk])
